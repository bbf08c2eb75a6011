"""Alliances that choose what they show, words of topics, and weekly mails that come back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add two tables, and two columns of weekly mails."""
    op.create_table(
        "choosing_alliances",
        name("umbrella_id", 80, primary_key=True),
        sa.Column("since", sa.DateTime, nullable=False),
    )
    op.create_table(
        "topic_words",
        name("word", 80, primary_key=True),
        name("topic", 80),
        sa.Column("written", sa.Text, nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
    )
    op.add_column("digests", sa.Column("returned", sa.Integer, nullable=False, server_default="0"))
    op.add_column("digests", sa.Column("returned_week", sa.String(8)))


def name(column: str, length: int, **options: Any) -> sa.Column[str]:
    """A column of text in code point order."""
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(column, kind, **{"nullable": False, **options})
