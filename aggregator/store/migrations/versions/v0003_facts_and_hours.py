"""What the filter asks beside time, place and topic: facts of events, weekdays and hours of their dates, deadlines.

Weekdays and hours are filled in from what is stored. Facts and deadlines come with what sources say next; the
emptied digests let the next relink write every event anew.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BATCH = 1000


def upgrade() -> None:
    """Add the columns, and fill in what the stored dates tell."""
    for name in ("free", "accessible", "children", "online"):
        op.add_column("events", sa.Column(name, sa.Boolean))
    for name in ("weekdays", "start_minute"):
        op.add_column("occurrences", sa.Column(name, sa.Integer))
    op.add_column("records", sa.Column("due_day", sa.Date))
    op.create_index("ix_records_due_day", "records", ["due_day"])
    create_languages()
    connection = op.get_bind()
    fill_in(connection)
    connection.execute(sa.text("UPDATE events SET digest = ''"))


def create_languages() -> None:
    """By which spoken language the events are found."""
    language, event = (
        sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql") for length in (80, 40)
    )
    op.create_table(
        "event_languages",
        sa.Column("language", language, primary_key=True),
        sa.Column("event_id", event, sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    )
    op.create_index("ix_event_languages_event_id", "event_languages", ["event_id"])


def fill_in(connection: sa.Connection) -> None:
    """The weekdays and the hour of each stored occurrence."""
    days = [sa.column(name, sa.Date) for name in ("first_day", "last_day")]
    names: list[sa.ColumnClause[Any]] = [sa.column(name) for name in ("event_id", "position", "all_day")]
    stored = connection.execute(sa.select(*names, *days).select_from(sa.table("occurrences"))).all()
    fields = connection.execute(sa.text("SELECT id, fields FROM events")).all()
    starts = {row.id: starts_of(row.fields) for row in fields}
    rows = [
        {
            "event": row.event_id,
            "number": row.position,
            "days": bits(row.first_day, row.last_day),
            "minute": None if row.all_day else starts[row.event_id][row.position],
        }
        for row in stored
    ]
    change = sa.text(
        "UPDATE occurrences SET weekdays = :days, start_minute = :minute WHERE event_id = :event AND position = :number"
    )
    for first in range(0, len(rows), BATCH):
        connection.execute(change, rows[first : first + BATCH])


def starts_of(fields: str) -> list[int]:
    """The minute of its own day at which each occurrence of a stored event begins."""
    occurrences: list[dict[str, Any]] = json.loads(fields)[0]["occurrences"]
    walls = [datetime.fromisoformat(each["start"]["wall"]) for each in occurrences]
    return [60 * wall.hour + wall.minute for wall in walls]


def bits(first: date, last: date) -> int:
    """A bit for each weekday from the first day to the last."""
    days = {(first + timedelta(days=number)).weekday() for number in range(min((last - first).days + 1, 7))}
    return sum(1 << day for day in days)
