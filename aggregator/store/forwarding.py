"""Brings a census forward to a later state of the store: only the events that changed are read.

What comes out counts and shows what a census taken anew would. Events keep their numbers, new ones get the next;
their order means nothing, only that of the occurrences does.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from sqlalchemy import Connection, String, cast, select

from aggregator.model.filters import EventFilter
from aggregator.store.bits import bits_of
from aggregator.store.census import FACTS, NO_HOUR, NOT_KNOWN, Census, Ordinals, Pairs, facts_in, spot_of, told
from aggregator.store.filtering import days_of, overlapping
from aggregator.store.schema import event_initiatives, event_languages, event_topics, events, occurrences

# For more, each of which has its place looked for, a census is better taken anew.
MOST_EVENTS = 100
FEW_OCCURRENCES, MOST_OCCURRENCES = 30, 300
A_SHARE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence of a changed event; `rank` is what orders it among those that are first seen on its day."""

    event: str
    position: int
    day: int
    first: int
    last: int
    weekdays: int
    minute: int
    rank: Rank


Rank = tuple[bool, str, str, str, int]


def brought_forward(census: Census, changed: Collection[str], connection: Connection) -> Census | None:
    """The census of the same window now that these events changed; None when it must be taken anew."""
    if len(changed) > MOST_EVENTS:
        return None
    rows = rows_of_changed(census, changed, connection)
    if len(rows) > min(max(FEW_OCCURRENCES, len(census.event) // A_SHARE), MOST_OCCURRENCES):
        return None
    here = sorted({row.event for row in rows})
    number = numbers_of(census, changed)
    gone = set(number.values())
    number.update({one: len(census.ids) + at for at, one in enumerate(one for one in here if one not in number)})
    return Census(
        window=census.window,
        **named_columns(census, gone, {one: number[one] for one in here}, connection),
        **occurrence_columns(census, gone, rows, number, connection),
    )


def numbers_of(census: Census, wanted: Collection[str]) -> dict[str, int]:
    """The numbers of these events, of those that have one."""
    return {one: at for at, one in enumerate(census.ids) if one in wanted}


# --- events -------------------------------------------------------------------------------------------


def named_columns(
    census: Census, gone: Collection[int], number: Mapping[str, int], connection: Connection
) -> dict[str, Any]:
    """All that is told of the events: the old without those that are `gone`, and these anew."""
    ids, keys = list(census.ids), list(census.place_keys)
    added = max([len(ids), *(at + 1 for at in number.values())]) - len(ids)
    ids += [""] * added
    keys += [""] * added
    spots = array("d", [*census.spots, *[NOT_KNOWN] * (3 * added)])
    names: list[tuple[int, str]] = []
    facts: dict[str, list[int]] = {name: [] for name in FACTS}
    for event, name, place, x, y, z, *known in connection.execute(
        told(select(events.c.id).where(events.c.id.in_(number)))
    ):
        at = number[event]
        ids[at], keys[at] = event, place
        spots[3 * at : 3 * at + 3] = array("d", spot_of(x, y, z))
        names.append((at, name))
        for fact in facts_in(*known):
            facts[fact].append(at)
    without = ~bits_of(gone, len(ids))
    return {
        "ids": ids,
        "place_keys": keys,
        "spots": spots,
        "everyone": census.everyone & without | bits_of(number.values(), len(ids)),
        "facts": {name: census.facts[name] & without | bits_of(facts[name], len(ids)) for name in FACTS},
        "topics": with_sets(census.topics, without, named(connection, event_topics.c.topic, number), len(ids)),
        "languages": with_sets(
            census.languages, without, named(connection, event_languages.c.language, number), len(ids)
        ),
        "announced": with_pairs(census.announced, gone, named(connection, event_initiatives.c.initiative, number)),
        "places": with_pairs(census.places, gone, names),
    }


def named(connection: Connection, name: Any, number: Mapping[str, int]) -> list[tuple[int, str]]:
    """Pairs of number and name of these events, from a table such as `event_topics`."""
    event = name.table.c.event_id
    return [(number[row[0]], row[1]) for row in connection.execute(select(event, name).where(event.in_(number)))]


def with_sets(sets: Mapping[str, int], without: int, pairs: Iterable[tuple[int, str]], size: int) -> dict[str, int]:
    """The sets without what is gone, and with these."""
    found = {name: events & without for name, events in sets.items()}
    for event, name in pairs:
        found[name] = found.get(name, 0) | 1 << event
    return dict(sorted(found.items()))


def with_pairs(pairs: Pairs, gone: Collection[int], added: Sequence[tuple[int, str]]) -> Pairs:
    """The pairs without those of events that are gone, and with these."""
    kept = bytes(event not in gone for event in pairs.event)
    names = list(pairs.names)
    known = {name: at for at, name in enumerate(names)}
    event, name = array("i", compress(pairs.event, kept)), array("i", compress(pairs.name, kept))
    for one, called in added:
        if called not in known:
            known[called] = len(names)
            names.append(called)
        event.append(one)
        name.append(known[called])
    return Pairs(event, name, names)


# --- occurrences --------------------------------------------------------------------------------------


def rows_of_changed(census: Census, changed: Collection[str], connection: Connection) -> list[Row]:
    """The occurrences of these events in the window, in the order of a page."""
    found = overlapping(days_of(EventFilter(), census.window), EventFilter()).c
    question = select(
        found.event_id,
        found.position,
        cast(found.first_day, String(10)),
        cast(found.last_day, String(10)),
        cast(found.start_at, String(30)),
        found.all_day,
        found.weekdays,
        found.start_minute,
        events.c.title,
    ).join_from(found.event_id.table, events, events.c.id == found.event_id)
    days, opening = Ordinals(), census.window.first.toordinal()
    rows = [
        Row(
            event,
            position,
            max(days[first], opening),
            days[first],
            days[last],
            weekdays or 0,
            NO_HOUR if minute is None else minute,
            (not all_day, start, title, event, position),
        )
        for event, position, first, last, start, all_day, weekdays, minute, title in connection.execute(
            question.where(found.event_id.in_(changed))
        )
    ]
    return sorted(rows, key=lambda row: (row.day, row.rank))


def occurrence_columns(
    census: Census, gone: Collection[int], rows: Sequence[Row], number: Mapping[str, int], connection: Connection
) -> dict[str, Any]:
    """The columns of the occurrences: the old without those of events that are gone, and these in their places."""
    kept = bytes(event not in gone for event in census.event)
    columns = {
        "event": list(compress(census.event, kept)),
        **{name: array("i", compress(getattr(census, name), kept)) for name in ("position", "day", "first", "last")},
        "minute": array("h", compress(census.minute, kept)),
        "weekdays": bytearray(compress(census.weekdays, kept)),
    }
    ids = list(census.ids)
    places = [place_of(row, columns, ids, connection) for row in rows]
    # From the last on, so that the places of those before stay what they are.
    for at, row in zip(reversed(places), reversed(rows), strict=True):
        columns["event"].insert(at, number[row.event])
        for name in ("position", "day", "first", "last", "minute", "weekdays"):
            columns[name].insert(at, getattr(row, name))
    return {**columns, "weekdays": bytes(columns["weekdays"]), "starts": starts_of(columns["day"])}


def place_of(row: Row, columns: Mapping[str, Any], ids: Sequence[str], connection: Connection) -> int:
    """Before which of the occurrences that stayed it belongs; only some on the way there are read."""
    low, high = bisect_left(columns["day"], row.day), bisect_right(columns["day"], row.day)
    while low < high:
        middle = (low + high) // 2
        if rank_of(ids[columns["event"][middle]], columns["position"][middle], connection) < row.rank:
            low = middle + 1
        else:
            high = middle
    return low


def rank_of(event: str, position: int, connection: Connection) -> Rank:
    """What orders an occurrence among those of a day."""
    table = occurrences.c
    question = select(table.all_day, cast(table.start_at, String(30)), events.c.title).join_from(occurrences, events)
    all_day, start, title = connection.execute(
        question.where(table.event_id == event, table.position == position)
    ).one()
    return not all_day, start, title, event, position


def starts_of(day: Sequence[int]) -> dict[int, tuple[int, int]]:
    """As store.census.starts_of, of columns of which most is known to stand in order."""
    found, at = {}, 0
    while at < len(day):
        end = bisect_right(day, day[at], at)
        found[day[at]] = (at, end)
        at = end
    return found
