"""The ways to subscribe: one for each kind of program, with its steps and how soon it shows what is new.

The delays are what the makers say of their programs, or what was measured; they are not ours to shorten.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from web.languages import Tongue


@dataclass(frozen=True, slots=True)
class Way:
    """One program: what to press, what to do then, and how long news take.

    `link` is empty where the address has to be copied; `action` is what the button says.
    """

    name: str
    steps: tuple[str, ...]
    delay: str
    link: str = ""
    action: str = ""


def as_webcal(address: str) -> str:
    """The address by which an app is opened, instead of a file being downloaded."""
    return "webcal" + address[len(urlsplit(address).scheme) :]


def ways(address: str, title: str, tongue: Tongue) -> tuple[Way, ...]:
    """The ways for the calendar at `address` (https), those that need least first."""
    webcal = as_webcal(address)
    return (
        apple(webcal, tongue),
        google(webcal, tongue),
        android(webcal, tongue),
        outlook(address, title, tongue),
        thunderbird(tongue),
        nextcloud(tongue),
    )


def apple(webcal: str, tongue: Tongue) -> Way:
    """Calendar on iPhone, iPad and Mac."""
    say = tongue.gettext
    return Way(
        name=say("iPhone, iPad, Mac"),
        steps=(
            say("Auf „Öffnen“ tippen: Die Kalender-App fragt, ob sie abonnieren soll."),
            say("Mit „Abonnieren“ bestätigen."),
        ),
        delay=say("Neues kommt nach 15 Minuten bis zu einem Tag, je nach Einstellung des Geräts."),
        link=webcal,
        action=say("Öffnen"),
    )


def google(webcal: str, tongue: Tongue) -> Way:
    """Google Calendar, which is most people's calendar on Android."""
    say = tongue.gettext
    return Way(
        name=say("Google Kalender (auch auf Android-Telefonen)"),
        steps=(
            say("Am Rechner auf „Bei Google öffnen“ klicken und „Hinzufügen“ wählen."),
            say("Danach erscheint der Kalender von selbst auch auf dem Telefon."),
            say("Fehlt er dort: in der App unter „Einstellungen“ den Kalender einschalten."),
        ),
        delay=say("Google fragt selten nach: Neues kommt nach 8 bis 24 Stunden."),
        link=f"https://calendar.google.com/calendar/render?cid={quote(webcal, safe='')}",
        action=say("Bei Google öffnen"),
    )


def android(webcal: str, tongue: Tongue) -> Way:
    """ICSx5, which puts any calendar into Android without an account."""
    say = tongue.gettext
    return Way(
        name=say("Android ohne Google, mit ICSx⁵"),
        steps=(
            say("Die freie App ICSx⁵ einrichten (bei F-Droid oder im Play Store)."),
            say("Hier auf „Öffnen“ tippen und einen Namen wählen."),
        ),
        delay=say("Neues kommt so oft, wie man es in der App einstellt: von 15 Minuten bis zu einer Woche."),
        link=webcal,
        action=say("Öffnen"),
    )


def outlook(address: str, title: str, tongue: Tongue) -> Way:
    """Outlook on the web; what is subscribed there shows in its apps too."""
    say = tongue.gettext
    query = f"url={quote(address, safe='')}&name={quote(title, safe='')}"
    return Way(
        name=say("Outlook"),
        steps=(
            say("Auf „Bei Outlook öffnen“ klicken, anmelden, „Importieren“ wählen."),
            say("Im Büro: in Outlook „Kalender hinzufügen“, „Aus dem Internet“, und die Adresse einfügen."),
        ),
        delay=say("Neues kommt nach etwa 3 Stunden, manchmal erst nach einem Tag."),
        link=f"https://outlook.live.com/calendar/0/addfromweb?{query}",
        action=say("Bei Outlook öffnen"),
    )


def thunderbird(tongue: Tongue) -> Way:
    """Thunderbird on a computer."""
    say = tongue.gettext
    return Way(
        name=say("Thunderbird"),
        steps=(
            say("Die Adresse kopieren."),
            say("In Thunderbird: „Kalender“, „Neuer Kalender“, „Im Netzwerk“."),
            say("Die Adresse einfügen; ein Benutzername ist nicht nötig."),
        ),
        delay=say("Neues kommt nach 30 Minuten, solange Thunderbird läuft."),
    )


def nextcloud(tongue: Tongue) -> Way:
    """Nextcloud's calendar."""
    say = tongue.gettext
    return Way(
        name=say("Nextcloud"),
        steps=(
            say("Die Adresse kopieren."),
            say("In der Kalender-App: „Neuer Kalender“, „Neues Abonnement aus Link“."),
        ),
        delay=say("Neues kommt nach einer Stunde bis zu einem Tag; das bestimmt, wer den Server betreibt."),
    )
