"""The local days for which a record may be announced, and what it takes to tell whether two share one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from aggregator.match.moments import MOVED_BY
from aggregator.match.standardising import Face
from aggregator.model.records import Occurrence
from aggregator.model.times import EventTime

# A fault of the zone by an hour or two may carry a start over midnight.
ZONE_FAULT = timedelta(hours=2)
FAR_FROM_MIDNIGHT = 2, 22
# An exhibition of years counts for its first days.
LONGEST_SPAN = 200


@dataclass(frozen=True, slots=True)
class Span:
    """Days as a row of bits, the first for the day with the ordinal `first`."""

    first: int
    bits: int

    def meets(self, other: Span) -> bool:
        """Whether the two share a day."""
        later = other.first - self.first
        return bool(self.bits >> later & other.bits if later >= 0 else other.bits >> -later & self.bits)

    def ordinals(self) -> list[int]:
        """The days, in their order."""
        return [self.first + at for at in range(self.bits.bit_length()) if self.bits >> at & 1]


def span_over(days: Collection[int]) -> Span:
    """These days as a row of bits."""
    first = min(days, default=0)
    bits = 0
    for day in days:
        bits |= 1 << (day - first)
    return row_of_days(first, bits)


@lru_cache(1 << 12)
def row_of_days(first: int, bits: int) -> Span:
    """The same row for all who take place on these days."""
    return Span(first, bits)


def days_of(
    times: Sequence[EventTime], end: EventTime | None, occurrences: Iterable[Occurrence] | None, zone: str
) -> set[int]:
    """The local days that a record may be announced for: those it spans, and the next one for a start near midnight.

    `occurrences` are the dates of a series, None of a single.
    """
    days = {day.toordinal() for time in times for day in days_around(time, zone)}
    if occurrences is not None:
        told = list(occurrences)
        days |= {day.toordinal() for day in {time.wall.date() for each in told for time in (each.start, each.original)}}
        days |= {local_day(each.start, zone) for each in told if each.start.zone != zone}
    elif end is not None and days:
        first = local_day(times[0], zone)
        days |= set(range(first + 1, first + min(local_day(end, zone) - first, LONGEST_SPAN)))
    return days


def days_before_move(face: Face) -> set[int]:
    """The days near its own that a moved announcement names: elsewhere it may still stand on one of them."""
    named = face.wording.days
    near = ((day, date.fromordinal(day)) for day in days_near(face.times))
    return {day for day, on in near if {(on.day, on.month), (on.day, 0)} & named}


def days_near(times: Sequence[EventTime]) -> Iterable[int]:
    """The days from or to which an announcement may have been moved."""
    own = times[0].wall.toordinal() if times else 0
    return range(own - MOVED_BY, own + MOVED_BY + 1) if own else ()


def local_day(time: EventTime, zone: str) -> int:
    """The ordinal of the local day of a moment."""
    return (time.wall if time.zone == zone or time.is_date else time.local(zone)).toordinal()


def days_around(time: EventTime, zone: str) -> set[date]:
    """The local day of a moment, and its neighbour when that is two hours away."""
    if time.is_date:
        return {time.wall.date()}
    local = time.wall if time.zone == zone else time.local(zone)
    if FAR_FROM_MIDNIGHT[0] <= local.hour < FAR_FROM_MIDNIGHT[1]:
        return {local.date()}
    return {(local - ZONE_FAULT).date(), local.date(), (local + ZONE_FAULT).date()}
