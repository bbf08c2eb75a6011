"""How a series counts: on its own wall clock, where nine o'clock stays nine o'clock on both sides of a change."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from aggregator.model.records import Occurrence, Record, Status
from aggregator.model.times import EventTime
from aggregator.normalise.repetition import aligned
from aggregator.normalise.stated_times import settled

UNTIL_IN_UTC = re.compile(r"UNTIL=(\d{8}T\d{6})Z")


def start_of(series: Record) -> EventTime:
    """The start of a record that is no notice."""
    assert series.start is not None, "a notice does not repeat"
    return series.start


def original_of(override: Record) -> EventTime:
    """The start that an override replaces, as it says."""
    assert override.original is not None, "an override names the start that it replaces"
    return override.original


def first_occurrence(record: Record) -> Occurrence:
    """The occurrence at a record's own start, which it must have."""
    start = settled(start_of(record))
    return Occurrence(start, start, record.end and settled(record.end), status=record.status)


def spoken(series: Record, override: Record) -> Occurrence:
    """The one occurrence whose original start an override names."""
    original = settled(aligned(original_of(override), start_of(series)))
    start = settled(start_of(override))
    status = Status.CANCELLED if series.status is Status.CANCELLED else override.status
    return Occurrence(original, start, override.end and settled(override.end), override.id, status)


def comparable(time: EventTime, start: EventTime) -> EventTime:
    """A time in the series' zone and kind; a date and a time of day stay what they are."""
    return time if time.is_date or start.is_date else aligned(time, start)


def value(time: EventTime) -> date | datetime:
    """What is counted with: a date or a wall time."""
    return time.wall.date() if time.is_date else time.wall


def local_rule(rule: str, zone: str) -> str:
    """The rule with its UNTIL on the wall clock of `zone`."""
    found = UNTIL_IN_UTC.search(rule)
    if not found:
        return rule
    instant = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return rule.replace(found[0], f"UNTIL={EventTime.of_instant(instant, zone).wall:%Y%m%dT%H%M%S}")


def end_at(start: EventTime, record: Record) -> EventTime | None:
    """The end of an occurrence: as long after its start, on the wall clock, as the record's own end is."""
    return settled(start.shifted(length(start_of(record), record.end))) if record.end else None


def length(start: EventTime, end: EventTime) -> timedelta:
    """How long the wall clock says that it lasts; the true length across zones and turned-back clocks."""
    distance = end.wall - start.wall
    return distance if start.zone == end.zone and distance >= timedelta() else end.instant - start.instant


def in_order(occurrences: list[Occurrence] | tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    """The occurrences by start, each original once."""
    each = {occurrence.original: occurrence for occurrence in occurrences}
    return tuple(sorted(each.values(), key=lambda each: (each.start.instant, each.original.instant)))
