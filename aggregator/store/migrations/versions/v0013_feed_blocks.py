"""The merged calendar in compressed stretches; the next relink fills it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "feed_blocks",
        sa.Column("first", sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql"), primary_key=True),
        sa.Column("checksum", sa.BigInteger, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("zones", sa.Text, nullable=False),
        sa.Column("in_utc", sa.Boolean, nullable=False),
        sa.Column("deflated", sa.LargeBinary),
    )
