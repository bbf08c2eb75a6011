"""All that can be counted of a span of days, read once for one state of the store and kept narrow.

A page counts what each further choice would bring, some fifty questions. Asked of the database, each goes through
every occurrence of a month; asked of a census, each is an intersection of sets (store.bits). What it answers is
what store.calendar would answer.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, count
from operator import itemgetter
from threading import Lock
from typing import Any

from sqlalchemy import Column, Connection, Select, String, cast, select

from aggregator.model.filters import EventFilter
from aggregator.model.times import Window
from aggregator.store.bits import bits_of, both, mask_of
from aggregator.store.filtering import days_of, overlapping
from aggregator.store.schema import event_initiatives, event_languages, event_topics, events

NO_HOUR = -1
# Nothing is as near to it as any number.
NOT_KNOWN = float("nan")
# So many bits hold the number of any moment, event or position.
ROOM = 24
ROOM_FULL = (1 << ROOM) - 1
FACTS = ("free", "accessible", "children", "online", "on site")
# What is remembered of so many questions; an occurrence costs a byte in each.
MOST_REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which event has which of some names: two columns of numbers, and the names."""

    event: Sequence[int]
    name: Sequence[int]
    names: Sequence[str]


@dataclass(slots=True)
class Census:
    """The columns. Events are numbered by title and id, occurrences in the order of a page (store.calendar.listings).

    Of an occurrence: its event, its `position` there, the `day` on which it is first seen, its own first and last
    day (ordinals), `weekdays` as in the store, and `minute` (NO_HOUR when only days are known). `starts` tells
    where the occurrences of a day begin. `topics`, `languages` and `facts` are sets of events, `everyone` that of all:
    an event that went leaves its number behind (store.forwarding). `spots` has three numbers for each event: where
    it is on the unit sphere (store.sphere), or NOT_KNOWN.
    """

    window: Window
    ids: Sequence[str]
    event: Sequence[int]
    position: Sequence[int]
    day: Sequence[int]
    first: Sequence[int]
    last: Sequence[int]
    weekdays: bytes
    minute: array[int]
    starts: Mapping[int, tuple[int, int]]
    topics: Mapping[str, int]
    languages: Mapping[str, int]
    facts: Mapping[str, int]
    announced: Pairs
    places: Pairs
    place_keys: Sequence[str]
    spots: Sequence[float]
    everyone: int
    memory: OrderedDict[Any, Any] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def spread(self, mask: bytes) -> bytes:
        """A mask of events as one of their occurrences."""
        pick = self.remembered("pick", lambda: itemgetter(*self.event, len(self.ids), len(self.ids)))
        return bytes(pick(mask + b"\0"))[:-2]

    def remembered(self, name: Any, made: Callable[[], Any]) -> Any:
        """What was made under that name before, if it was not forgotten over others; else made now."""
        with self.lock:
            known = self.memory.get(name)
            if known is not None:
                self.memory.move_to_end(name)
                return known
        known = made()
        with self.lock:
            self.memory[name] = known
            if len(self.memory) > MOST_REMEMBERED:
                self.memory.popitem(last=False)
        return known


def take(connection: Connection, window: Window) -> Census:
    """The census of a window."""
    shown = select(overlapping(days_of(EventFilter(), window), EventFilter()).c.event_id)
    ids: list[str] = []
    facts: dict[str, list[int]] = {name: [] for name in FACTS}
    names, spelled = Numbered(), array("i")
    keys: list[str] = []
    alike: dict[str, str] = {}
    spots = array("d")
    for at, (event, name, place, x, y, z, *known) in enumerate(connection.execute(told(shown))):
        ids.append(event)
        spelled.append(names[name])
        # The same place is one text in memory.
        keys.append(alike.setdefault(place, place))
        spots.extend(spot_of(x, y, z))
        for fact in facts_in(*known):
            facts[fact].append(at)
    number = {event: at for at, event in enumerate(ids)}
    return Census(
        **occurrence_columns(connection, number, window),
        window=window,
        ids=ids,
        topics=sets_of(named(connection, event_topics.c.topic, shown), number),
        languages=sets_of(named(connection, event_languages.c.language, shown), number),
        facts={name: bits_of(numbers, len(ids)) for name, numbers in facts.items()},
        announced=pairs_of(
            (number[event], name) for event, name in named(connection, event_initiatives.c.initiative, shown)
        ),
        places=Pairs(array("i", range(len(ids))), spelled, list(names)),
        place_keys=keys,
        spots=spots,
        everyone=(1 << len(ids)) - 1,
    )


def told(shown: Select[Any]) -> Select[Any]:
    """What is asked of the events: id, place as people read it and as its key, and facts; by title and id."""
    columns = ("id", "place_name", "place", "x", "y", "z", "free", "accessible", "children", "online")
    question = select(*(events.c[name] for name in columns)).where(events.c.id.in_(shown))
    return question.order_by(events.c.title, events.c.id)


def spot_of(x: float | None, y: float | None, z: float | None) -> tuple[float, float, float]:
    """The numbers that `spots` has for an event."""
    return (NOT_KNOWN,) * 3 if x is None or y is None or z is None else (x, y, z)


def facts_in(free: bool | None, accessible: bool | None, children: bool | None, online: bool | None) -> list[str]:
    """The names of the facts that are known to hold."""
    return [
        name for name, holds in zip(FACTS, (free, accessible, children, online, online is False), strict=True) if holds
    ]


def occurrence_columns(connection: Connection, number: Mapping[str, int], window: Window) -> dict[str, Any]:
    """The columns of the occurrences, in order."""
    table = overlapping(days_of(EventFilter(), window), EventFilter()).c
    texts = (cast(table.first_day, String(10)), cast(table.last_day, String(10)), cast(table.start_at, String(30)))
    question = select(table.event_id, table.position, *texts, table.all_day, table.weekdays, table.start_minute)
    event, position, first, last, start, minute = (array("i") for _ in range(6))
    weekdays, timed = bytearray(), bytearray()
    days, starts = Ordinals(), Numbered()
    for one, at, begins, ends, moment, all_day, bits, from_minute in connection.execute(question):
        event.append(number[one])
        position.append(at)
        first.append(days[begins])
        last.append(days[ends])
        start.append(starts[moment])
        timed.append(not all_day)
        weekdays.append(bits or 0)
        minute.append(NO_HOUR if from_minute is None else from_minute)
    opening, rank = window.first.toordinal(), starts.ranks()
    # One number for each occurrence: as pairs and triples they would be most of the memory that a process ever takes.
    keys = [
        ((((max(day, opening) << 1 | is_timed) << ROOM | rank[moment]) << ROOM | one) << ROOM | at) << ROOM | row
        for row, day, is_timed, moment, one, at in zip(count(), first, timed, start, event, position)
    ]
    keys.sort()
    order = array("i", (row & ROOM_FULL for row in keys))
    del keys
    day = array("i", (max(first[at], opening) for at in order))
    # The numbers of events are shared objects, and not one for each occurrence.
    shared = list(range(len(number)))
    return {
        "event": [shared[event[at]] for at in order],
        "position": array("i", map(position.__getitem__, order)),
        "day": day,
        "first": array("i", map(first.__getitem__, order)),
        "last": array("i", map(last.__getitem__, order)),
        "weekdays": bytes(map(weekdays.__getitem__, order)),
        "minute": array("h", map(minute.__getitem__, order)),
        "starts": starts_of(day),
    }


class Ordinals(dict[str, int]):
    """Days written YYYY-MM-DD as ordinals."""

    def __missing__(self, text: str) -> int:
        self[text] = date.fromisoformat(text).toordinal()
        return self[text]


class Numbered(dict[str, int]):
    """Texts numbered as they come."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]

    def ranks(self) -> list[int]:
        """The place of each number's text among all, in their order."""
        ranks = [0] * len(self)
        for rank, text in enumerate(sorted(self)):
            ranks[self[text]] = rank
        return ranks


def starts_of(day: Sequence[int]) -> dict[int, tuple[int, int]]:
    """From where to before where the occurrences of each day stand."""
    begins = [at for at in range(len(day)) if at == 0 or day[at] != day[at - 1]]
    return {day[a]: (a, b) for a, b in zip(begins, [*begins[1:], len(day)], strict=False)}


def named(connection: Connection, name: Column[str], shown: Select[Any]) -> Iterable[tuple[str, str]]:
    """Pairs of event and name from a table such as `event_topics`."""
    event = name.table.c.event_id
    return ((row[0], row[1]) for row in connection.execute(select(event, name).where(event.in_(shown))))


def sets_of(pairs: Iterable[tuple[str, str]], number: Mapping[str, int]) -> dict[str, int]:
    """The set of events of each name."""
    grouped: dict[str, list[int]] = defaultdict(list)
    for event, name in pairs:
        grouped[name].append(number[event])
    return {name: bits_of(numbers, len(number)) for name, numbers in sorted(grouped.items())}


def pairs_of(pairs: Iterable[tuple[int, str]]) -> Pairs:
    """The pairs as columns."""
    known = Numbered()
    # In the order of events, so that names of which each has one stand where the event's number says.
    each = sorted(one << ROOM | known[called] for one, called in pairs)
    event, name = array("i", (pair >> ROOM for pair in each)), array("i", (pair & ROOM_FULL for pair in each))
    return Pairs(event, name, list(known))


def events_on(census: Census, rows: bytes) -> int:
    """The set of events that have one of the occurrences of a mask."""
    return bits_of(compress(census.event, rows), len(census.ids))


def rows_of(census: Census, chosen: int, dated: bytes) -> bytes:
    """The occurrences that lie in the mask `dated` and belong to a chosen event."""
    if chosen == census.everyone:
        return dated
    spread = census.spread(mask_of(chosen, len(census.ids)))
    return both(spread, dated)
