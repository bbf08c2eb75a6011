"""What a series leaves out: single days, pauses, public holidays, and school holidays where they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from aggregator.model.holidays import SchoolHoliday
from aggregator.normalise.prose.bounds import breaks_between, excepted_days
from aggregator.normalise.prose.breaks import between_the_years, leaves_out_holidays, school_break
from aggregator.normalise.prose.holidays import public_holidays
from aggregator.normalise.prose.mentions import Mention, Passage
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.rules import hits
from aggregator.normalise.prose.statements import Item

KNOWN_FOR = timedelta(days=240)
"""How far the known school holidays must reach beyond the first day to be taken for all of them."""
LONGEST_SEARCH = 800
MOST_EXCEPTIONS = 200


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The days on which a series does not take place, and the words of those that nobody could date."""

    days: tuple[date, ...] = ()
    unread: str = ""


def left_out(item: Item, told: tuple[Passage, Mention], repetition: Repetition, first: date) -> LeftOut:
    """The exceptions of a series that begins on `first`."""
    days = set(excepted_days(item, told, repetition))
    if leaves_out_holidays(*told):
        days |= public_holidays(first.year) | public_holidays(first.year + 1)
    days |= set(between_the_years(*told, first)) | set(breaks_between(item, told))
    words = school_break(*told)
    breaks = _meant(item.school_holidays, words) if words else ()
    days |= {day for stretch in breaks for day in _days(stretch)}
    is_known = any(stretch.last >= first + KNOWN_FOR for stretch in item.school_holidays)
    kept = sorted(day for day in days if day > first and hits(repetition, day))
    return LeftOut(tuple(kept[:MOST_EXCEPTIONS]), "" if is_known else words)


def with_count_around(repetition: Repetition, first: date, days: tuple[date, ...]) -> Repetition:
    """The rule of a series that happens so often, whose COUNT also counts the days that are left out."""
    if not repetition.count or repetition.interval > 1 or not days:
        return repetition
    without, day, held, counted = set(days), first, 0, 0
    while held < repetition.count and (day - first).days < LONGEST_SEARCH:
        if hits(repetition, day):
            counted += 1
            held += day not in without
        day += timedelta(days=1)
    return replace(repetition, count=max(counted, repetition.count))


def _meant(known: tuple[SchoolHoliday, ...], words: str) -> tuple[SchoolHoliday, ...]:
    """The school holidays that the words mean: all of them, or only those that they name."""
    name = words.split()[-1].lower()
    if name in ("ferien", "schulferien") or not name.endswith("ferien"):
        return known
    return tuple(stretch for stretch in known if stretch.name.lower().startswith(name.removesuffix("ferien")))


def _days(stretch: SchoolHoliday) -> list[date]:
    return [stretch.first + timedelta(days=step) for step in range((stretch.last - stretch.first).days + 1)]
