"""Repetition as an RRULE value (RFC 5545 section 3.3.10), and the days that it hits."""

from __future__ import annotations

from datetime import date, timedelta

from aggregator.normalise.prose.holidays import weekday_in_month
from aggregator.normalise.prose.repetition import DAILY, MONTHLY, Repetition

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SEARCHED_DAYS = 400
ONE_DAY = timedelta(days=1)


def rule_text(
    repetition: Repetition, until: date | None, months: tuple[int, ...] = (), hours: tuple[int, ...] = ()
) -> str:
    """The RRULE value; `months` are those in which it takes place, all if empty; `hours` if there are several a day."""
    parts = [f"FREQ={repetition.frequency}"]
    if repetition.interval > 1:
        parts.append(f"INTERVAL={repetition.interval}")
    if months:
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    if repetition.month_days:
        parts.append("BYMONTHDAY=" + ",".join(map(str, repetition.month_days)))
    elif repetition.weekdays:
        places = repetition.places or ("",)
        days = (f"{place}{CODES[day]}" for place in places for day in sorted(repetition.weekdays))
        parts.append("BYDAY=" + ",".join(days))
    if hours:
        parts.append("BYHOUR=" + ",".join(map(str, hours)))
    if repetition.count:
        parts.append(f"COUNT={repetition.count * max(len(hours), 1)}")
    elif until:
        parts.append(f"UNTIL={until:%Y%m%d}")
    return ";".join(parts)


def hits(repetition: Repetition, day: date) -> bool:
    """Whether the rule, without its interval, falls on a day."""
    if repetition.frequency == DAILY:
        return True
    if repetition.month_days:
        return day.day in repetition.month_days
    if repetition.weekdays and day.weekday() not in repetition.weekdays:
        return False
    if repetition.frequency == MONTHLY and repetition.places:
        return any(_in_place(day, place) for place in repetition.places)
    return True


def _in_place(day: date, place: int) -> bool:
    """Whether a day is the nth of its weekday in its month; a fifth must exist."""
    found = weekday_in_month(day.month, day.weekday(), place, day.year)
    return found == day and (place != 5 or day.day > 28)


def first_hit(repetition: Repetition, earliest: date) -> date | None:
    """The first day from `earliest` on that the rule falls on."""
    day = earliest
    for _ in range(SEARCHED_DAYS):
        if hits(repetition, day):
            return day
        day += ONE_DAY
    return None
