"""Series to occurrences: the only module that knows recurring_ical_events.

Each series is handed over alone, rebuilt from our own record with a judged rule and zones from the
database, so that no foreign text reaches the expander.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

from aggregator.model.defects import Defect, DefectKind
from aggregator.model.records import Occurrence, Record, Status
from aggregator.model.times import HORIZON_BACK, EventTime, TimeKind, Window, zone_info
from aggregator.normalise.repetition import aligned
from aggregator.normalise.stated_times import settled

MOST_OCCURRENCES = 1_000
"""Kept of one series: the coming ones first, then the latest of those that were."""

SPEAKER = "X-RECORD"
"""Our own mark on an override: the id of its record; what it speaks for carries it through the expander."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The occurrences of one record, in order, and what could not be shown of it."""

    occurrences: tuple[Occurrence, ...] = ()
    defects: tuple[Defect, ...] = ()


def expand(series: Record, overrides: Sequence[Record], window: Window) -> Expansion:
    """The occurrences of a record inside the window, with its overrides in their places.

    A record that does not repeat keeps its one occurrence at any distance. A notice has none. Of a
    series at most 1 000 are kept, the rest is a defect; when the rule cannot be expanded after all, the
    first date stays and the defect says so. `overrides` must have an `original`.
    """
    if series.start is None:
        return Expansion()
    if not series.is_series:
        return Expansion(_listed(series, overrides))
    try:
        found = _expanded(series, overrides, window)
    except Exception as problem:  # noqa: BLE001 - the libraries raise a dozen kinds for rules that cannot be
        refused = Defect(DefectKind.BAD_RECURRENCE, series.uid, detail=type(problem).__name__)
        return Expansion((first_occurrence(series),), (refused,))
    if len(found) <= MOST_OCCURRENCES:
        return Expansion(found)
    limit = Defect(DefectKind.RECURRENCE_LIMIT, series.uid, detail=str(len(found)))
    return Expansion(_nearest(found, window), (limit,))


def first_occurrence(record: Record) -> Occurrence:
    """The occurrence at a record's own start, which it must have."""
    assert record.start is not None, "a notice has no occurrence"
    start = settled(record.start)
    return Occurrence(start, start, record.end and settled(record.end), status=record.status)


def _listed(single: Record, overrides: Sequence[Record]) -> tuple[Occurrence, ...]:
    """The occurrence of a record without rule, and those that its overrides speak for."""
    own = first_occurrence(single)
    spoken = [_spoken(single, override) for override in overrides]
    replaced = any(occurrence.original.instant == own.original.instant for occurrence in spoken)
    return _in_order(spoken if replaced else [own, *spoken])


def _expanded(series: Record, overrides: Sequence[Record], window: Window) -> tuple[Occurrence, ...]:
    """Everything that the expander finds in the window."""
    calendar = Calendar()
    calendar.add_component(_series_event(series))
    for override in overrides:
        calendar.add_component(_override_event(series, override))
    speakers = {override.id: override for override in overrides}
    found = recurring_ical_events.of(calendar).between(window.first, window.last)
    return _in_order([_occurrence(event, series, speakers) for event in found])


def _in_order(occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """The occurrences by start, each original once."""
    each = {occurrence.original: occurrence for occurrence in occurrences}
    return tuple(sorted(each.values(), key=lambda each: (each.start.instant, each.original.instant)))


def _nearest(found: tuple[Occurrence, ...], window: Window) -> tuple[Occurrence, ...]:
    """As many as are kept: those from the horizon's middle day (today) on first, then the latest before."""
    today = min(window.first + HORIZON_BACK, window.last)
    past = [occurrence for occurrence in found if occurrence.start.wall.date() < today]
    coming = found[len(past) :][:MOST_OCCURRENCES]
    return (*past[len(past) - (MOST_OCCURRENCES - len(coming)) :], *coming) if past else coming


def _series_event(series: Record) -> Event:
    """A minimal event for a series: its times and its repetition."""
    event = _event(series.start, series.end, series)
    event["RRULE"] = [vRecur.from_ical(rule) for rule in series.recurrence.rules]
    for name, times in (("RDATE", series.recurrence.dates), ("EXDATE", series.recurrence.exceptions)):
        for time in times:
            event.add(name, [_value(time)])
    return event


def _override_event(series: Record, override: Record) -> Event:
    """A minimal event for an override, marked with its record."""
    event = _event(override.start, override.end, series)
    original = _value(aligned(_original(override), _start(series)))
    span = {"RANGE": "THISANDFUTURE"} if override.this_and_future else {}
    event.add("RECURRENCE-ID", original, parameters=span)
    event[SPEAKER] = override.id
    return event


def _event(start: EventTime | None, end: EventTime | None, series: Record) -> Event:
    event = Event()
    event.add("UID", "series")
    for name, time in (("DTSTART", start), ("DTEND", end)):
        if time is not None:
            event.add(name, _value(_comparable(time, _start(series))))
    return event


def _comparable(time: EventTime, start: EventTime) -> EventTime:
    """A time in the series' zone and kind; a date and a time of day stay what they are."""
    return time if time.is_date or start.is_date else aligned(time, start)


def _value(time: EventTime) -> date | datetime:
    """What icalendar wants: a date, a naive or an aware datetime."""
    if time.is_date:
        return time.wall.date()
    return time.wall if time.kind is TimeKind.FLOATING else time.aware


def _occurrence(event: Event, series: Record, speakers: Mapping[str, Record]) -> Occurrence:
    """What the expander found, in our own terms."""
    start = _moment(event.start, _start(series))
    override = speakers.get(str(event.get(SPEAKER, "")))
    if override is None:
        own = _start(series)
        start = own if start.wall == own.wall else start
        return Occurrence(settled(start), settled(start), _end(start, series), status=series.status)
    spoken = _spoken(series, override)
    moved = _comparable(override.start or start, _start(series))
    if not override.this_and_future or start.wall == moved.wall:
        return spoken
    original = start.shifted(aligned(_original(override), _start(series)).wall - moved.wall)
    return Occurrence(settled(original), settled(start), _end(start, override), override.id, spoken.status)


def _spoken(series: Record, override: Record) -> Occurrence:
    """The one occurrence whose original start an override names."""
    original = settled(aligned(_original(override), _start(series)))
    start = settled(override.start) if override.start else original
    status = Status.CANCELLED if series.status is Status.CANCELLED else override.status
    return Occurrence(original, start, override.end and settled(override.end), override.id, status)


def _moment(value: date | datetime, start: EventTime) -> EventTime:
    """A found start in the series' zone and kind."""
    if not isinstance(value, datetime):
        return EventTime.of_date(value, start.zone)
    if value.tzinfo is not None and not start.is_date:
        value = value.astimezone(zone_info(start.zone)) if str(value.tzinfo) != start.zone else value
    return EventTime(value.replace(tzinfo=None, fold=0), start.zone, start.kind)


def _end(start: EventTime, record: Record) -> EventTime | None:
    """The end of an occurrence: as long after its start, on the wall clock, as the record's own end is."""
    if record.end is None or record.start is None:
        return None
    length = _length(record.start, record.end)
    return settled(start.shifted(length))


def _length(start: EventTime, end: EventTime) -> timedelta:
    return end.wall - start.wall if start.zone == end.zone else end.instant - start.instant


def _start(series: Record) -> EventTime:
    assert series.start is not None, "a series has a start"
    return series.start


def _original(override: Record) -> EventTime:
    assert override.original is not None, "an override names the start that it replaces"
    return override.original
