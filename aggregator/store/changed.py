"""Which events were written or taken away since a generation, so that what is derived of the others can be kept."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import BigInteger, Column, Connection, Table, delete, func, insert, select

from aggregator.store.rows import put_rows
from aggregator.store.schema import exact, generation, metadata

# By event, the generation that its last change raised. Under EVERYTHING stands the last one that changed so much
# that nobody should look for what stayed.
event_changes = Table(
    "event_changes",
    metadata,
    Column("event_id", exact(40), primary_key=True),
    Column("generation", BigInteger, nullable=False, index=True),
)
EVERYTHING = ""
# Beyond so many at once, or since somebody last looked, reading all anew is not dearer.
MOST_AT_ONCE = 500


def note(connection: Connection, ids: Collection[str]) -> None:
    """Say that these events changed; in the transaction that raised the generation, after that."""
    if len(set(ids)) > MOST_AT_ONCE:
        note_everything(connection)
    elif ids:
        now = connection.scalar(select(generation.c.value))
        put_rows(connection, event_changes, [{"event_id": one, "generation": now} for one in sorted(set(ids))])


def note_everything(connection: Connection) -> None:
    """Say that any event may have changed."""
    now = connection.scalar(select(generation.c.value))
    connection.execute(delete(event_changes))
    connection.execute(insert(event_changes), [{"event_id": EVERYTHING, "generation": now}])


def since(connection: Connection, known: int) -> frozenset[str] | None:
    """The events that changed after the generation `known`; None when that is not told, or too many."""
    newer = event_changes.c.generation > known
    number = connection.scalar(select(func.count()).select_from(event_changes).where(newer)) or 0
    if number > MOST_AT_ONCE:
        return None
    found = frozenset(connection.scalars(select(event_changes.c.event_id).where(newer)))
    return None if EVERYTHING in found else found
