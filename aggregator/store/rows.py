"""Writing many rows at once, the same way on both databases, and the counter that every change raises.

A file is written to without what SQLAlchemy does with every single row: its statement and its types are asked once for
each kind of row, which makes rows three times as quick (tests/store/test_rows.py compares what arrives).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Column, Connection, Date, Dialect, Insert, Table, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from aggregator.store.schema import UtcDateTime, generation

Value = TypeVar("Value")
Row = Mapping[str, Any]

# Far below what either database takes as parameters of one statement.
BATCH = 1000
# Kilobytes of a file's pages at hand.
USUAL_ROOM, MUCH_ROOM = 2_000, 32_000


class Writing(NamedTuple):
    """A statement in SQL, the columns that it is given, and what turns each value into what the file holds."""

    text: str
    names: tuple[str, ...]
    turns: tuple[Callable[[Any], Any] | None, ...]

    def of_many(self, number: int) -> str:
        """The statement for so many rows."""
        one = f"({', '.join('?' * len(self.names))})"
        return self.text.replace(one, ", ".join([one] * number), 1)


def add_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows; none is no statement."""
    if rows:
        write_rows(connection, (table, tuple(rows[0]), None), rows)


def put_rows(
    connection: Connection, table: Table, rows: Sequence[Row], keep: Collection[str] = (), together: int = 1
) -> None:
    """Insert the rows; one whose primary key is there overwrites it, but for the columns `keep`.

    Into a file so many are written `together` in one statement, which is worth it only where a trigger of the table
    does something at the end of each.
    """
    if rows:
        write_rows(connection, (table, tuple(rows[0]), frozenset(keep)), rows, together)


Kind = tuple[Table, tuple[str, ...], frozenset[str] | None]
"""Which columns of a table are written; of those that are there already these are kept, None if none may be there."""


def write_rows(connection: Connection, kind: Kind, rows: Sequence[Row], together: int = 1) -> None:
    """Write rows that all name the same columns."""
    if connection.dialect.name != "sqlite":
        connection.execute(statement_of(kind, False), rows)
        return
    writing = writing_of(kind, connection.dialect)
    columns = [
        [row[name] for row in rows] if turn is None else [turn(row[name]) for row in rows]
        for name, turn in zip(writing.names, writing.turns, strict=True)
    ]
    values = zip(*columns, strict=True)
    if together == 1:
        connection.exec_driver_sql(writing.text, list(values))
        return
    for some in in_batches(values, together):
        connection.exec_driver_sql(writing.of_many(len(some)), tuple(chain.from_iterable(some)))


@lru_cache(maxsize=256)
def writing_of(kind: Kind, dialect: Dialect) -> Writing:
    """How rows of this kind are written to a file."""
    table, names, _ = kind
    compiled = statement_of(kind, True).compile(dialect=dialect, column_keys=list(names))
    places = tuple(getattr(compiled, "positiontup", None) or ())
    return Writing(str(compiled), places, tuple(turn_of(table.c[name], dialect) for name in places))


@lru_cache(maxsize=256)
def statement_of(kind: Kind, is_file: bool) -> Insert:
    """The statement that writes rows of this kind."""
    table, names, keep = kind
    if keep is None:
        return insert(table)
    statement = (sqlite if is_file else postgresql).insert(table)
    keys = [column.name for column in table.primary_key]
    overwritten = {name: statement.excluded[name] for name in names if name not in keys and name not in keep}
    found: Insert = statement.on_conflict_do_update(index_elements=keys, set_=overwritten)
    return found


def turn_of(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What turns a column's values into what the file holds, None where they stay as they are."""
    if isinstance(column.type, UtcDateTime):
        return moment_text
    if isinstance(column.type, Date):
        return day_text
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def moment_text(value: datetime | None) -> str | None:
    """A moment as SQLAlchemy writes it into a file, in UTC."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a naive datetime reached the store")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def day_text(value: date | None) -> str | None:
    """A day as SQLAlchemy writes it into a file."""
    return None if value is None else value.isoformat()


@contextmanager
def room_for_many(connection: Connection) -> Iterator[None]:
    """Keep more of a file at hand while very many rows are written, each to another place of each index."""
    is_file = connection.dialect.name == "sqlite"
    if is_file:
        connection.exec_driver_sql(f"PRAGMA cache_size = {-MUCH_ROOM}")
    try:
        yield
    finally:
        # The connection goes back to its pool, also when writing failed.
        if is_file:
            connection.exec_driver_sql(f"PRAGMA cache_size = {-USUAL_ROOM}")


def set_columns(connection: Connection, column: Column[Any], values: Collection[Any], **changes: Any) -> None:
    """Set `changes` in all rows of the column's table in which it has one of the values."""
    for batch in in_batches(values):
        connection.execute(update(column.table).where(column.in_(batch)).values(**changes))


def delete_rows(connection: Connection, column: Column[Any], values: Collection[Any]) -> None:
    """Delete all rows of the column's table in which it has one of the values."""
    for batch in in_batches(values):
        connection.execute(delete(column.table).where(column.in_(batch)))


def in_batches(values: Iterable[Value], most: int = BATCH) -> Iterator[list[Value]]:
    """The values in lists that fit into one statement."""
    remaining = iter(values)
    while batch := list(islice(remaining, most)):
        yield batch


def raise_generation(connection: Connection) -> None:
    """Say that something visible is different; call it once for each transaction that changes anything."""
    connection.execute(update(generation).values(value=generation.c.value + 1))
