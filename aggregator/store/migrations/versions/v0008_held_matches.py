"""Matches that were held back, so that a feed which repeats itself is told of; the next relink fills it in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the table, empty."""
    record = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
    columns = (sa.Column(name, record, primary_key=True) for name in ("left_id", "right_id"))
    op.create_table("held_matches", *columns)
