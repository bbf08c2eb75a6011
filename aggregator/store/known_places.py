"""Venues that operators know beside those of places.yaml: names, aliases, coordinates, access."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from aggregator.model.places import KnownPlace
from aggregator.model.settings import Settings
from aggregator.store.codec import decode, encode
from aggregator.store.operators_schema import known_places
from aggregator.store.rows import add_rows


def load(connection: Connection) -> dict[int, KnownPlace]:
    """All of them by number, in the order in which they were added."""
    rows = connection.execute(select(known_places).order_by(known_places.c.id))
    return {row.id: decode(KnownPlace, row.fields) for row in rows}


def with_places(settings: Settings, connection: Connection) -> Settings:
    """The settings with all venues that are known; those of places.yaml come first and so win."""
    return replace(settings, places=(*settings.places, *load(connection).values()))


def add(connection: Connection, place: KnownPlace, by: str, now: datetime) -> None:
    """Know one more; the next relink uses it."""
    add_rows(connection, known_places, [{"fields": encode(place), "given_by": by, "given_at": now}])


def change(connection: Connection, number: int, place: KnownPlace, by: str, now: datetime) -> None:
    """Know another thing of it."""
    values = {"fields": encode(place), "given_by": by, "given_at": now}
    connection.execute(update(known_places).where(known_places.c.id == number).values(**values))


def remove(connection: Connection, number: int) -> None:
    """Know it no more."""
    connection.execute(delete(known_places).where(known_places.c.id == number))
