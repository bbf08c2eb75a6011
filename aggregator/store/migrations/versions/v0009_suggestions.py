"""What people said of dates that notices may tell; and notices are found without reading all records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table and the index."""
    op.create_table(
        "judged_suggestions",
        text("id", 32, primary_key=True),
        text("initiative_id", 80),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("answer", sa.String(12), nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        text("own_source_id", 80),
        text("date_id", 32),
    )
    for column in ("given_at", "initiative_id"):
        op.create_index(f"ix_judged_suggestions_{column}", "judged_suggestions", [column])
    is_notice = sa.text("is_notice")
    columns = ["source_id"]
    op.create_index("ix_records_notices", "records", columns, sqlite_where=is_notice, postgresql_where=is_notice)


def text(name: str, length: int, primary_key: bool = False) -> sa.Column[str]:
    """A column of text in code point order."""
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, kind, primary_key=primary_key, nullable=False)
