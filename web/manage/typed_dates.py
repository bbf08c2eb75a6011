"""The form for one date or a simple series, read and judged; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from aggregator.export import dates
from aggregator.model.own_dates import OwnDate, Rhythm
from web.calendar.texts import safe_link
from web.forms import line, paragraphs
from web.registration.typed import LONGEST_ADDRESS, LONGEST_LINE, LONGEST_TEXT, whole_address
from web.scene import Scene

LONGEST_TITLE = 200
MOST_SKIPPED = 60
Problem = tuple[str, str]


def read_date(fields: MultiDict[str, str], date_id: str, scene: Scene) -> OwnDate:
    """The fields as a date; times without their day or the other way round stay as they are and are told."""
    known = {topic.id for topic in scene.settings.topics}
    rhythm = line(fields, "rhythm")
    return OwnDate(
        id=date_id,
        title=line(fields, "title"),
        start=moment(line(fields, "day"), line(fields, "from")),
        end=end_of(fields),
        place=line(fields, "place"),
        description=paragraphs(fields, "description"),
        link=whole_address(line(fields, "link")),
        topics=tuple(topic for topic in fields.getlist("topic") if topic in known),
        rhythm=Rhythm(rhythm) if rhythm in tuple(Rhythm) else Rhythm.ONCE,
        until=line(fields, "until"),
        without=tuple(line(fields, "without").replace(",", " ").split()[:MOST_SKIPPED]),
    )


def moment(day: str, time: str) -> str:
    """Day and time as one text; a day alone for whole days."""
    return f"{day}T{time}" if time else day


def end_of(fields: Mapping[str, str]) -> str:
    """The end: on the same day unless another is given, after midnight if it would be before the beginning."""
    day, last = line(fields, "day"), line(fields, "last") or line(fields, "day")
    start, end = line(fields, "from"), line(fields, "to")
    if not start:
        return last if last != day else ""
    if not end:
        return ""
    if last == day and end <= start and (first := day_of(day)):
        last = date.fromordinal(first.toordinal() + 1).isoformat()
    return f"{last}T{end}"


def problems_of(one: OwnDate, scene: Scene) -> list[Problem]:
    """What is missing, wrong or too long."""
    say, found = scene.tongue.gettext, []
    if not one.title:
        found.append(("title", say("Ein Termin braucht einen Titel.")))
    if not is_moment(one.start):
        found.append(("day", say("Bitte den Tag wählen, und die Uhrzeit, wenn sie feststeht.")))
    if one.end and (not is_moment(one.end) or (is_moment(one.start) and one.end < one.start)):
        found.append(("to", say("Das Ende liegt vor dem Beginn oder ist keine Uhrzeit.")))
    if one.until and (not day_of(one.until) or one.until < one.start[:10]):
        found.append(("until", say("Der letzte Tag der Reihe liegt vor dem ersten oder ist kein Tag.")))
    if any(day_of(day) is None for day in one.without):
        found.append(("without", say("Ausnahmen bitte als Tage schreiben, wie 2026-12-24.")))
    if one.link and not safe_link(one.link):
        found.append(("link", say("Das ist keine vollständige Web-Adresse.")))
    return found + too_long(one, scene)


def too_long(one: OwnDate, scene: Scene) -> list[Problem]:
    """The fields that hold more than we keep."""
    lengths = (
        ("title", one.title, LONGEST_TITLE),
        ("place", one.place, LONGEST_LINE),
        ("link", one.link, LONGEST_ADDRESS),
        ("description", one.description, LONGEST_TEXT),
    )
    words = scene.tongue.gettext("Das ist zu lang; es gehen %(most)s Zeichen.")
    return [(name, words % {"most": most}) for name, text, most in lengths if len(text) > most]


def is_moment(text: str) -> bool:
    """Whether it is a day, or a day with a time, between 2000 and 2099."""
    try:
        return 2000 <= datetime.fromisoformat(text).year < 2100 and len(text) in (10, 16)
    except ValueError:
        return False


def day_of(text: str) -> date | None:
    """The day, None for what is none."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-24") else None
    except ValueError:
        return None


def rhythms(scene: Scene) -> list[tuple[str, str]]:
    """How dates may repeat."""
    say = scene.tongue.gettext
    return [
        (Rhythm.ONCE.value, say("einmal")),
        (Rhythm.WEEKLY.value, say("jede Woche")),
        (Rhythm.FORTNIGHTLY.value, say("alle zwei Wochen")),
        (Rhythm.MONTHLY_WEEKDAY.value, say("jeden Monat am gleichen Wochentag (etwa am ersten Dienstag)")),
        (Rhythm.MONTHLY_DAY.value, say("jeden Monat am gleichen Tag (etwa am 15.)")),
    ]


def when_words(one: OwnDate, scene: Scene) -> str:
    """When it is, in words: "Sa, 5. Dezember 2026, 19:00, jede Woche"."""
    day = day_of(one.start[:10])
    if day is None:
        return one.start
    parts = [dates.short_day(day, scene.language, True), one.start[11:], dict(rhythms(scene))[one.rhythm.value]]
    return ", ".join(part for part in parts[: 3 if one.rhythm is not Rhythm.ONCE else 2] if part)
