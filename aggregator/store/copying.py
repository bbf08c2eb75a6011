"""Moves a whole store to another database, SQLite to PostgreSQL or back, and compares the two row by row."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, CursorResult, Integer, Table, delete, func, inspect, select, text

from aggregator.errors import StoreError
from aggregator.store import (
    changed,
    feed_blocks,
    matching_schema,
    operators_schema,
    post_schema,
    registration_schema,
    schema,
    searching,
)
from aggregator.store.database import Store
from aggregator.store.schema import metadata

__all__ = ["copy_store"]

AT_ONCE = 500
# Importing them puts their tables into the one metadata.
SCHEMAS = (schema, changed, feed_blocks, matching_schema, operators_schema, post_schema, registration_schema)
MADE_BY_MIGRATIONS = {"generation"}
QUEUE = "procrastinate_"

NOT_EMPTY = (
    "Die Zieldatenbank enthält schon Daten ({table}); bitte eine leere nehmen."
    " / The target database already holds data ({table}); please take an empty one."
)
DIFFERS = (
    "Die Kopie von {table} ist nicht gleich; nichts wurde übernommen."
    " / The copy of {table} is not equal; nothing was taken over."
)
UNKNOWN = "These tables would be forgotten: {tables}."

Told = Callable[[str, int], None]


def copy_store(source: Store, target: Store, told: Told) -> None:
    """Copy every row into an empty store, and keep it only if all rows read back equal.

    `told` hears of each table with its number of rows. Addresses under seal are copied as they are; the key moves
    by itself. Raises StoreError if the target holds data or a row differs, FetchLockTaken while something fetches.
    """
    with source.fetch_lock(), source.reading() as here, target.writing() as there:
        tables = tables_of(here)
        for table in tables:
            refuse_data(there, table)
        for table in tables:
            told(table.name, copy_rows(here, there, table))
        for table in tables:
            if not is_equal(here, there, table):
                raise StoreError(DIFFERS.format(table=table.name))


def tables_of(connection: Connection) -> list[Table]:
    """All tables of the store, those first that others point to."""
    tables = metadata.sorted_tables
    known = {table.name for table in tables} | {"alembic_version"}
    # The queue of a fleet holds nothing that the next tick would not ask for again, and words are indexed anew.
    unknown = {
        name
        for name in inspect(connection).get_table_names()
        if name not in known and not name.startswith((QUEUE, searching.INDEX))
    }
    if unknown:
        raise StoreError(UNKNOWN.format(tables=", ".join(sorted(unknown))))
    return tables


def refuse_data(connection: Connection, table: Table) -> None:
    """Raise StoreError if the table has rows that no migration made; empty those that have."""
    if table.name in MADE_BY_MIGRATIONS:
        connection.execute(delete(table))
    elif connection.scalar(select(func.count()).select_from(table)):
        raise StoreError(NOT_EMPTY.format(table=table.name))


def rows_of(connection: Connection, table: Table) -> CursorResult[Any]:
    """The rows in the order of their key, a handful in memory at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    return connection.execute(query, execution_options={"yield_per": AT_ONCE})


def is_equal(here: Connection, there: Connection, table: Table) -> bool:
    """Whether both hold the same rows."""
    with rows_of(here, table) as ours, rows_of(there, table) as theirs:
        return all(one == other for one, other in zip_longest(ours, theirs))


def copy_rows(here: Connection, there: Connection, table: Table) -> int:
    """Write all rows of one table; returns how many they are."""
    copied = 0
    result = here.execute(select(table), execution_options={"yield_per": AT_ONCE})
    for rows in result.mappings().partitions():
        there.execute(table.insert(), [dict(row) for row in rows])
        copied += len(rows)
    if there.dialect.name == "postgresql":
        continue_numbers(there, table)
    return copied


def continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL counts its ids apart from the rows: let it go on behind the highest that was copied."""
    for column in table.primary_key.columns:
        counter = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if isinstance(column.type, Integer) and counter:
            highest = connection.scalar(select(func.max(column)))
            connection.execute(
                text("SELECT setval(:counter, :value, :used)"),
                {"counter": counter, "value": highest or 1, "used": highest is not None},
            )
