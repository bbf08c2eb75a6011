"""What operators were told by mail, so that each trouble is told once, and again only when it comes back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from aggregator.store.operators_schema import alerts
from aggregator.store.rows import delete_rows, put_rows


def told(connection: Connection) -> frozenset[str]:
    """The troubles that were told and are not over."""
    return frozenset(connection.scalars(select(alerts.c.subject)))


def keep(connection: Connection, subjects: Collection[str], now: datetime) -> None:
    """Remember exactly these as told; those that are over are forgotten."""
    before = told(connection)
    delete_rows(connection, alerts.c.subject, before - set(subjects))
    rows = [{"subject": one, "told_at": now, "is_open": True} for one in sorted(set(subjects) - before)]
    put_rows(connection, alerts, rows)
