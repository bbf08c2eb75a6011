"""Counting in a census: which of its events and occurrences a filter wants, and how many there are of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import compress, count
from operator import or_

from sqlalchemy import Connection, select

from aggregator.model.corrections import APPROVED, REFUSED
from aggregator.model.filters import EventFilter
from aggregator.model.text import key
from aggregator.store.alliance_pages import events_said, is_choosing
from aggregator.store.bits import bits_of, both, mask_of, places
from aggregator.store.calendar import days_between, shown
from aggregator.store.census import Census, Pairs, events_on, rows_of
from aggregator.store.filtering import conditions, days_of, members_under, minute_of, overlapping
from aggregator.store.schema import events

WEEK = range(7)
# Of so many spellings of places, the most common, it is looked which mean the same.
SPELLINGS = 400


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
        name = (wanted.weekdays, wanted.after, wanted.before)
        on: int = self.census.remembered(("on", name), lambda: events_on(self.census, self.dated))
        return self.chosen & on

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
        return dict(sorted(named(self.census.announced, self.events, self.census).items()))

    def places(self) -> dict[str, int]:
        """How many events each place has, by its most common spelling, most first."""
        spelled = named(self.census.places, self.events, self.census)
        spellings: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for name, number in sorted(spelled.items(), key=lambda one: (-one[1], one[0]))[:SPELLINGS]:
            if key(name):
                counts[spellings.setdefault(key(name), name)] += number
        return dict(counts.most_common())

    def weekdays(self) -> dict[int, int]:
        """How many events go on on each weekday, 0 is Monday."""
        name = ("weekdays", self.wanted.weekdays, self.wanted.after, self.wanted.before)
        on = self.census.remembered(name, lambda: by_weekday(self.census, self.dated))
        counts = {weekday: (on[weekday] & self.chosen).bit_count() for weekday in WEEK}
        return {weekday: number for weekday, number in counts.items() if number}

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


def dateless(wanted: EventFilter) -> EventFilter:
    """The filter without anything that asks for a date."""
    return replace(wanted, first=None, last=None, weekdays=(), after=None, before=None)


def chosen(census: Census, wanted: EventFilter, connection: Connection) -> int:
    """The events that fit all but the dates."""
    found = census.everyone
    if wanted.topics:
        found &= reduce(or_, (census.topics.get(topic, 0) for topic in wanted.topics))
    if wanted.languages:
        found &= reduce(or_, (census.languages.get(language, 0) for language in wanted.languages))
    for is_asked, name in (
        (wanted.free, "free"),
        (wanted.accessible, "accessible"),
        (wanted.children, "children"),
        (wanted.online is True, "online"),
        (wanted.online is False, "on site"),
    ):
        if is_asked:
            found &= census.facts[name]
    if wanted.initiatives:
        found &= announced_by(census, set(wanted.initiatives))
    if wanted.umbrellas:
        found &= reduce(or_, (on_page_of(umbrella, census, connection) for umbrella in wanted.umbrellas))
    if wanted.places:
        asked = [place for place in map(key, wanted.places) if place]
        fitting = (at for at, place in enumerate(census.place_keys) if any(one in place for one in asked))
        found &= bits_of(fitting, len(census.ids))
    if wanted.text or wanted.near:
        found &= told_by_store(census, EventFilter(text=wanted.text, near=wanted.near), connection)
    return found


def on_page_of(umbrella: str, census: Census, connection: Connection) -> int:
    """The events that the page of an alliance shows."""
    found = announced_by(census, members_under(connection, (umbrella,)))
    if is_choosing(connection, umbrella):
        approved = events_said(connection, APPROVED, umbrella)
        found &= announced_by(census, {umbrella}) | with_ids(approved, census)
    return found & ~with_ids(events_said(connection, REFUSED, umbrella), census)


def with_ids(ids: Collection[str], census: Census) -> int:
    """The events with these ids."""
    return bits_of((at for at, name in enumerate(census.ids) if name in ids), len(census.ids)) if ids else 0


def announced_by(census: Census, names: set[str]) -> int:
    """The events that one of these initiatives announces."""
    pairs = census.announced
    asked = bytes(name in names for name in pairs.names)
    return bits_of((event for event, name in zip(pairs.event, pairs.name, strict=True) if asked[name]), len(census.ids))


def told_by_store(census: Census, wanted: EventFilter, connection: Connection) -> int:
    """The events that fit what only the store can tell: words and distances."""
    if wanted.text:
        ids = set(connection.scalars(select(events.c.id).where(*conditions(wanted))))
    else:
        found = overlapping(days_of(EventFilter(), census.window), EventFilter())
        ids = set(connection.scalars(shown(select(found.c.event_id), found, wanted)))
    return bits_of((at for at, one in enumerate(census.ids) if one in ids), len(census.ids))


def dated(census: Census, wanted: EventFilter) -> bytes:
    """The occurrences on the weekdays and in the hours that the filter wants."""
    mask = b"\1" * len(census.event)
    if wanted.weekdays:
        asked = sum(1 << weekday for weekday in wanted.weekdays)
        mask = both(mask, census.weekdays.translate(bytes(bool(bits & asked) for bits in range(256))))
    if wanted.after is not None:
        begin = minute_of(wanted.after)
        mask = both(mask, bytes(minute >= begin for minute in census.minute))
    if wanted.before is not None:
        end = minute_of(wanted.before)
        mask = both(mask, bytes(0 <= minute < end for minute in census.minute))
    return mask


def by_weekday(census: Census, rows: bytes) -> list[int]:
    """The events that have an occurrence of the mask on each weekday."""
    tables = [bytes(bool(bits >> weekday & 1) for bits in range(256)) for weekday in WEEK]
    return [events_on(census, both(rows, census.weekdays.translate(table))) for table in tables]


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


def named(pairs: Pairs, wanted: int, census: Census) -> Counter[str]:
    """How many of the wanted events have each name."""
    if wanted == census.everyone:
        found = Counter(pairs.name)
    else:
        mask = mask_of(wanted, len(census.ids))
        found = Counter(compress(pairs.name, map(mask.__getitem__, pairs.event)))
    return Counter({pairs.names[name]: number for name, number in found.items()})
