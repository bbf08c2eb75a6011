"""The scheduler's heartbeat: the pages and machines that watch us read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from aggregator.store.operators_schema import ticks
from aggregator.store.rows import put_rows

ONLY_ROW = 1


@dataclass(frozen=True, slots=True)
class Tick:
    """When the scheduler was last at work (UTC), and how much room its disk had."""

    at: datetime
    free_bytes: int


def note(connection: Connection, tick: Tick) -> None:
    """Remember the last tick only."""
    put_rows(connection, ticks, [{"id": ONLY_ROW, "at": tick.at, "free_bytes": tick.free_bytes}])


def touch(connection: Connection) -> None:
    """Write the row anew as it is: fails where nothing can be written."""
    connection.execute(update(ticks).values(free_bytes=ticks.c.free_bytes))


def last(connection: Connection) -> Tick | None:
    """The last tick; None before the first."""
    row = connection.execute(select(ticks)).first()
    return Tick(row.at, row.free_bytes) if row else None
