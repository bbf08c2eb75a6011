"""The dates that owners typed in: what a source of the format "own" says."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, select

from aggregator.model.own_dates import OwnDate
from aggregator.store import records
from aggregator.store.codec import decode, encode
from aggregator.store.registration_schema import own_dates
from aggregator.store.rows import put_rows

MOST = 500
"""So many dates of one initiative are kept; whoever has more has a calendar."""


def load(connection: Connection, source_id: str) -> tuple[OwnDate, ...]:
    """The dates of a source, in the order of their starts."""
    rows = connection.execute(select(own_dates.c.fields).where(own_dates.c.source_id == source_id))
    return tuple(sorted((decode(OwnDate, row.fields) for row in rows), key=lambda one: (one.start, one.id)))


def put(connection: Connection, source_id: str, date: OwnDate, now: datetime) -> OwnDate:
    """Write a date, a new one if it has no id yet; returns it with its id."""
    kept = date if date.id else replace(date, id=secrets.token_hex(16))
    row = {"id": kept.id, "source_id": source_id, "fields": encode(kept), "created_at": now, "changed_at": now}
    put_rows(connection, own_dates, [row], keep=("created_at", "source_id"))
    return kept


def remove(connection: Connection, source_id: str, date_id: str) -> None:
    """Take a date back, and with it what was read from it: its owner says so, so nobody has to be asked twice."""
    here = (own_dates.c.source_id == source_id, own_dates.c.id == date_id)
    connection.execute(delete(own_dates).where(*here))
    theirs = [each.record.id for each in records.load(connection, [source_id]) if each.record.uid == date_id]
    records.remove(connection, theirs)
