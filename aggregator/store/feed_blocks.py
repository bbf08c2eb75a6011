"""The merged calendar in compressed stretches: derived like all events, and remade only where an event changed.

What is stored is never stale: whoever writes events forgets their stretches in the same transaction, and a
stretch that is forgotten is read from the events themselves until somebody makes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from aggregator.model.feed_blocks import FeedBlock, Stretch
from aggregator.store.rows import in_batches
from aggregator.store.schema import events, exact, metadata

# One row for each stretch, by the id at which it begins; the first begins at "". With the checksum FORGOTTEN it
# is to be made anew.
# That stands last: what stands behind long bytes in a row costs SQLite a walk through them.
blocks = Table(
    "feed_blocks",
    metadata,
    Column("first", exact(40), primary_key=True),
    Column("checksum", BigInteger, nullable=False),
    Column("length", Integer, nullable=False),
    Column("zones", Text, nullable=False),
    Column("in_utc", Boolean, nullable=False),
    Column("deflated", LargeBinary),
    # All that tells which stretches are known, without looking at one.
    Index(None, "first", "checksum", "length"),
)
FORGOTTEN = -1

# Enough for small changes to be cheap, and few enough to be joined in a millisecond at 30 000 events.
EVENTS_AT_ONCE = 64
# A stretch that has grown to more is made several.
MOST_EVENTS = 128
Make = Callable[[str, Iterable[bytes]], FeedBlock]


def forget(connection: Connection, ids: Collection[str]) -> None:
    """Say that these events are written or taken away."""
    if not ids or connection.scalar(select(blocks.c.first).limit(1)) is None:
        return
    here = blocks.alias()
    stretch = select(func.max(here.c.first)).where(here.c.first <= bindparam("event")).scalar_subquery()
    question = update(blocks).where(blocks.c.first == stretch).values(deflated=None, checksum=FORGOTTEN)
    for batch in in_batches(sorted(set(ids))):
        connection.execute(question, [{"event": one} for one in batch])


def forget_all(connection: Connection) -> None:
    """Say that all events are gone."""
    connection.execute(delete(blocks))


def renew(connection: Connection, make: Make) -> int:
    """Make what is forgotten anew; returns how many stretches were made."""
    rows = connection.execute(select(blocks.c.first, blocks.c.checksum).order_by(blocks.c.first))
    known = [(first, checksum == FORGOTTEN) for first, checksum in rows] or [("", True)]
    made = 0
    for (begin, is_stale), (following, _) in pairwise([*known, ("", False)]):
        if not is_stale:
            continue
        connection.execute(delete(blocks).where(blocks.c.first == begin))
        for block in made_of(connection, Stretch(begin, following), make):
            connection.execute(insert(blocks), row_of(block))
            made += 1
    return made


def made_of(connection: Connection, stretch: Stretch, make: Make) -> Iterator[FeedBlock]:
    """The blocks of a stretch, at least one; a few at a time, since a stretch may be the whole calendar."""
    begin = stretch.first
    while True:
        found = fragments(connection, Stretch(begin, stretch.following), MOST_EVENTS + 1)
        if len(found) <= MOST_EVENTS:
            yield make(begin, [ics for _, ics in found])
            return
        yield make(begin, [ics for _, ics in found[:EVENTS_AT_ONCE]])
        begin = found[EVENTS_AT_ONCE][0]


def load(connection: Connection, make: Make, known: Iterable[FeedBlock] = ()) -> list[FeedBlock]:
    """All stretches in order; those that are forgotten are made for this once.

    What is `known` from before is not read again: a stretch with the same checksum and length is the same.
    """
    held = {(one.first, one.checksum, one.length): one for one in known}
    small = (blocks.c.first, blocks.c.checksum, blocks.c.length)
    rows = connection.execute(select(*small).order_by(blocks.c.first))
    outline = [(row[0], held.get((row[0], row[1], row[2])), row[1] == FORGOTTEN) for row in rows]
    missing = [first for first, block, is_stale in outline if block is None and not is_stale]
    read = {one.first: one for batch in in_batches(missing) for one in read_some(connection, batch)}
    found: list[FeedBlock] = []
    for (first, block, is_stale), (following, _, _) in pairwise([*(outline or [("", None, True)]), ("", None, False)]):
        kept = block or read.get(first)
        if is_stale or kept is None:
            found.extend(made_of(connection, Stretch(first, following), make))
        else:
            found.append(kept)
    return found


def read_some(connection: Connection, names: Collection[str]) -> Iterator[FeedBlock]:
    """The blocks that begin at these ids."""
    for row in connection.execute(select(blocks).where(blocks.c.first.in_(names), blocks.c.deflated.is_not(None))):
        zones = tuple(json.loads(row.zones))
        yield FeedBlock(row.first, row.deflated, row.checksum, row.length, zones, row.in_utc)


def fragments(connection: Connection, stretch: Stretch, most: int) -> list[tuple[str, bytes]]:
    """The first events of a stretch, by id, as they were rendered."""
    question = select(events.c.id, events.c.ics).where(events.c.id >= stretch.first).order_by(events.c.id)
    if stretch.following:
        question = question.where(events.c.id < stretch.following)
    return [(row.id, row.ics) for row in connection.execute(question.limit(most))]


def row_of(block: FeedBlock) -> dict[str, object]:
    """The row of a block."""
    return {
        "first": block.first,
        "deflated": block.deflated,
        "checksum": block.checksum,
        "length": block.length,
        "zones": json.dumps(block.zones),
        "in_utc": block.in_utc,
    }
