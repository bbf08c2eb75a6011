"""Tables of matching: all but `touched` follows from records and can be dropped; the next relink learns anew."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, String, Table

from aggregator.store.schema import UtcDateTime, exact, metadata

# Records that changed since they were last matched, in the order in which they did.
touched = Table(
    "touched",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("record_id", exact(120), nullable=False),
)

# By which numbers each record is found by others; `kind` says what for (see store/matching.py).
match_keys = Table(
    "match_keys",
    metadata,
    Column("record_id", exact(120), primary_key=True),
    Column("kind", SmallInteger, primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Index(None, "key"),
)

# Matches that were held back since they would have made one event of too many entries.
held_matches = Table(
    "held_matches",
    metadata,
    Column("left_id", exact(120), primary_key=True),
    Column("right_id", exact(120), primary_key=True),
)

# One row: what all records taught when they were last looked at together. `frame` stands for what matching knew beside
# them, `digest` for the lessons, `since` counts the records that changed afterwards.
lessons = Table(
    "lessons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learnt_at", UtcDateTime, nullable=False),
    Column("frame", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("records", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("fields", LargeBinary, nullable=False),
)
