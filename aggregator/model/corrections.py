"""What a person says of an event's field against its sources; it survives whatever they say later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.model.events import MergedEvent
from aggregator.model.facts import Facts
from aggregator.model.places import Place
from aggregator.model.records import Record
from aggregator.model.times import EventTime

HIDDEN = "hidden"
# Ids of initiatives that organise the event too, with commas: said by the one that leads it.
TOGETHER = "together"
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
    topics as ids with commas, a fact "yes" or "no", of a hidden event its title. `stated` is what the
    source said at that time, in the same form; equal to `value` when a person only pinned it.
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
    return {
        "title": record.title,
        "start": wall(record.start),
        "end": wall(record.end),
        "status": record.status.value,
        "description": record.description,
        "url": record.link,
        **said_of_place_and_more(record.place, record.topics, record.facts),
    }.get(field, "")


def shown(event: MergedEvent, field: str) -> str:
    """What the public reads of a field, in the form of `Correction.value`."""
    return {
        "title": event.title,
        "start": wall(event.start),
        "end": wall(event.end),
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


def reply(word: str) -> str:
    """Yes, no, or nothing."""
    return word if word in ("yes", "no") else ""
