"""Filters that owners gave a short name; those of operators stand in sources.yaml and win."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qsl

from sqlalchemy import Connection, Row, delete, select

from aggregator.model.filters import parse_filter
from aggregator.model.saved_filters import SavedFilter
from aggregator.store.registration_schema import saved_filters
from aggregator.store.rows import put_rows, raise_generation

MOST = 5
"""So many of one initiative are kept: a short name is there for all."""


def find(connection: Connection, name: str) -> SavedFilter | None:
    """The filter of that name."""
    row = connection.execute(select(saved_filters).where(saved_filters.c.name == name)).first()
    return filter_of(row) if row else None


def of_initiative(connection: Connection, initiative_id: str) -> tuple[SavedFilter, ...]:
    """What one initiative saved, by title."""
    question = select(saved_filters).where(saved_filters.c.initiative_id == initiative_id)
    return tuple(sorted((filter_of(row) for row in connection.execute(question)), key=lambda one: one.title.casefold()))


def put(connection: Connection, saved: SavedFilter, initiative_id: str, now: datetime) -> None:
    """Keep a filter under a name that nobody has."""
    row = {"name": saved.name, "initiative_id": initiative_id, "title": saved.title, "query": saved.wanted.query()}
    put_rows(connection, saved_filters, [{**row, "created_at": now}])
    raise_generation(connection)


def remove(connection: Connection, name: str, initiative_id: str) -> None:
    """Give a name up; only who took it can."""
    mine = (saved_filters.c.name == name, saved_filters.c.initiative_id == initiative_id)
    connection.execute(delete(saved_filters).where(*mine))
    raise_generation(connection)


def filter_of(row: Row[tuple[object, ...]]) -> SavedFilter:
    """The filter of one row."""
    return SavedFilter(row.name, row.title, parse_filter(parse_qsl(row.query)))
