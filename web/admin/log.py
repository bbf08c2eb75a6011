"""The audit log: who did what to what."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from aggregator.model.operators import Deed
from aggregator.model.times import zone_info
from aggregator.store import audit
from web.admin.frame import admin_page, admin_scene, say
from web.scene import Scene
from web.services import current_services

MOST = 300
LINKS = {"event": "/admin/events/", "source": "/admin/sources/"}


@dataclass(frozen=True, slots=True)
class Line:
    """One deed in words."""

    when: str
    who: str
    what: str
    subject: str
    link: str
    detail: str


def log_page() -> Response:
    """The last deeds."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        lines = tuple(line_of(deed, scene) for deed in audit.recent(connection, MOST))
    subtitle = say("Wer was getan hat. Einträge lassen sich nicht ändern.")
    return admin_page("admin/log.html", say("Protokoll"), scene=scene, lines=lines, subtitle=subtitle)


def line_of(deed: Deed, scene: Scene) -> Line:
    """One deed; its subject is a link where there is a page about it."""
    when = f"{deed.at.astimezone(zone_info(scene.zone)):%Y-%m-%d %H:%M}"
    kind, _, name = deed.subject.partition(":")
    link = LINKS[kind] + name if kind in LINKS and name else ""
    return Line(when, deed.operator or "–", deed_words(deed.action), name or kind, link, deed.detail)


def deed_words(action: str) -> str:
    """What was done, in words; the name of the deed where there are none."""
    words = {
        "log-in": say("Anmeldung"),
        "log-out": say("Abmeldung"),
        "log-in failed": say("Anmeldung misslungen"),
        "operator added": say("Zugang angelegt"),
        "operator removed": say("Zugang entfernt"),
        "password set": say("Passwort gesetzt"),
        "second factor on": say("Zweiter Faktor eingerichtet"),
        "second factor off": say("Zweiter Faktor abgeschaltet"),
        "correct": say("Berichtigt"),
        "correction undone": say("Berichtigung zurückgenommen"),
        "hide": say("Ausgeblendet"),
        "show": say("Wieder gezeigt"),
        "verdict": say("Entschieden"),
        "verdict undone": say("Entscheidung zurückgenommen"),
        "held": say("Über zurückgehaltene Antwort entschieden"),
        "source changed": say("Quelle geändert"),
        "refresh": say("Abruf verlangt"),
        "replay": say("Neu gelesen"),
        "approve": say("Anmeldung freigegeben"),
        "refuse": say("Anmeldung abgelehnt"),
        "ask": say("Nachgefragt"),
        "look": say("Kalender einer Anmeldung angesehen"),
        "place": say("Ort geändert"),
        "text": say("Text geändert"),
        "report done": say("Hinweis erledigt"),
        "mail again": say("Mail noch einmal versucht"),
        "mail done": say("Mail abgehakt"),
        "suggestion": say("Über ein vermutetes Datum entschieden"),
        "umbrella": say("Dachverband geändert"),
        "topic word": say("Wort zu einem Thema gegeben"),
        "topic word removed": say("Wort eines Themas genommen"),
        "restore": say("Initiative wiederhergestellt"),
    }
    return words.get(action, action)
