"""Ordinary series to occurrences without the library: one common rule, listed dates, exceptions, moved dates.

It finds what `aggregator.normalise.recurrence` finds by the library, value for value, or declines. How the library
asks for a window, keeps exceptions from overrides and measures what is still going on is therefore repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from aggregator.model.records import Occurrence, Record
from aggregator.model.times import EventTime
from aggregator.normalise.arithmetic import Rule, rule_of, starts_of
from aggregator.normalise.repetition import aligned
from aggregator.normalise.stated_times import settled
from aggregator.normalise.wall_clock import comparable, in_order, length, local_rule, original_of, spoken, start_of

NONE, DAY = timedelta(), timedelta(days=1)
MIDNIGHT = time()
Span = tuple[datetime, datetime]


def ordinary_dates(
    series: Record, overrides: Sequence[Record], spans: Sequence[tuple[date, date]], enough: int
) -> tuple[Occurrence, ...] | None:
    """All occurrences of a series in the spans of days, in order; None for a series that is not ordinary.

    Of several spans no more are looked at once more than `enough` occurrences are found.
    """
    rule, lasts, moved = _rule(series), _lasting(series, start_of(series)), _moved(series, overrides)
    if rule is False or lasts is None or not _is_ordinary(series, overrides):
        return None
    found: list[Occurrence] = []
    for first, last in spans:
        span = datetime.combine(first, MIDNIGHT), datetime.combine(last, MIDNIGHT)
        told = _told(series, moved, span)
        if told is None:
            return None
        found += _own(series, (rule, lasts), moved, span)
        found += told
        if len(found) > enough:
            break
    in_turn = len(spans) == 1 and not moved and not start_of(series).fold and _rises(found)
    return tuple(found) if in_turn else _ordered(found)


def _rises(found: Sequence[Occurrence]) -> bool:
    """Whether each begins after the one before it; where clocks are turned some may not."""
    return all(one.start.wall < other.start.wall for one, other in pairwise(found))


def _ordered(found: list[Occurrence]) -> tuple[Occurrence, ...] | None:
    """The occurrences by start; None where one start by rule stands for several, which is the library's to judge."""
    each: dict[EventTime, Occurrence] = {}
    same = all(each.setdefault(date.original, date) == date for date in found)
    return in_order(found) if same else None


def _own(
    series: Record, repeats: tuple[Rule | None | bool, timedelta], moved: Mapping[datetime, Record], span: Span
) -> list[Occurrence]:
    """The occurrences in the span for which no override speaks, in the order of the wall clock."""
    rule, lasts = repeats
    starts = _starts(series, rule, (span[0] - lasts, span[1]))
    starts.difference_update(exception.wall for exception in series.recurrence.exceptions)
    starts.difference_update(moved)
    return [_occurrence(start, series, lasts) for start in sorted(starts) if _goes_on(start, lasts, span)]


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


def _told(series: Record, moved: Mapping[datetime, Record], span: Span) -> list[Occurrence] | None:
    """What the overrides inside the span speak for; an exception silences them. None if one is not ordinary."""
    silenced = {exception.wall for exception in series.recurrence.exceptions}
    told = []
    for original, override in moved.items():
        start = comparable(start_of(override), start_of(series))
        lasts = _lasting(override, start)
        if lasts is None:
            return None
        if original not in silenced and _goes_on(start.wall, lasts, span):
            told.append(spoken(series, override))
    return told


def _goes_on(start: datetime, lasts: timedelta, span: Span) -> bool:
    """Whether something that begins then touches the span; what has no length must begin in it."""
    return start < span[1] and (start + lasts > span[0] if lasts else start >= span[0])


def _occurrence(wall: datetime, series: Record, lasts: timedelta) -> Occurrence:
    """What the series says of one of its dates."""
    own = start_of(series)
    start = own if wall == own.wall else EventTime(wall, own.zone, own.kind)
    end = settled(EventTime(wall + lasts, own.zone, own.kind)) if series.end else None
    start = settled(start)
    return Occurrence(start, start, end, status=series.status)
