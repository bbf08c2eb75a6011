"""The common rules of repetition by arithmetic on dates: what the expander finds, some fifty times as fast.

Only rules whose meaning nobody disputes are counted here: by hours, days, weeks, by the days of a month or a year.
For anything else `rule_of` answers None, and the library is asked. `tests/normalise/test_ordinary_series.py` and
`tests/prove/test_corpus_quick.py` hold both to the same dates.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from aggregator.normalise.judging import rule_parts

DAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
BY_DAY = re.compile(r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$", re.A)
UNTIL = re.compile(r"^(\d{8})(?:T(\d{6}))?$", re.A)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
COUNTED = {
    "HOURLY": frozenset(),
    "DAILY": frozenset({"BYDAY"}),
    "WEEKLY": frozenset({"BYDAY", "WKST"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTHDAY", "WKST"}),
    "YEARLY": frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}),
}
ENDS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL"})

Weekdays = tuple[tuple[int, int], ...]
"""Places (0 for each, 2 for the second, -1 for the last of a month) and weekdays from Monday = 0."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that arithmetic understands; `until` is on the wall clock, as are all times here."""

    frequency: str
    interval: int
    count: int | None
    until: datetime | None
    weekdays: Weekdays
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    week_start: int


@lru_cache(maxsize=1024)
def rule_of(text: str) -> Rule | None:
    """The rule that an accepted RRULE value (UNTIL on the wall clock) states, None if it is none of the common ones."""
    parts = rule_parts(text) or {}
    frequency = parts.get("FREQ", "")
    allowed = COUNTED.get(frequency)
    if allowed is None or not allowed | ENDS >= parts.keys():
        return None
    until = _until(parts["UNTIL"]) if "UNTIL" in parts else None
    weekdays = _weekdays(parts.get("BYDAY", ""))
    if weekdays is None or (until is None and "UNTIL" in parts):
        return None
    rule = Rule(
        frequency,
        int(parts.get("INTERVAL", "1")),
        int(parts["COUNT"]) if "COUNT" in parts else None,
        until,
        weekdays,
        _numbers(parts.get("BYMONTHDAY", "")),
        _numbers(parts.get("BYMONTH", "")),
        DAYS[parts.get("WKST", "MO")],
    )
    return rule if _is_plain(rule) else None


def starts_of(rule: Rule, first: datetime, low: datetime, high: datetime) -> list[datetime]:
    """The starts by rule of a series that begins at `first`, from `low` to `high`, both included, in order."""
    end = high if rule.until is None else min(high, rule.until)
    if rule.count is None:
        found = PERIODS[rule.frequency](rule, first, max(low, first), end)
        return [start for start in found if low <= start <= end]
    counted = _first_of(PERIODS[rule.frequency](rule, first, first, end), rule.count)
    return counted[bisect_left(counted, low) : bisect_right(counted, end)]


def _first_of(starts: Iterator[datetime], count: int) -> list[datetime]:
    return [start for start, _ in zip(starts, range(count), strict=False)]


def _is_plain(rule: Rule) -> bool:
    """Whether its lists have one meaning only where they stand."""
    placed = {place != 0 for place, _ in rule.weekdays}
    if len(placed) > 1 or (placed and rule.month_days):
        return False
    if rule.frequency == "YEARLY" and not rule.months:
        # "The twentieth Monday of the year", "each 13th of any month": rare, and left to the library.
        return not (rule.weekdays or rule.month_days)
    return True not in placed or rule.frequency in ("MONTHLY", "YEARLY")


def _until(text: str) -> datetime | None:
    found = UNTIL.match(text)
    try:
        return datetime.strptime(f"{found[1]}{found[2] or '000000'}", "%Y%m%d%H%M%S") if found else None
    except ValueError:
        return None


def _weekdays(text: str) -> Weekdays | None:
    days = [BY_DAY.match(day) for day in text.split(",")] if text else []
    found = [(int(day[1] or 0), DAYS[day[2]]) for day in days if day]
    return tuple(dict.fromkeys(found)) if len(found) == len(days) else None


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in text.split(",")})) if text else ()


# --- the starts of each frequency from about `low` on, without end before `end`, in order ------------------


def _daily(rule: Rule, first: datetime, low: datetime, end: datetime) -> Iterator[datetime]:
    step = timedelta(days=rule.interval)
    days = {day for _, day in rule.weekdays}
    start = first + step * ((low - first) // step)
    while start <= end:
        if not days or start.weekday() in days:
            yield start
        start += step


def _weekly(rule: Rule, first: datetime, low: datetime, end: datetime) -> Iterator[datetime]:
    step = WEEK * rule.interval
    begin = first - DAY * ((first.weekday() - rule.week_start) % 7)
    days = {day for _, day in rule.weekdays} or {first.weekday()}
    distances = [DAY * distance for distance in sorted((day - rule.week_start) % 7 for day in days)]
    week = begin + step * ((low - begin) // step)
    while week <= end:
        for distance in distances:
            start = week + distance
            if first <= start <= end:
                yield start
        week += step


def _monthly(rule: Rule, first: datetime, low: datetime, end: datetime) -> Iterator[datetime]:
    begin = first.year * 12 + first.month - 1
    behind = low.year * 12 + low.month - 1 - begin
    month, last = begin + behind // rule.interval * rule.interval, end.year * 12 + end.month - 1
    while month <= last:
        yield from _in_month(rule, first, end, divmod(month, 12))
        month += rule.interval


def _yearly(rule: Rule, first: datetime, low: datetime, end: datetime) -> Iterator[datetime]:
    year = first.year + (low.year - first.year) // rule.interval * rule.interval
    while year <= end.year:
        for month in rule.months or (first.month,):
            yield from _in_month(rule, first, end, (year, month - 1))
        year += rule.interval


def _in_month(rule: Rule, first: datetime, end: datetime, month: tuple[int, int]) -> Iterator[datetime]:
    """The starts in one month, given as year and number from 0."""
    year, number = month
    for day in _days(rule, first.day, year, number + 1):
        start = first.replace(year=year, month=number + 1, day=day)
        if first <= start <= end:
            yield start


def _days(rule: Rule, usual: int, year: int, month: int) -> list[int]:
    """The days of a month on which the rule falls."""
    weekday, length = monthrange(year, month)
    if not rule.weekdays:
        wanted = rule.month_days or (usual,)
        days = (day if day > 0 else length + 1 + day for day in wanted)
        return sorted({day for day in days if 1 <= day <= length})
    found: set[int] = set()
    for place, day in rule.weekdays:
        every = range(1 + (day - weekday) % 7, length + 1, 7)
        if place == 0:
            found.update(every)
        elif -len(every) <= place <= len(every):
            found.add(every[place - 1] if place > 0 else every[place])
    return sorted(found)


def _hourly(rule: Rule, first: datetime, low: datetime, end: datetime) -> Iterator[datetime]:
    step = timedelta(hours=rule.interval)
    start = first + step * ((low - first) // step)
    while start <= end:
        yield start
        start += step


PERIODS: dict[str, Callable[[Rule, datetime, datetime, datetime], Iterator[datetime]]] = {
    "HOURLY": _hourly,
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}
