"""To which umbrella an initiative belongs; the next look at sources.yaml fills it in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column, empty."""
    text = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")
    op.add_column("initiatives", sa.Column("umbrella", text))
