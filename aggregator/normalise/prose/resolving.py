"""Days as written to days of the calendar: the year from the item's own date, the weekday as check digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from aggregator.normalise.prose.dates import Day
from aggregator.normalise.prose.ranges import Dates, Together

BACK, AHEAD = timedelta(days=60), timedelta(days=305)
"""How far from the item's own date a day without a year is looked for: announcements come before events."""
WEEKDAY_LEEWAY = timedelta(days=30)
"""How much further when the weekday agrees."""


class Check(Enum):
    """What the weekday (or the name of the holiday) says to the date."""

    AGREES = "agrees"
    SILENT = "silent"
    CONFLICTS = "conflicts"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A day of the calendar; `year_written` says that the year was not guessed."""

    day: date
    check: Check
    year_written: bool


def resolve(dates: Dates, published: date | None) -> tuple[Resolved, ...]:
    """The days of an expression; those that no year can be found for are left out.

    Days without a year come in the order they are written: "30. Dezember bis 2. Januar" turns the year.
    """
    resolved: list[Resolved] = []
    for day in dates.days:
        ordered = dates.together in (Together.RANGE, Together.NIGHT, Together.LIST)
        after = resolved[-1].day if resolved and ordered else None
        found = _resolve_one(day, published, after)
        if found is not None:
            resolved.append(found)
    if dates.together is Together.NIGHT and len(dates.days) == 1 and resolved:
        resolved[0] = _eve(resolved[0], dates.days[0])
    return tuple(resolved)


def _eve(resolved: Resolved, written: Day) -> Resolved:
    """The day on which a night begins: of "Samstag auf Sonntag" the one before its Sunday, or the Saturday named."""
    if resolved.check is Check.AGREES:
        return replace(resolved, day=resolved.day - timedelta(days=1))
    is_eve = written.weekday is not None and (resolved.day.weekday() + 1) % 7 == written.weekday
    return replace(resolved, check=Check.AGREES) if is_eve else resolved


def _resolve_one(day: Day, published: date | None, after: date | None) -> Resolved | None:
    """One day; None when it does not exist or its year cannot be known."""
    if day.year is not None:
        found = _in_year(day, day.year)
        return Resolved(found, _check(day, found), True) if found else None
    if after is not None:
        following = [found for year in (after.year, after.year + 1) if (found := _in_year(day, year))]
        later = [found for found in following if found >= after]
        # A list out of order keeps its year: "12. März und 5. März".
        near = bool(later) and later[0] - after <= AHEAD
        chosen = later[0] if near else next(iter(following), None)
        return Resolved(chosen, _check(day, chosen), False) if chosen else None
    if published is None:
        return None
    return _nearest(day, published)


def _nearest(day: Day, published: date) -> Resolved | None:
    """The day in the year that lies nearest to the item's date, or in which the weekday agrees."""
    candidates = _candidates(day, published)
    near = [found for found in candidates if published - BACK <= found <= published + AHEAD]
    leeway = [
        found
        for found in candidates
        if published - BACK - WEEKDAY_LEEWAY <= found <= published + AHEAD + WEEKDAY_LEEWAY
        and _check(day, found) is Check.AGREES
    ]
    chosen: Sequence[date] = leeway or near
    if not chosen:
        return None
    best = min(chosen, key=lambda found: (found < published, abs(found - published)))
    return Resolved(best, _check(day, best), False)


def _candidates(day: Day, published: date) -> list[date]:
    return [found for year in range(published.year - 1, published.year + 2) if (found := _in_year(day, year))]


def _in_year(day: Day, year: int) -> date | None:
    """The day in a year; None when there is no such day."""
    if not 1 <= year <= 9998:
        return None
    if day.month is None or day.day is None:
        return day.named(year) if day.named else None
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None


def _check(day: Day, found: date) -> Check:
    """Whether weekday and holiday agree with a date."""
    if day.weekday is not None:
        return Check.AGREES if found.weekday() == day.weekday else Check.CONFLICTS
    if day.named is not None and day.month is not None and day.named(found.year) == found:
        return Check.AGREES
    return Check.SILENT
