"""The tables, once for SQLite and PostgreSQL.

What is said by sources and people is stored (`records`, `verdicts`, `identities`); what follows from it
(`events`, `members`, `occurrences`, …) can be dropped and rebuilt byte for byte by a relink.
No extension and no special collation is needed: sort keys are made in Python.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC on both databases; SQLite would hand them back naive."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware to naive UTC; a naive value is a mistake in our code."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the store")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Naive UTC to aware."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One row: raised by every visible change, it is the ETag of everything.
generation = Table(
    "generation", metadata, Column("id", Integer, primary_key=True), Column("value", Integer, nullable=False)
)

initiatives = Table(
    "initiatives",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("fields", Text, nullable=False),
)

# `origin` is "file" for entries of sources.yaml; sources that leave the file are switched off, not deleted.
sources = Table(
    "sources",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("initiative_id", String(80), nullable=False),
    Column("origin", String(8), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", UtcDateTime, index=True),
)

fetch_log = Table(
    "fetch_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source_id", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("error_class", String(16), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("added", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("withdrawn", Integer, nullable=False, default=0),
    Column("skipped", Integer, nullable=False, default=0),
    Column("milliseconds", Integer, nullable=False, default=0),
    Index(None, "source_id", "at"),
)

# The last good body of each source, deflated: a mended parser can be run over it without the network.
bodies = Table(
    "bodies",
    metadata,
    Column("source_id", String(80), primary_key=True),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("media_type", String(200), nullable=False, default=""),
    Column("charset", String(80), nullable=False, default=""),
    Column("final_url", Text, nullable=False, default=""),
    Column("content", LargeBinary, nullable=False),
)

defects = Table(
    "defects",
    metadata,
    Column("source_id", String(80), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("fields", Text, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("source_id", String(80), nullable=False, index=True),
    Column("fields", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("start_at", UtcDateTime, index=True),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("missing_since", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("left_id", String(120), nullable=False),
    Column("right_id", String(120), nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("given_by", String(200), nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("given_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
)

# What must never be re-derived of an event. `merged_into` makes the id an alias that redirects.
identities = Table(
    "identities",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("uid", String(200), nullable=False, unique=True),
    Column("founder", String(120), nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("modified_at", UtcDateTime, nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("merged_into", String(40), index=True),
)

# What was visibly different at each change of an event, as sentences' parts (JSON).
history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(40), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("fields", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("ics", LargeBinary, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("search_text", Text, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("record_id", String(120), primary_key=True),
    Column("event_id", String(40), ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("relation", String(12), nullable=False),
    Column("occurrence", String(40), nullable=False, default=""),
    Column("rule", String(40), nullable=False, default=""),
)

# Narrow on purpose: every view reads it by range. Days are local days of the site's zone, both inclusive.
occurrences = Table(
    "occurrences",
    metadata,
    Column("event_id", String(40), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start_at", UtcDateTime, nullable=False),
    Column("end_at", UtcDateTime, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("all_day", Boolean, nullable=False),
    Index(None, "first_day", "last_day"),
    Index(None, "end_at"),
)

event_topics = Table(
    "event_topics",
    metadata,
    Column("topic", String(80), primary_key=True),
    Column("event_id", String(40), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, index=True),
)

event_initiatives = Table(
    "event_initiatives",
    metadata,
    Column("initiative", String(80), primary_key=True),
    Column("event_id", String(40), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, index=True),
)
