"""What has changed of an event, in the words of the page's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aggregator.export import dates
from aggregator.model.events import PublishedEvent
from aggregator.model.health import Change, HistoryEntry
from aggregator.model.records import Status
from aggregator.model.times import EventTime
from web.scene import Scene

WRITTEN_TIME = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?\b")
WRITTEN_STATUS = re.compile(rf"\b(?:{'|'.join(Status)})\b")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What changed at one moment; field, before and after of each change are words for people."""

    iso: str
    day: str
    changes: tuple[Change, ...]


def log_of(history: Sequence[HistoryEntry], published: PublishedEvent, scene: Scene) -> tuple[LogEntry, ...]:
    """The changes, newest first, down to the first announcement."""
    newest_first = sorted(history, key=lambda entry: entry.at, reverse=True)
    first = HistoryEntry(published.identity.created_at, (Change("", "", ""),))
    return tuple(entry_of(entry, scene) for entry in (*newest_first, first))


def entry_of(entry: HistoryEntry, scene: Scene) -> LogEntry:
    """One moment of the log."""
    moment = EventTime.of_instant(entry.at, scene.zone)
    day = moment.local_day(scene.zone)
    words = dates.day_span(day, day, scene.language, with_year=day.year != scene.today.year)
    return LogEntry(moment.iso(), words, tuple(in_words(change, scene) for change in entry.changes))


def in_words(change: Change, scene: Scene) -> Change:
    """A change as people say it; of a rule of repetition only that it changed, since RRULEs are not for them."""
    field = field_name(change.field, scene)
    if change.field == "recurrence":
        return Change(field, "", scene.tongue.gettext("geändert"))
    if change.field == "description":
        return Change(field, "", scene.tongue.gettext("überarbeitet"))
    if change.field in ("title", "place", "url"):
        return Change(field, change.before, change.after)
    return Change(field, told(change.before, scene), told(change.after, scene))


def told(value: str, scene: Scene) -> str:
    """A value with its times and states in words."""
    with_times = WRITTEN_TIME.sub(lambda match: time_words(match[1], match[2], scene), value)
    return WRITTEN_STATUS.sub(lambda match: status_words(Status(match[0]), scene), with_times)


def time_words(day: str, clock: str | None, scene: Scene) -> str:
    """ "Sa, 5. Dezember, 18:30"."""
    try:
        written = date.fromisoformat(day)
    except ValueError:
        return day
    words = dates.short_day(written, scene.language, with_year=written.year != scene.today.year)
    return f"{words}, {clock}" if clock else words


def status_words(status: Status, scene: Scene) -> str:
    """What a state is called in the log."""
    say = scene.tongue.gettext
    return {
        Status.CONFIRMED: say("findet statt"),
        Status.TENTATIVE: say("unter Vorbehalt"),
        Status.CANCELLED: say("fällt aus"),
        Status.MOVED: say("verlegt"),
        Status.SOLD_OUT: say("ausgebucht"),
        Status.WITHDRAWN: say("nicht mehr gelistet"),
    }[status]


def field_name(field: str, scene: Scene) -> str:
    """What a field is called towards people; no field is the first announcement."""
    say = scene.tongue.gettext
    names = {
        "": say("zuerst angekündigt"),
        "title": say("Titel"),
        "start": say("Beginn"),
        "end": say("Ende"),
        "place": say("Ort"),
        "status": say("Stand"),
        "description": say("Beschreibung"),
        "recurrence": say("Wiederholung"),
        "occurrence": say("Einzelner Termin"),
    }
    return names.get(field, field)
