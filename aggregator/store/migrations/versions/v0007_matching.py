"""What matching remembers between two relinks; the next relink fills it in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables, empty, and find identities by their founder and by what they were merged into."""
    record = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
    op.create_table(
        "touched",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("record_id", record, nullable=False),
    )
    op.create_table(
        "match_keys",
        sa.Column("record_id", record, primary_key=True),
        sa.Column("kind", sa.SmallInteger, primary_key=True),
        sa.Column("key", sa.BigInteger, primary_key=True),
    )
    op.create_index("ix_match_keys_key", "match_keys", ["key"])
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learnt_at", sa.DateTime, nullable=False),
        sa.Column("frame", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("fields", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_identities_founder", "identities", ["founder"])
    op.create_index("ix_identities_merged_into", "identities", ["merged_into"])
