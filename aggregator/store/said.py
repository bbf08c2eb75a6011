"""A mark that moves whenever a person said something that only a relink can bring to the public."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select

from aggregator.store.operators_schema import corrections, known_places
from aggregator.store.schema import verdicts


def mark(connection: Connection) -> tuple[object, ...]:
    """What was said so far; equal marks mean that nothing was said or taken back in between."""
    places = select(func.count(), func.max(known_places.c.given_at))
    return (*moves(connection, verdicts), *moves(connection, corrections), *connection.execute(places).one())


def moves(connection: Connection, table: Table) -> tuple[object, ...]:
    """The last line of a table whose lines are only added and taken back, and how many are taken back."""
    return tuple(connection.execute(select(func.max(table.c.id), func.count(table.c.undone_at))).one())
