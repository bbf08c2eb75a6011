"""Those who run the calendar: log-in, audit, corrections, questions, held answers, venues, pages, figures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
    create_operators()
    create_corrections()
    create_questions()
    create_texts()
    create_figures()


def text(name: str, length: int, **options: Any) -> sa.Column[str]:
    """A column of text in code point order."""
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, kind, **{"nullable": False, **options})


def prose(name: str) -> sa.Column[str]:
    """A column of text that is never sorted."""
    return sa.Column(name, sa.Text, nullable=False)


def moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    """A column of moments in UTC."""
    return sa.Column(name, sa.DateTime, nullable=nullable)


def number() -> sa.Column[int]:
    """The row's own number."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def create_operators() -> None:
    """Who may log in, and what they did."""
    op.create_table(
        "operators",
        text("name", 80, primary_key=True),
        prose("password"),
        prose("email"),
        prose("second_factor"),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        moment("created_at"),
    )
    op.create_table(
        "operator_sessions",
        text("token_digest", 64, primary_key=True),
        text("operator", 80),
        moment("created_at"),
        moment("seen_at"),
    )
    op.create_index("ix_operator_sessions_operator", "operator_sessions", ["operator"])
    op.create_table(
        "audit",
        number(),
        moment("at"),
        text("operator", 80),
        sa.Column("action", sa.String(40), nullable=False),
        text("subject", 200),
        prose("detail"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def create_corrections() -> None:
    """What people say against the sources."""
    op.create_table(
        "corrections",
        number(),
        text("event_id", 40),
        sa.Column("field", sa.String(20), nullable=False),
        prose("value"),
        prose("stated"),
        prose("given_by"),
        prose("why"),
        moment("given_at"),
        moment("undone_at", nullable=True),
    )
    op.create_index("ix_corrections_event_id", "corrections", ["event_id"])


def create_questions() -> None:
    """What is left for people to say."""
    op.create_table(
        "questions",
        text("left_id", 120, primary_key=True),
        text("right_id", 120, primary_key=True),
        sa.Column("score", sa.Float(53), nullable=False),
        prose("fields"),
    )
    op.create_table(
        "held_answers",
        text("source_id", 80, primary_key=True),
        prose("lost"),
        sa.Column("verdict", sa.String(8), nullable=False),
        prose("given_by"),
        moment("noted_at"),
    )


def create_texts() -> None:
    """Venues and pages."""
    op.create_table("known_places", number(), prose("fields"), prose("given_by"), moment("given_at"))
    op.create_table(
        "pages",
        text("name", 20, primary_key=True),
        text("language", 8, primary_key=True),
        prose("text"),
        prose("given_by"),
        moment("given_at"),
    )


def create_figures() -> None:
    """Counts, the scheduler's heartbeat, and what was told."""
    op.create_table(
        "feed_counts",
        sa.Column("day", sa.Date, primary_key=True),
        text("feed", 40, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "ticks",
        sa.Column("id", sa.Integer, primary_key=True),
        moment("at"),
        sa.Column("free_bytes", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "alerts",
        text("subject", 200, primary_key=True),
        moment("told_at"),
        sa.Column("is_open", sa.Boolean, nullable=False),
    )
