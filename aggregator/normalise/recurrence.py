"""Series to occurrences: the only module that knows recurring_ical_events.

Ordinary series are counted by arithmetic (`ordinary_series`), all others by the library. Each is handed over
alone, rebuilt from our own record with a judged rule, so that no foreign text reaches the expander. It counts on
the series' own wall clock: what it gets and gives has no zone, which keeps 02:30 at 02:30 on both sides of a
night that has no 02:30.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

import recurring_ical_events
from icalendar import Calendar, Event, vDDDTypes, vRecur

from aggregator.model.defects import Defect, DefectKind
from aggregator.model.records import Occurrence, Record
from aggregator.model.times import HORIZON_BACK, EventTime, Window
from aggregator.model.values import dataclass
from aggregator.normalise.judging import most_per_day
from aggregator.normalise.ordinary_series import ordinary_dates
from aggregator.normalise.repetition import aligned
from aggregator.normalise.stated_times import settled
from aggregator.normalise.wall_clock import (
    comparable,
    end_at,
    first_occurrence,
    in_order,
    length,
    local_rule,
    original_of,
    spoken,
    start_of,
    value,
)

MOST_OCCURRENCES = 1_000
"""Kept of one series: the coming ones first, then the latest of those that were."""

SPEAKER = "X-RECORD"
"""Our own mark on an override: the id of its record; what it speaks for carries it through the expander."""

MIDNIGHT = time_of_day()


@dataclass(frozen=True, slots=True)
class Expansion:
    """The occurrences of one record, in order, and what could not be shown of it."""

    occurrences: tuple[Occurrence, ...] = ()
    defects: tuple[Defect, ...] = ()


def expand(series: Record, overrides: Sequence[Record], window: Window) -> Expansion:
    """The occurrences of a record inside the window, with its overrides in their places.

    A record that does not repeat keeps its one occurrence at any distance. A notice has none. Of a
    series at most 1 000 are kept, the rest is a defect; when the rule cannot be expanded after all, the
    first date stays and the defect says so. `overrides` have a start and an `original`.
    """
    if series.start is None:
        return Expansion()
    if not series.is_series:
        return Expansion(_listed(series, overrides))
    limit = Defect(DefectKind.RECURRENCE_LIMIT, series.uid, detail=str(MOST_OCCURRENCES))
    if overlaps_itself(series):
        return Expansion((first_occurrence(series),), (limit,))
    try:
        ordinary = ordinary_dates(series, overrides, spans_of(series, window), MOST_OCCURRENCES)
        found = by_library(series, overrides, window) if ordinary is None else ordinary
    except Exception as problem:  # noqa: BLE001 - the libraries raise a dozen kinds for rules that cannot be
        refused = Defect(DefectKind.BAD_RECURRENCE, series.uid, detail=type(problem).__name__)
        return Expansion((first_occurrence(series),), (refused,))
    if len(found) <= MOST_OCCURRENCES:
        return Expansion(found)
    return Expansion(_nearest(found, window), (limit,))


def _listed(single: Record, overrides: Sequence[Record]) -> tuple[Occurrence, ...]:
    """The occurrence of a record without rule, and those that its overrides speak for."""
    own = first_occurrence(single)
    told = [spoken(single, override) for override in overrides]
    replaced = any(occurrence.original.instant == own.original.instant for occurrence in told)
    return in_order(told if replaced else [own, *told])


def by_library(series: Record, overrides: Sequence[Record], window: Window) -> tuple[Occurrence, ...]:
    """Everything that the expander finds in the window."""
    calendar = Calendar()
    calendar.add_component(_series_event(series))
    for override in overrides:
        calendar.add_component(_override_event(series, override))
    speakers = {override.id: override for override in overrides}
    query = recurring_ical_events.of(calendar)
    found: list[Occurrence] = []
    for first, last in spans_of(series, window):
        # Asked with mere dates it overlooks a night that reaches into the first day.
        events = query.between(datetime.combine(first, MIDNIGHT), datetime.combine(last, MIDNIGHT))
        found += (_occurrence(event, series, speakers) for event in events)
        if len(found) > MOST_OCCURRENCES:
            break
    return in_order(found)


def overlaps_itself(series: Record) -> bool:
    """Whether more occurrences than are kept can be going on at one moment (ten years long, daily)."""
    lasts = length(start_of(series), series.end) if series.end else timedelta()
    return lasts * most_per_day(series.recurrence.rules) > timedelta(days=MOST_OCCURRENCES)


def spans_of(series: Record, window: Window) -> Sequence[tuple[date, date]]:
    """The window at once; for several occurrences a day in pieces, the nearest first."""
    per_day = most_per_day(series.recurrence.rules)
    return ((window.first, window.last),) if per_day == 1 else tuple(_pieces(per_day, window))


def _pieces(per_day: int, window: Window) -> Iterator[tuple[date, date]]:
    """The window from today on, then backwards from today, in pieces for so many occurrences a day."""
    step, today = timedelta(days=MOST_OCCURRENCES // per_day), _today(window)
    first, last = today, today
    while last < window.last:
        yield last, min(last + step, window.last)
        last += step
    while first > window.first:
        yield max(first - step, window.first), first
        first -= step


def _today(window: Window) -> date:
    """The day around which a horizon lies."""
    return min(window.first + HORIZON_BACK, window.last)


def _nearest(found: tuple[Occurrence, ...], window: Window) -> tuple[Occurrence, ...]:
    """As many as are kept: those from today on first, then the latest before."""
    past = [occurrence for occurrence in found if occurrence.start.wall.date() < _today(window)]
    coming = found[len(past) :][:MOST_OCCURRENCES]
    return (*past[len(past) - (MOST_OCCURRENCES - len(coming)) :], *coming) if past else coming


def _series_event(series: Record) -> Event:
    """A minimal event for a series: its times and its repetition."""
    event = _event(series, start_of(series))
    event["RRULE"] = [vRecur.from_ical(local_rule(rule, start_of(series).zone)) for rule in series.recurrence.rules]
    for name, times in (("RDATE", series.recurrence.dates), ("EXDATE", series.recurrence.exceptions)):
        for time in times:
            event.add(name, [value(time)])
    return event


def _override_event(series: Record, override: Record) -> Event:
    """A minimal event for an override, marked with its record."""
    event = _event(override, start_of(series))
    original = value(aligned(original_of(override), start_of(series)))
    event["RECURRENCE-ID"] = vDDDTypes(original)
    if override.this_and_future:
        event["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
    event[SPEAKER] = override.id
    return event


def _event(record: Record, start_of_series: EventTime) -> Event:
    """An event that lasts as long as the record says, on the wall clock of the series."""
    event = Event()
    event["UID"] = "series"
    start = comparable(start_of(record), start_of_series)
    event["DTSTART"] = vDDDTypes(value(start))
    if record.end is not None:
        event["DTEND"] = vDDDTypes(value(start.shifted(length(start_of(record), record.end))))
    return event


def _occurrence(event: Event, series: Record, speakers: Mapping[str, Record]) -> Occurrence:
    """What the expander found, in our own terms."""
    start = _moment(event.start, start_of(series))
    override = speakers.get(str(event.get(SPEAKER, "")))
    if override is None:
        return Occurrence(settled(start), settled(start), end_at(start, series), status=series.status)
    told = spoken(series, override)
    moved = comparable(start_of(override), start_of(series))
    if not override.this_and_future or start.wall == moved.wall:
        return told
    original = start.shifted(aligned(original_of(override), start_of(series)).wall - moved.wall)
    return Occurrence(settled(original), settled(start), end_at(start, override), override.id, told.status)


def _moment(value: date | datetime, start: EventTime) -> EventTime:
    """A found start in the series' zone and kind; the first itself keeps its fold."""
    if not isinstance(value, datetime):
        return EventTime.of_date(value, start.zone)
    return start if value == start.wall else EventTime(value, start.zone, start.kind)
