"""Ordinary series to occurrences without the library: one common rule, listed dates, exceptions, moved dates.

It finds what `aggregator.normalise.recurrence` finds by the library, value for value, or declines. How the library
asks for a window, keeps exceptions from overrides and measures what is still going on is therefore repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from aggregator.model.records import Occurrence, Record
from aggregator.model.times import EventTime, Window
from aggregator.normalise.arithmetic import Rule, rule_of, starts_of
from aggregator.normalise.repetition import aligned
from aggregator.normalise.stated_times import settled
from aggregator.normalise.wall_clock import comparable, in_order, length, local_rule, original_of, spoken, start_of

NONE, DAY = timedelta(), timedelta(days=1)
MIDNIGHT = time()


def ordinary_dates(series: Record, overrides: Sequence[Record], window: Window) -> tuple[Occurrence, ...] | None:
    """All occurrences of a series in the window, in order; None for a series that is not ordinary."""
    rule = _rule(series)
    lasts = _lasting(series, start_of(series))
    if rule is False or lasts is None or not _is_ordinary(series, overrides):
        return None
    first, last = datetime.combine(window.first, MIDNIGHT), datetime.combine(window.last, MIDNIGHT)
    starts = _starts(series, rule, (first - lasts, last))
    starts.difference_update(exception.wall for exception in series.recurrence.exceptions)
    moved = _moved(series, overrides)
    own = [start for start in sorted(starts - moved.keys()) if _goes_on(start, lasts, first, last)]
    dates = [_occurrence(start, series, lasts) for start in own]
    # Only where a clock was turned does another order or a date twice come out of it.
    turned = any(date.start.wall != start for date, start in zip(dates, own, strict=True))
    if not moved and not turned:
        return tuple(dates)
    told = _told(series, moved, first, last)
    ordered = None if told is None else in_order(dates + told)
    return ordered if told is not None and ordered and len(ordered) == len(dates) + len(told) else None


def _rule(series: Record) -> Rule | None | bool:
    """The one rule of a series, None without one; False if it has several or an uncommon one."""
    rules = series.recurrence.rules
    if not rules:
        return None
    return (len(rules) == 1 and rule_of(local_rule(rules[0], start_of(series).zone))) or False


def _is_ordinary(series: Record, overrides: Sequence[Record]) -> bool:
    """Whether all its times are told as its start is, and each override speaks for one date only."""
    is_date = start_of(series).is_date
    times = (*series.recurrence.dates, *series.recurrence.exceptions)
    return all(time.is_date == is_date for time in times) and not any(each.this_and_future for each in overrides)


def _lasting(record: Record, start: EventTime) -> timedelta | None:
    """How long a record goes on, from `start` on the series' clock; None where the library has its own opinion."""
    if record.end is None:
        return DAY if start.is_date else NONE
    lasts = length(start_of(record), record.end)
    if start.is_date and (lasts < DAY or lasts % DAY):
        return None
    return None if lasts < NONE else lasts


def _starts(series: Record, rule: Rule | None | bool, span: tuple[datetime, datetime]) -> set[datetime]:
    """The starts by rule and list with the series' own, as far as the rule has not ended before."""
    first = start_of(series).wall
    starts = {date.wall for date in series.recurrence.dates}
    if not isinstance(rule, Rule):
        return starts | {first}
    starts.update(starts_of(rule, first, *span))
    if rule.until is None or first <= rule.until:
        starts.add(first)
    return starts


def _moved(series: Record, overrides: Sequence[Record]) -> Mapping[datetime, Record]:
    """The overrides by the start that they replace; of several for one the first counts."""
    start = start_of(series)
    moved: dict[datetime, Record] = {}
    for override in overrides:
        moved.setdefault(aligned(original_of(override), start).wall, override)
    return moved


def _told(series: Record, moved: Mapping[datetime, Record], first: datetime, last: datetime) -> list[Occurrence] | None:
    """What the overrides inside the window speak for; an exception silences them. None if one is not ordinary."""
    silenced = {exception.wall for exception in series.recurrence.exceptions}
    told = []
    for original, override in moved.items():
        start = comparable(start_of(override), start_of(series))
        lasts = _lasting(override, start)
        if lasts is None:
            return None
        if original not in silenced and _goes_on(start.wall, lasts, first, last):
            told.append(spoken(series, override))
    return told


def _goes_on(start: datetime, lasts: timedelta, first: datetime, last: datetime) -> bool:
    """Whether something that begins then touches the window; what has no length must begin in it."""
    return start < last and (start + lasts > first if lasts else start >= first)


def _occurrence(wall: datetime, series: Record, lasts: timedelta) -> Occurrence:
    """What the series says of one of its dates."""
    own = start_of(series)
    start = own if wall == own.wall else EventTime(wall, own.zone, own.kind)
    end = settled(EventTime(wall + lasts, own.zone, own.kind)) if series.end else None
    start = settled(start)
    return Occurrence(start, start, end, status=series.status)
