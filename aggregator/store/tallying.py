"""Counting in a census: which of its events and occurrences a filter wants, and how many there are of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import compress, count
from operator import or_

from sqlalchemy import Connection

from aggregator.model.filters import EventFilter
from aggregator.model.text import key
from aggregator.store.bits import both, mask_of, places
from aggregator.store.calendar import days_between
from aggregator.store.census import Census, Pairs, rows_of
from aggregator.store.choosing import WEEK, by_weekday, chosen, dated, dateless


@dataclass(frozen=True, slots=True)
class Tally:
    """A census with what a filter wants of it, but for its days: these are the window's."""

    census: Census
    wanted: EventFilter
    connection: Connection

    @property
    def chosen(self) -> int:
        """The events that fit all but the dates."""
        census, wanted = self.census, self.wanted
        found: int = census.remembered(("chosen", dateless(wanted)), lambda: chosen(census, wanted, self.connection))
        return found

    @property
    def dated(self) -> bytes:
        """The occurrences that fit the weekdays and hours."""
        wanted = self.wanted
        name = (wanted.weekdays, wanted.after, wanted.before)
        found: bytes = self.census.remembered(("dated", name), lambda: dated(self.census, wanted))
        return found

    @property
    def events(self) -> int:
        """The events that are wanted: those with a fitting occurrence."""
        wanted = self.wanted
        if not (wanted.weekdays or wanted.after or wanted.before):
            return self.chosen
        on = self.of(replace(wanted, weekdays=())).by_weekday()
        asked = [on[weekday] for weekday in wanted.weekdays] if wanted.weekdays else on
        return self.chosen & reduce(or_, asked)

    @property
    def rows(self) -> bytes:
        """The occurrences that are wanted."""
        name = ("rows", self.wanted)
        found: bytes = self.census.remembered(name, lambda: rows_of(self.census, self.chosen, self.dated))
        return found

    def of(self, wanted: EventFilter) -> Tally:
        """The same days under another filter."""
        return Tally(self.census, wanted, self.connection)

    @property
    def number(self) -> int:
        """How many events; a series counts once."""
        return self.events.bit_count()

    def topics(self) -> dict[str, int]:
        """How many events each topic has."""
        return numbers(self.census.topics, self.events)

    def languages(self) -> dict[str, int]:
        """How many events are known to be held in each language."""
        return numbers(self.census.languages, self.events)

    def initiatives(self) -> dict[str, int]:
        """How many events each initiative announces."""
        pairs = self.census.announced
        found = named("announced", self.events, self.census)
        return dict(sorted((pairs.names[name], number) for name, number in found.items()))

    def places(self) -> dict[str, int]:
        """How many events each place has, by its most common spelling, most first."""
        names, keys, rank = spellings_of(self.census)
        found = named("places", self.events, self.census)
        # One number for each, since a town has some spellings and a state twenty thousand.
        order = sorted(rank[name] - number * len(names) for name, number in found.items())
        spellings: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for at in order:
            if keys[at % len(names)]:
                counts[spellings.setdefault(keys[at % len(names)], names[at % len(names)])] -= at // len(names)
        return dict(counts.most_common())

    def weekdays(self) -> dict[int, int]:
        """How many events go on on each weekday, 0 is Monday."""
        on = self.by_weekday()
        counts = {weekday: (on[weekday] & self.chosen).bit_count() for weekday in WEEK}
        return {weekday: number for weekday, number in counts.items() if number}

    def by_weekday(self) -> list[int]:
        """The events that have a fitting occurrence on each weekday, and last those with one on none."""
        name = ("weekdays", self.wanted.weekdays, self.wanted.after, self.wanted.before)
        return self.census.remembered(name, lambda: by_weekday(self.census, self.dated))  # type: ignore[no-any-return]

    def umbrellas(self, umbrellas: Iterable[str]) -> dict[str, int]:
        """How many events each umbrella and its members announce."""
        counts = {one: self.of(replace(self.wanted, umbrellas=(one,))).number for one in umbrellas}
        return {one: number for one, number in counts.items() if number}

    def by_day(self, longest: int) -> dict[date, int]:
        """How many occurrences each day has, those of more than `longest` days left out."""
        census, rows = self.census, self.rows
        counts = {day: rows.count(1, first, last) for day, (first, last) in census.starts.items()}
        for at in several_days(census):
            if not rows[at]:
                continue
            length = census.last[at] - census.first[at]
            if length >= longest:
                counts[census.day[at]] -= 1
                continue
            last = min(census.last[at], census.window.last.toordinal() - 1)
            for day in range(census.day[at] + 1, last + 1):
                counts[day] = counts.get(day, 0) + 1
        return {date.fromordinal(day): number for day, number in sorted(counts.items()) if number}

    def touching(self, first: date, last: date, longest: int) -> int:
        """How many occurrences go on on these days, those of more than `longest` days left out."""
        census, rows = self.census, self.rows
        days = [census.starts.get(day.toordinal(), (0, 0)) for day in days_between(first, last)]
        number = sum(rows.count(1, *span) for span in days)
        for at in several_days(census):
            if rows[at]:
                begins = first.toordinal() <= census.day[at] <= last.toordinal()
                reaches = census.day[at] < first.toordinal() <= census.last[at]
                is_long = census.last[at] - census.first[at] >= longest
                number += reaches and not is_long
                number -= begins and is_long
        return number


def soonest(tally: Tally, limit: int, offset: int) -> list[int]:
    """Each wanted event once, by its first occurrence in the census; after so many, as store.calendar.soonest."""
    census, seen, found = tally.census, set(), []
    for at in compress(count(), tally.rows):
        event = census.event[at]
        if event not in seen:
            seen.add(event)
            if len(seen) > offset:
                found.append(at)
            if len(found) == limit:
                break
    return found


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a month shows of its occurrences, by their numbers in the census, in order.

    `singles` are the first few of each day that take one day, `several` those of more days (runs of `longest` and
    more among them). `by_day` counts all singles, `total` all but the long runs, `initiatives` who announces them.
    """

    singles: list[int]
    several: list[int]
    by_day: dict[date, int]
    total: int
    initiatives: int


def excerpt(tally: Tally, lines: int, longest: int) -> Excerpt:
    """The excerpt for a table with so many lines a day."""
    census, rows = tally.census, tally.rows
    several = [at for at in several_days(census) if rows[at]]
    single = both(rows, single_days(census))
    runs = sum(census.last[at] - census.first[at] >= longest for at in several)
    return Excerpt(
        singles=[at for first, last in census.starts.values() for at in places(single, first, last, lines)],
        several=several,
        by_day={date.fromordinal(day): single.count(1, *span) for day, span in census.starts.items()},
        total=rows.count(1) - runs,
        initiatives=len(tally.initiatives()),
    )


def several_days(census: Census) -> list[int]:
    """The occurrences that take more than one day."""
    return census.remembered(  # type: ignore[no-any-return]
        "several",
        lambda: [at for at, first, last in zip(count(), census.first, census.last, strict=False) if last > first],
    )


def single_days(census: Census) -> bytes:
    """The mask of the occurrences that take one day."""

    def made() -> bytes:
        mask = bytearray(b"\1") * len(census.event)
        for at in several_days(census):
            mask[at] = 0
        return bytes(mask)

    return census.remembered("single", made)  # type: ignore[no-any-return]


def numbers(sets: Mapping[str, int], wanted: int) -> dict[str, int]:
    """How many of the wanted events are in each set; those with none left out."""
    counts = {name: (events & wanted).bit_count() for name, events in sets.items()}
    return {name: number for name, number in counts.items() if number}


def named(which: str, wanted: int, census: Census) -> Counter[int]:
    """How many of the wanted events have each name in `announced` or `places`, by its number there."""
    pairs: Pairs = getattr(census, which)

    def counted() -> Counter[int]:
        if wanted == census.everyone:
            return Counter(pairs.name)
        mask = mask_of(wanted, len(census.ids))
        is_each = census.remembered((which, "is each"), lambda: (list(pairs.event) == list(range(len(mask))),))
        return Counter(compress(pairs.name, mask if is_each[0] else map(mask.__getitem__, pairs.event)))

    return census.remembered((which, wanted), counted)  # type: ignore[no-any-return]


def spellings_of(census: Census) -> tuple[list[str], list[str], list[int]]:
    """The names of all places in their order, their normal forms, and where each stands by its number."""

    def made() -> tuple[list[str], list[str], list[int]]:
        order = sorted(range(len(census.places.names)), key=census.places.names.__getitem__)
        rank = [0] * len(order)
        for at, name in enumerate(order):
            rank[name] = at
        names = [census.places.names[name] for name in order]
        return names, [key(name) for name in names], rank

    return census.remembered("spellings", made)  # type: ignore[no-any-return]
