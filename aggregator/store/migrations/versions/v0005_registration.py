"""Registration on the web: jobs, registrations, owners' links, typed-in dates, alliances' invitations, pictures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables, and where an initiative comes from."""
    op.add_column("initiatives", sa.Column("origin", sa.String(8), nullable=False, server_default="file"))
    op.add_column("initiatives", sa.Column("withdrawn_at", sa.DateTime))
    create_jobs()
    create_registrations()
    create_owners()
    create_own_dates()
    create_alliances()


def text(name: str, length: int, **options: Any) -> sa.Column[str]:
    """A column of text in code point order."""
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, kind, **{"nullable": False, **options})


def create_jobs() -> None:
    """Work that pages ask for."""
    op.create_table(
        "jobs",
        text("id", 32, primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("finished_at", sa.DateTime),
        sa.Column("priority", sa.Integer, nullable=False),
    )
    op.create_index("ix_jobs_created_at", "jobs", ["created_at"])
    op.create_index("ix_jobs_state_priority_created_at", "jobs", ["state", "priority", "created_at"])


def create_registrations() -> None:
    """From the form to the decision."""
    op.create_table(
        "registrations",
        text("id", 32, primary_key=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        text("token_digest", 64),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("confirmed_at", sa.DateTime),
        sa.Column("decided_at", sa.DateTime),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        text("initiative_id", 80, nullable=True),
    )
    op.create_index("ix_registrations_token_digest", "registrations", ["token_digest"])
    op.create_index("ix_registrations_state_created_at", "registrations", ["state", "created_at"])


def create_owners() -> None:
    """Who may open a console."""
    op.create_table(
        "owner_links",
        text("token_digest", 64, primary_key=True),
        text("initiative_id", 80),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
    )
    op.create_index("ix_owner_links_initiative_id", "owner_links", ["initiative_id"])


def create_own_dates() -> None:
    """What owners typed in: dates, and a picture."""
    op.create_table(
        "own_dates",
        text("id", 32, primary_key=True),
        text("source_id", 80),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_own_dates_source_id", "own_dates", ["source_id"])
    op.create_table(
        "pictures",
        text("initiative_id", 80, primary_key=True),
        text("digest", 64),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("alt", sa.Text, nullable=False),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_pictures_digest", "pictures", ["digest"])


def create_alliances() -> None:
    """Who belongs to an alliance, and the link by which it invites."""
    op.create_table(
        "memberships",
        text("umbrella_id", 80, primary_key=True),
        text("initiative_id", 80, primary_key=True),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("approved_at", sa.DateTime),
    )
    op.create_table(
        "invitations",
        text("umbrella_id", 80, primary_key=True),
        text("token", 64),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("token", name="uq_invitations_token"),
    )
