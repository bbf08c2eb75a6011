"""What visitors reported, until somebody looked at it and a while longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from aggregator.model.reports import Report, StoredReport
from aggregator.store.codec import decode, encode
from aggregator.store.post_schema import reports

KEPT_WHEN_DONE = timedelta(days=30)
KEPT_AT_MOST = timedelta(days=365)


def add(connection: Connection, event_id: str, report: Report, now: datetime) -> int:
    """Keep a report; returns its number."""
    statement = insert(reports).values(event_id=event_id, fields=encode(report), at=now).returning(reports.c.id)
    number: int = connection.execute(statement).scalar_one()
    return number


def waiting(connection: Connection) -> tuple[StoredReport, ...]:
    """Those that nobody has dealt with, oldest first."""
    return found(connection, reports.c.done_at.is_(None))


def found(connection: Connection, condition: ColumnElement[bool]) -> tuple[StoredReport, ...]:
    """The reports for which the condition holds."""
    rows: Any = connection.execute(select(reports).where(condition).order_by(reports.c.id))
    return tuple(StoredReport(row.id, row.event_id, decode(Report, row.fields), row.at, row.done_at) for row in rows)


def close(connection: Connection, report_id: int, now: datetime) -> None:
    """Somebody dealt with it: there is nothing left to ask, so the visitor's address goes at once."""
    for stored in found(connection, reports.c.id == report_id):
        emptied = encode(replace(stored.report, reply_to=""))
        connection.execute(update(reports).where(reports.c.id == report_id).values(fields=emptied, done_at=now))


def forget(connection: Connection, now: datetime) -> None:
    """Drop what was dealt with a while ago, and what nobody will deal with any more."""
    is_old = or_(reports.c.done_at < now - KEPT_WHEN_DONE, reports.c.at < now - KEPT_AT_MOST)
    connection.execute(delete(reports).where(is_old))
