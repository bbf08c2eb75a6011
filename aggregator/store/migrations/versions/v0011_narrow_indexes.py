"""Indexes that hold all that a month is counted by, so that no row is looked up for it."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

SHOWN = ("first_day", "event_id", "position", "last_day", "all_day", "start_at", "weekdays", "start_minute")


def upgrade() -> None:
    """Put wider indexes in the place of narrow ones."""
    op.drop_index("ix_occurrences_first_day", "occurrences")
    op.create_index("ix_occurrences_shown", "occurrences", SHOWN)
    for name in ("topic", "initiative", "language"):
        table = f"event_{name}s"
        op.drop_index(f"ix_{table}_event_id", table)
        op.create_index(f"ix_{table}_event_id_{name}", table, ["event_id", name])
