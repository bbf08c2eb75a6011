"""From when to when: the start and end of a component as moments."""

from __future__ import annotations

from datetime import time, timedelta

from aggregator.model.components import Component, StatedTime
from aggregator.model.defects import DefectKind
from aggregator.model.times import EventTime, TimeKind
from aggregator.model.values import dataclass
from aggregator.normalise.repetition import aligned
from aggregator.normalise.stated_times import moment, settled
from aggregator.normalise.timezones import Zones

LONGEST_DURATION = timedelta(days=3660)
DAY = timedelta(days=1)
# schema.org and h-event name the last day; iCalendar, and hCalendar after it, the day behind.
INCLUSIVE_KINDS = {"jsonld", "microdata", "h-event", "rdf"}


@dataclass(frozen=True, slots=True)
class Span:
    """When something takes place; `original` is the start that an override replaces.

    `faults` are what was wrong with the statements: the kind of defect and what was written.
    """

    start: EventTime | None
    end: EventTime | None = None
    original: EventTime | None = None
    faults: tuple[tuple[DefectKind, str], ...] = ()


def span_of(component: Component, zones: Zones) -> Span:
    """The start, end and replaced start of a component.

    A missing end stays missing. All-day ends are exclusive (RFC 5545 section 3.6.1). An override
    without a start takes the one that it replaces.
    """
    repeats = _repeats(component)
    faults: list[tuple[DefectKind, str]] = []
    start = _stated(component.start, zones, repeats)
    original = _stated(component.recurrence_id, zones, repeats)
    if component.start is not None and start is None:
        faults.append((DefectKind.BAD_START, component.start.text[:80]))
    if component.recurrence_id is not None and original is None:
        faults.append((DefectKind.BAD_PROPERTY, f"RECURRENCE-ID {component.recurrence_id.text[:60]}"))
    faults += _unknown_zones(component, start)
    if start is None and component.start is None:
        start = original
    if start is None:
        return Span(None, original=original, faults=tuple(faults))
    end, fault = _end(component, start, zones)
    faults += [fault] if fault else []
    # A series keeps the wall time of its rule, even when its first night has none.
    start, end = (start, end) if repeats else (settled(start), end and settled(end))
    return Span(start, end, original, tuple(faults))


def _repeats(component: Component) -> bool:
    return bool(component.recurrence.rules or component.recurrence.dates)


def _stated(stated: StatedTime | None, zones: Zones, repeats: bool) -> EventTime | None:
    return moment(stated, zones, repeats) if stated else None


def _unknown_zones(component: Component, start: EventTime | None) -> list[tuple[DefectKind, str]]:
    """A stated zone that nobody knows leaves the start floating."""
    unknown = component.start and component.start.zone and start and start.kind is TimeKind.FLOATING
    return [(DefectKind.UNKNOWN_ZONE, component.start.zone[:80])] if unknown and component.start else []


def _end(
    component: Component, start: EventTime, zones: Zones
) -> tuple[EventTime | None, tuple[DefectKind, str] | None]:
    """The end, stated or by duration, in the kind of the start; or why there is none."""
    if component.end is not None:
        stated = moment(component.end, zones, _repeats(component))
        text = component.end.text[:80]
        end = _in_kind(stated, start, component.kind in INCLUSIVE_KINDS) if stated else None
        fault = None if stated else (DefectKind.BAD_END, text)
    elif component.duration is not None:
        text = str(component.duration)
        too_long = component.duration > LONGEST_DURATION
        end = None if too_long else _after(start, component.duration)
        fault = (DefectKind.BAD_END, text) if too_long else None
    else:
        return None, None
    if end is not None and end.instant < start.instant:
        return None, (DefectKind.END_BEFORE_START, text)
    return end, fault


def _in_kind(end: EventTime, start: EventTime, inclusive: bool) -> EventTime | None:
    """An end told as the start is: all-day and exclusive, or with a time."""
    if start.is_date:
        return _last_day(end, start, inclusive)
    if not end.is_date:
        # An end that forgot its zone lies in the start's.
        return aligned(end, start) if end.kind is TimeKind.FLOATING else end
    # "19:00 until that day": no end is told.
    midnight = EventTime(end.wall, start.zone, start.kind)
    return None if end.wall.date() == start.wall.date() else midnight


def _last_day(end: EventTime, start: EventTime, inclusive: bool) -> EventTime:
    """The exclusive end of an all-day event: never the first day itself."""
    day = aligned(end, start)
    counts = inclusive if end.is_date else end.wall.time() > time()
    return day.shifted(DAY) if counts or day.wall == start.wall else day


def _after(start: EventTime, duration: timedelta) -> EventTime | None:
    """The end after a duration: days are days of the calendar, hours are hours (RFC 5545 section 3.3.6)."""
    if start.is_date:
        days = -(-duration // DAY)
        return start.shifted(timedelta(days=max(days, 1) if duration >= timedelta() else days))
    days_later = start.shifted(timedelta(days=duration.days))
    instant = days_later.instant + timedelta(seconds=duration.seconds)
    end = EventTime.of_instant(instant, start.zone)
    return EventTime(end.wall, end.zone, start.kind, end.fold)
