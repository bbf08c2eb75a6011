"""What a person says of an event's field against its sources; it survives whatever they say later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from aggregator.model.events import MergedEvent
from aggregator.model.facts import Facts
from aggregator.model.places import Place
from aggregator.model.records import Record, Status
from aggregator.model.times import EventTime

HIDDEN = "hidden"
# Before the start by rule of a single date of a series; with it no longer than the column of fields.
AT = "at:"
# Ids of initiatives that organise the event too, with commas: said by the one that leads it.
TOGETHER = "together"
# Ids of alliances, with commas, that do not show the event on their pages; everywhere else it stays.
REFUSED = "refused"
# Ids of alliances, with commas, that approved the event for their pages; it counts where they show nothing else.
APPROVED = "approved"
FIELDS = (
    "title",
    "start",
    "end",
    "place_name",
    "place_address",
    "place_point",
    "status",
    "description",
    "url",
    "topics",
    "free",
    "accessible",
    "children",
)
"""The fields that can be corrected; `hidden` is said of the whole event."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one event, as a person wants it.

    `value` is text: a start or end "2026-12-05T18:30" or "2026-12-05", a point "53.2,10.4" in degrees,
    topics as ids with commas, a fact "yes" or "no", of a hidden event its title. Of a series, start and end are
    hours ("19:30"); a single date has a field of its own (`field_of_date`) and the form of `dated`. `stated` is what
    the source said at that time, in the same form; equal to `value` when a person only pinned it.
    """

    event: str
    field: str
    value: str
    by: str
    at: datetime
    why: str = ""
    stated: str = ""


def stated(record: Record, field: str) -> str:
    """What a record says of a field, in the form of `Correction.value`."""
    if field.startswith(AT):
        date = next((one for one in record.occurrences if field_of_date(one.original) == field), None)
        return dated(date.start, date.end, date.status) if date else ""
    told = hour if record.is_series else wall
    return {
        "title": record.title,
        "start": told(record.start),
        "end": told(record.end),
        "status": record.status.value,
        "description": record.description,
        "url": record.link,
        **said_of_place_and_more(record.place, record.topics, record.facts),
    }.get(field, "")


def shown(event: MergedEvent, field: str) -> str:
    """What the public reads of a field, in the form of `Correction.value`."""
    told = hour if event.is_series else wall
    return {
        "title": event.title,
        "start": told(event.start),
        "end": told(event.end),
        "status": event.status.value,
        "description": event.description,
        "url": event.url,
        **said_of_place_and_more(event.place, event.topics, event.facts),
    }.get(field, "")


def said_of_place_and_more(place: Place, topics: tuple[str, ...], facts: Facts) -> dict[str, str]:
    """The fields that records and events have in common."""
    return {
        "place_name": place.name,
        "place_address": place.address,
        "place_point": f"{place.latitude},{place.longitude}" if place.has_coordinates else "",
        "topics": ",".join(topics),
        "free": reply(facts.free.reply.value),
        "accessible": reply(facts.accessible.reply.value),
        "children": reply(facts.children.reply.value),
    }


def wall(time: EventTime | None) -> str:
    """A time as a correction writes it, "" for none."""
    if time is None:
        return ""
    return f"{time.wall:%Y-%m-%d}" if time.is_date else f"{time.wall:%Y-%m-%dT%H:%M}"


def hour(time: EventTime | None) -> str:
    """The hour of a series, "" for none and for whole days."""
    return "" if time is None or time.is_date else f"{time.wall:%H:%M}"


def field_of_date(original: EventTime) -> str:
    """The field of a single date of a series, by its start as the rule has it."""
    return AT + wall(original)


def dated(start: EventTime, end: EventTime | None, status: Status = Status.CONFIRMED) -> str:
    """A single date as a correction writes it: its state if it does not take place, else start and end."""
    if status is Status.CANCELLED:
        return status.value
    return "/".join(filter(None, (wall(start), wall(end))))


def dated_of(text: str, zone: str) -> Status | tuple[EventTime, EventTime | None] | None:
    """What a correction of a single date says; None for what makes no sense."""
    if text == Status.CANCELLED.value:
        return Status.CANCELLED
    times = [time_of(part, zone) for part in text.split("/")]
    start, end = times[0], times[1] if len(times) == 2 else None
    if start is None or len(times) > 2 or None in times:
        return None
    return start, end if end and end.is_date == start.is_date and end.instant > start.instant else None


def time_of(text: str, zone: str) -> EventTime | None:
    """The time that a correction writes, as wall time in a zone; None for no time."""
    try:
        if len(text) == len("2026-12-05"):
            return EventTime.of_date(date.fromisoformat(text), zone)
        return EventTime(datetime.fromisoformat(text), zone)
    except ValueError:
        return None


def reply(word: str) -> str:
    """Yes, no, or nothing."""
    return word if word in ("yes", "no") else ""
