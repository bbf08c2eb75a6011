"""What an initiative typed in about itself and its calendars, read and judged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import available_timezones

from aggregator.model.mail import mail_address
from aggregator.model.registrations import Registration, WantedSource
from aggregator.model.sources import Consent
from web.calendar.texts import safe_link
from web.forms import line, paragraphs
from web.scene import Scene

LONGEST_NAME = 120
LONGEST_LINE = 200
LONGEST_TEXT = 4000
LONGEST_ADDRESS = 500
LICENCES = ("", "CC0 1.0", "CC BY 4.0", "CC BY-SA 4.0")
LANGUAGES = ("de", "en", "nds", "da", "nl", "fr", "es", "it", "pl", "tr", "uk", "ru", "ar", "fa")
SHORTEST_INTERVAL = 15
LONGEST_INTERVAL = 1440
OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
Problem = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they came, to be shown again; `problems` are (field id, sentence)."""

    name: str = ""
    category: str = ""
    description: str = ""
    homepage: str = ""
    place: str = ""
    topics: tuple[str, ...] = ()
    email: str = ""
    is_public: bool = False
    note: str = ""
    consent: str = Consent.WHOLE.value
    licence: str = ""
    interval: str = ""
    timezone: str = ""
    language: str = ""
    default_place: str = ""
    takes_logo: bool = False
    problems: tuple[Problem, ...] = field(default=())


def read_typed(fields: Mapping[str, str], topics: Sequence[str], scene: Scene) -> Typed:
    """The fields with what is wrong with them; `topics` are all values of that field."""
    typed = Typed(
        name=line(fields, "name"),
        category=line(fields, "category"),
        description=paragraphs(fields, "description"),
        homepage=whole_address(line(fields, "homepage")),
        place=line(fields, "place"),
        topics=tuple(one.id for one in scene.settings.topics if one.id in topics),
        email=fields.get("email", "").strip(),
        is_public=bool(fields.get("is_public")),
        note=paragraphs(fields, "note"),
        consent=fields.get("consent", Consent.WHOLE.value),
        licence=line(fields, "licence"),
        interval=line(fields, "interval"),
        timezone=line(fields, "timezone"),
        language=line(fields, "language"),
        default_place=line(fields, "default_place"),
        takes_logo=bool(fields.get("logo")),
    )
    return replace(typed, problems=(*problems_of(typed, scene), *source_problems(typed, scene)))


def problems_of(typed: Typed, scene: Scene) -> list[Problem]:
    """What is missing or too long of what the group says of itself."""
    say, found = scene.tongue.gettext, []
    if not typed.name:
        found.append(("name", say("Bitte den Namen der Gruppe eintragen.")))
    if not mail_address(typed.email):
        found.append(("email", say("Diese E-Mail-Adresse ist nicht vollständig.")))
    if typed.homepage and not safe_link(typed.homepage):
        found.append(("homepage", say("Das ist keine vollständige Web-Adresse.")))
    lengths = (
        ("name", typed.name, LONGEST_NAME),
        ("category", typed.category, LONGEST_LINE),
        ("place", typed.place, LONGEST_LINE),
        ("homepage", typed.homepage, LONGEST_ADDRESS),
        ("description", typed.description, LONGEST_TEXT),
        ("note", typed.note, LONGEST_TEXT),
    )
    too_long = say("Das ist zu lang; es gehen %(most)s Zeichen.")
    return found + [(name, too_long % {"most": most}) for name, text, most in lengths if len(text) > most]


def source_problems(typed: Typed, scene: Scene) -> list[Problem]:
    """What is wrong with the wishes for the calendars."""
    say, found = scene.tongue.gettext, []
    if typed.consent not in tuple(Consent):
        found.append(("consent", say("Bitte auswählen, was wir zeigen dürfen.")))
    if typed.licence not in LICENCES:
        found.append(("licence", say("Bitte eine Lizenz aus der Liste wählen.")))
    if typed.interval and interval_of(typed.interval) is None:
        found.append(("interval", say("Der Abstand muss zwischen 15 und 1440 Minuten liegen.")))
    if typed.timezone and typed.timezone not in available_timezones():
        found.append(("timezone", say("Diese Zeitzone kennen wir nicht.")))
    if typed.language and typed.language not in LANGUAGES:
        found.append(("language", say("Bitte eine Sprache aus der Liste wählen.")))
    if len(typed.default_place) > LONGEST_LINE:
        found.append(("default_place", say("Das ist zu lang; es gehen %(most)s Zeichen.") % {"most": LONGEST_LINE}))
    return found


def interval_of(text: str) -> timedelta | None:
    """The minutes between two visits, None for what is no number of the range."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        return None
    minutes = int(text)
    return timedelta(minutes=minutes) if SHORTEST_INTERVAL <= minutes <= LONGEST_INTERVAL else None


def whole_address(text: str) -> str:
    """A web address, https where nothing else stands before it; "example.org:8080" is no scheme."""
    return text if not text or OTHER_SCHEME.match(text) else f"https://{text}"


def registration(typed: Typed, sources: Sequence[WantedSource], umbrella: str, language: str) -> Registration:
    """The registration, for fields without problems; the wishes hold for all its calendars."""
    return Registration(
        name=typed.name,
        email=mail_address(typed.email),
        kind=typed.category or "Initiative",
        text=typed.description,
        homepage=typed.homepage,
        place=typed.place,
        topics=typed.topics,
        contact=mail_address(typed.email) if typed.is_public else "",
        sources=tuple(with_wishes(one, typed) for one in sources),
        umbrella=umbrella,
        language=language,
        note=typed.note,
    )


def with_wishes(source: WantedSource, typed: Typed) -> WantedSource:
    """The source as its owner wants it to be read."""
    return replace(
        source,
        consent=Consent(typed.consent),
        licence=typed.licence,
        default_place=typed.default_place,
        timezone=typed.timezone or source.timezone,
        language=typed.language or source.language,
        interval=interval_of(typed.interval) or source.interval,
    )


def again(known: Registration) -> Typed:
    """What was typed in before, to be changed."""
    first = known.sources[0] if known.sources else WantedSource("")
    return Typed(
        name=known.name,
        category=known.kind,
        description=known.text,
        homepage=known.homepage,
        place=known.place,
        topics=known.topics,
        email=known.email,
        is_public=bool(known.contact),
        note=known.note,
        consent=first.consent.value,
        licence=first.licence,
        default_place=first.default_place,
    )
