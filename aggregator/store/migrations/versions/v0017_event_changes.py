"""Which events changed with which generation, so that pages read only these anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the table, empty: whoever keeps something of events has been started anew by then."""
    event = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
    op.create_table(
        "event_changes",
        sa.Column("event_id", event, primary_key=True),
        sa.Column("generation", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_event_changes_generation", "event_changes", ["generation"])
