"""By what each source was last read, so that only changed events are read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the table."""
    source = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")
    op.create_table(
        "outlines",
        sa.Column("source_id", source, sa.ForeignKey("sources.id"), primary_key=True),
        sa.Column("basis", sa.LargeBinary, nullable=False),
    )
