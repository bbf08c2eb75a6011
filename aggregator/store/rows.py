"""Writing many rows at once, the same way on both databases, and the counter that every change raises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from aggregator.store.schema import generation

Value = TypeVar("Value")
Row = Mapping[str, Any]

# Far below what either database takes as parameters of one statement.
BATCH = 1000


def add_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows; none is no statement."""
    if rows:
        connection.execute(insert(table), rows)


def put_rows(connection: Connection, table: Table, rows: Sequence[Row], keep: Collection[str] = ()) -> None:
    """Insert the rows; one whose primary key is there overwrites it, but for the columns `keep`."""
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    overwritten = {name: statement.excluded[name] for name in rows[0] if name not in keys and name not in keep}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=overwritten), rows)


def set_columns(connection: Connection, column: Column[Any], values: Collection[Any], **changes: Any) -> None:
    """Set `changes` in all rows of the column's table in which it has one of the values."""
    for batch in in_batches(values):
        connection.execute(update(column.table).where(column.in_(batch)).values(**changes))


def delete_rows(connection: Connection, column: Column[Any], values: Collection[Any]) -> None:
    """Delete all rows of the column's table in which it has one of the values."""
    for batch in in_batches(values):
        connection.execute(delete(column.table).where(column.in_(batch)))


def in_batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists that fit into one statement."""
    remaining = iter(values)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def raise_generation(connection: Connection) -> None:
    """Say that something visible is different; call it once for each transaction that changes anything."""
    connection.execute(update(generation).values(value=generation.c.value + 1))
