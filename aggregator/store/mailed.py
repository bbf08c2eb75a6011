"""What was mailed about which incident, so that each is mailed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from aggregator.store.post_schema import mailed

Row = tuple[str, str, datetime]


def load(connection: Connection) -> Mapping[str, list[Row]]:
    """By source or initiative: (purpose, incident, when)."""
    found: dict[str, list[Row]] = defaultdict(list)
    rows: Any = connection.execute(select(mailed).order_by(mailed.c.at, mailed.c.purpose))
    for row in rows:
        found[row.source_id].append((row.purpose, row.incident, row.at))
    return found


def claim(connection: Connection, subject: str, row: Row) -> bool:
    """Note a mail, in the transaction that queues it; False if another process did so before."""
    purpose, incident, at = row
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    told = {"source_id": subject, "purpose": purpose, "incident": incident, "at": at}
    noted = dialect.insert(mailed).values(**told).on_conflict_do_nothing().returning(mailed.c.purpose)
    return connection.execute(noted).first() is not None


def forget(connection: Connection, before: datetime) -> None:
    """Drop what is so old that the incident cannot go on."""
    connection.execute(delete(mailed).where(mailed.c.at < before))
