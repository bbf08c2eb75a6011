"""Short names that owners give to filters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table, empty."""
    name, initiative = (
        sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql") for length in (40, 80)
    )
    op.create_table(
        "saved_filters",
        sa.Column("name", name, primary_key=True),
        sa.Column("initiative_id", initiative, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_saved_filters_initiative_id", "saved_filters", ["initiative_id"])
