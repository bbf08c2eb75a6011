"""The tables, once for SQLite and PostgreSQL.

What is said by sources and people is stored (`records`, `verdicts`, `identities`, `history`); what
follows from it (`events`, `members`, `occurrences`, …) can be dropped and rebuilt byte for byte by a
relink. No extension is needed, and no collation: text that is sorted or compared is of type `exact`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
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
    text,
    true,
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


def exact(length: int | None = None) -> String:
    """Text in code point order on both databases; PostgreSQL would sort by its server's language."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


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
    "generation", metadata, Column("id", Integer, primary_key=True), Column("value", BigInteger, nullable=False)
)

# `search_text` is the key of the name, so that an event is found by who announces it; `umbrella` is the
# id of the initiative that it belongs to. `origin` is "file" for entries of sources.yaml and "web" for those
# that registered; one that withdrew is shown nowhere and can be restored for a while.
initiatives = Table(
    "initiatives",
    metadata,
    Column("id", exact(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("search_text", exact(), nullable=False),
    Column("umbrella", exact(80)),
    Column("origin", String(8), nullable=False, server_default="file"),
    Column("withdrawn_at", UtcDateTime),
)

# `origin` as of initiatives; sources that leave the file are switched off, not deleted. `next_at` (none: look at it)
# and `is_troubled` follow from the state: what a tick asks of all sources, it finds by an index.
sources = Table(
    "sources",
    metadata,
    Column("id", exact(80), primary_key=True),
    Column("origin", String(8), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", UtcDateTime),
    Column("is_troubled", Boolean, nullable=False, server_default=true(), index=True),
    Index(None, "next_at", "active"),
)

fetch_log = Table(
    "fetch_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source_id", exact(80), ForeignKey("sources.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("outcome", String(12), nullable=False),
    Column("error_class", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Index(None, "source_id", "at"),
)

# The last good body of each source, deflated: a mended parser can be run over it without the network.
bodies = Table(
    "bodies",
    metadata,
    Column("source_id", exact(80), ForeignKey("sources.id"), primary_key=True),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("charset", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# A digest for each UID of a calendar, so that only changed events are read (`pipeline.partial`).
outlines = Table(
    "outlines",
    metadata,
    Column("source_id", exact(80), ForeignKey("sources.id"), primary_key=True),
    Column("basis", LargeBinary, nullable=False),
)

# Apart from `sources`, since a long list of defects must not be rewritten with every check time.
defects = Table(
    "defects",
    metadata,
    Column("source_id", exact(80), ForeignKey("sources.id"), primary_key=True),
    Column("fields", Text, nullable=False),
)

# `due_day` is the local day on which a notice's deadline ends.
records = Table(
    "records",
    metadata,
    Column("id", exact(120), primary_key=True),
    Column("source_id", exact(80), ForeignKey("sources.id"), nullable=False, index=True),
    Column("fields", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("is_notice", Boolean, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("missing_since", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Column("due_day", Date, index=True),
    Index("ix_records_notices", "source_id", sqlite_where=text("is_notice"), postgresql_where=text("is_notice")),
)

# `left_id` sorts before `right_id`; a verdict that was taken back stays as a trace.
verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("left_id", exact(120), nullable=False),
    Column("right_id", exact(120), nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("given_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Index(None, "left_id", "right_id"),
)

# What must never be re-derived of an event. `merged_into` makes the id an alias that redirects.
identities = Table(
    "identities",
    metadata,
    Column("id", exact(40), primary_key=True),
    Column("uid", exact(200), nullable=False, unique=True),
    Column("founder", exact(120), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("modified_at", UtcDateTime, nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("merged_into", exact(40)),
    Index(None, "founder"),
    Index(None, "merged_into"),
)

# What was visibly different at each change of an event; it outlives the event's absence.
history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", exact(40), ForeignKey("identities.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("fields", Text, nullable=False),
)

# `title`, `place` and `search_text` are keys (model.text); `place_name` is as people read it. x, y, z
# is the place on the unit sphere: distance becomes arithmetic that both databases know. `digest` tells
# cheaply whether a relink has anything new to write. The facts are empty where nobody told.
events = Table(
    "events",
    metadata,
    Column("id", exact(40), ForeignKey("identities.id"), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("ics", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("title", exact(), nullable=False),
    Column("place", exact(), nullable=False),
    Column("place_name", exact(), nullable=False),
    Column("x", Float(53)),
    Column("y", Float(53)),
    Column("z", Float(53)),
    Column("search_text", exact(), nullable=False),
    Column("free", Boolean),
    Column("accessible", Boolean),
    Column("children", Boolean),
    Column("online", Boolean),
)


def of_event(primary_key: bool = True) -> Column[str]:
    """The column that ties a derived row to its event and takes it along when the event goes."""
    event = ForeignKey("events.id", ondelete="CASCADE")
    return Column("event_id", exact(40), event, primary_key=primary_key, nullable=False)


members = Table(
    "members",
    metadata,
    Column("record_id", exact(120), primary_key=True),
    of_event(primary_key=False),
    Column("relation", String(12), nullable=False),
    Column("occurrence", String(40), nullable=False),
    Column("rule", String(40), nullable=False),
    Column("matched_with", exact(120), nullable=False),
    Index(None, "event_id"),
)

# Narrow on purpose: every view reads it by range. Days are local days of the site's zone, both inclusive.
# `weekdays` has a bit for each weekday on which it goes on, Monday's is 1; `start_minute` counts from local
# midnight, empty when only days are known. The partial index finds the few long ones (a run of months)
# that began before the window.
occurrences = Table(
    "occurrences",
    metadata,
    of_event(),
    Column("position", Integer, primary_key=True),
    Column("start_at", UtcDateTime, nullable=False),
    Column("end_at", UtcDateTime, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("all_day", Boolean, nullable=False),
    Column("weekdays", Integer),
    Column("start_minute", Integer),
    # Holds all that a month is counted by, so that no row is looked up.
    Index(
        "ix_occurrences_shown",
        *("first_day", "event_id", "position", "last_day", "all_day", "start_at", "weekdays", "start_minute"),
    ),
    Index(
        "ix_occurrences_long",
        "last_day",
        "first_day",
        sqlite_where=text("last_day > first_day"),
        postgresql_where=text("last_day > first_day"),
    ),
)

event_topics = Table(
    "event_topics",
    metadata,
    Column("topic", exact(80), primary_key=True),
    of_event(),
    Index(None, "event_id", "topic"),
)

event_initiatives = Table(
    "event_initiatives",
    metadata,
    Column("initiative", exact(80), primary_key=True),
    of_event(),
    Index(None, "event_id", "initiative"),
)

event_languages = Table(
    "event_languages",
    metadata,
    Column("language", exact(80), primary_key=True),
    of_event(),
    Index(None, "event_id", "language"),
)
