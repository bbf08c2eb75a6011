"""What a tick asks of a source stands beside its state: when it is to be asked next, and whether it is in trouble."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the columns. Every source is looked at until its next visit writes what holds for it."""
    op.add_column("sources", sa.Column("next_at", sa.DateTime))
    op.add_column("sources", sa.Column("is_troubled", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_index("ix_sources_next_at_active", "sources", ["next_at", "active"])
    op.create_index("ix_sources_is_troubled", "sources", ["is_troubled"])
