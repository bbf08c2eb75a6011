"""What people send us and we send them: mails, limits of forms, reports of mistakes, weekly digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def exact(length: int | None = None) -> sa.String:
    """Text in code point order on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def moment(name: str, nullable: bool = True) -> sa.Column[object]:
    """A column of moments in UTC."""
    return sa.Column(name, sa.DateTime, nullable=nullable)


def number() -> sa.Column[int]:
    """The row's own number."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def upgrade() -> None:
    """Make the tables."""
    create_mails()
    create_limits()
    create_reports()
    create_digests()
    op.create_table(
        "mailed",
        sa.Column("source_id", exact(80), primary_key=True),
        sa.Column("purpose", sa.String(20), primary_key=True),
        sa.Column("incident", sa.String(40), primary_key=True),
        moment("at", nullable=False),
    )
    op.create_index("ix_mailed_at", "mailed", ["at"])


def create_mails() -> None:
    """What waits to be sent."""
    op.create_table(
        "mails",
        number(),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("recipient", exact(), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        moment("queued_at", nullable=False),
        moment("next_at", nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        moment("handed_at"),
        moment("sent_at"),
        moment("given_up_at"),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_index("ix_mails_next_at", "mails", ["next_at"])


def create_limits() -> None:
    """How often who did what."""
    op.create_table(
        "limits",
        number(),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("whom", sa.String(64), nullable=False),
        moment("at", nullable=False),
    )
    op.create_index("ix_limits_at", "limits", ["at"])
    op.create_index("ix_limits_what_whom_at", "limits", ["what", "whom", "at"])


def create_reports() -> None:
    """What visitors say is wrong with an event."""
    op.create_table(
        "reports",
        number(),
        sa.Column("event_id", exact(40), sa.ForeignKey("identities.id"), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        moment("at", nullable=False),
        moment("done_at"),
    )
    op.create_index("ix_reports_event_id", "reports", ["event_id"])


def create_digests() -> None:
    """Who wants a mail each week."""
    op.create_table(
        "digests",
        sa.Column("token", exact(64), primary_key=True),
        sa.Column("address", exact(), nullable=False),
        sa.Column("query", exact(), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        moment("asked_at", nullable=False),
        moment("confirmed_at"),
        sa.Column("sent_week", sa.String(8), nullable=False),
        sa.UniqueConstraint("address", "query"),
    )
