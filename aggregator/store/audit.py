"""The log of what operators did: lines are added, never changed, and forgotten after years."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from aggregator.model.operators import Deed
from aggregator.store.operators_schema import audit
from aggregator.store.rows import add_rows


def note(connection: Connection, deed: Deed) -> None:
    """Add a line, in the transaction of the deed itself."""
    row = {
        "at": deed.at,
        "operator": deed.operator,
        "action": deed.action,
        "subject": deed.subject[:200],
        "detail": deed.detail[:2000],
    }
    add_rows(connection, audit, [row])


def recent(connection: Connection, limit: int, subject: str = "") -> tuple[Deed, ...]:
    """The last deeds, newest first; only those about `subject` if it is given."""
    question = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if subject:
        question = question.where(audit.c.subject == subject)
    return tuple(
        Deed(row.at, row.operator, row.action, row.subject, row.detail) for row in connection.execute(question)
    )


def forget(connection: Connection, before: datetime) -> None:
    """Drop what was done before that moment."""
    connection.execute(delete(audit).where(audit.c.at < before))


def deed_of(row: Any) -> Deed:
    """The deed of one row."""
    return Deed(row.at, row.operator, row.action, row.subject, row.detail)
