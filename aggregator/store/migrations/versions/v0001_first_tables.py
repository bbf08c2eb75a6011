"""The first tables: sources and what they said, people's verdicts, identities, and all that follows."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def exact(length: int | None = None) -> sa.String:
    """Text in code point order on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Make all tables in an empty database."""
    create_generation()
    create_sources()
    create_answers()
    create_records()
    create_identities()
    create_events()
    create_occurrences()
    create_event_lists()


def create_generation() -> None:
    """The counter starts anywhere, so that a new store never answers with the ETags of an old one."""
    table = op.create_table(
        "generation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(table, [{"id": 1, "value": secrets.randbelow(2**40)}])


def create_sources() -> None:
    """Who publishes, and what is pulled."""
    op.create_table(
        "initiatives",
        sa.Column("id", exact(80), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("search_text", exact(), nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("id", exact(80), primary_key=True),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )


def create_answers() -> None:
    """What the sources answered."""
    op.create_table(
        "fetch_log",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source_id", exact(80), sa.ForeignKey("sources.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("error_class", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        *(sa.Column(count, sa.Integer, nullable=False) for count in ("added", "changed", "withdrawn", "skipped")),
        sa.Column("milliseconds", sa.Integer, nullable=False),
    )
    op.create_index("ix_fetch_log_at", "fetch_log", ["at"])
    op.create_index("ix_fetch_log_source_id_at", "fetch_log", ["source_id", "at"])
    op.create_table(
        "bodies",
        sa.Column("source_id", exact(80), sa.ForeignKey("sources.id"), primary_key=True),
        sa.Column("fetched_at", sa.DateTime, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("charset", sa.Text, nullable=False),
        sa.Column("final_url", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "defects",
        sa.Column("source_id", exact(80), sa.ForeignKey("sources.id"), primary_key=True),
        sa.Column("fields", sa.Text, nullable=False),
    )


def create_records() -> None:
    """What the sources say of events, and what people say of that."""
    op.create_table(
        "records",
        sa.Column("id", exact(120), primary_key=True),
        sa.Column("source_id", exact(80), sa.ForeignKey("sources.id"), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("is_notice", sa.Boolean, nullable=False),
        sa.Column("first_seen", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("missing_since", sa.DateTime),
        sa.Column("withdrawn_at", sa.DateTime),
    )
    op.create_index("ix_records_source_id", "records", ["source_id"])
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("left_id", exact(120), nullable=False),
        sa.Column("right_id", exact(120), nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.Column("undone_at", sa.DateTime),
    )
    op.create_index("ix_verdicts_left_id_right_id", "verdicts", ["left_id", "right_id"])


def create_identities() -> None:
    """What is minted once for an event, and how the event changed."""
    op.create_table(
        "identities",
        sa.Column("id", exact(40), primary_key=True),
        sa.Column("uid", exact(200), nullable=False, unique=True),
        sa.Column("founder", exact(120), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("modified_at", sa.DateTime, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("merged_into", exact(40)),
    )
    op.create_index("ix_identities_modified_at", "identities", ["modified_at"])
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("event_id", exact(40), sa.ForeignKey("identities.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
    )
    op.create_index("ix_history_event_id", "history", ["event_id"])


def of_event(primary_key: bool = True) -> sa.Column[str]:
    """The column that ties a derived row to its event."""
    event = sa.ForeignKey("events.id", ondelete="CASCADE")
    return sa.Column("event_id", exact(40), event, primary_key=primary_key, nullable=False)


def create_events() -> None:
    """The merged events and the records that they were merged from."""
    op.create_table(
        "events",
        sa.Column("id", exact(40), sa.ForeignKey("identities.id"), primary_key=True),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("ics", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        *(sa.Column(name, exact(), nullable=False) for name in ("title", "place", "place_name")),
        *(sa.Column(axis, sa.Float(53)) for axis in ("x", "y", "z")),
        sa.Column("search_text", exact(), nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("record_id", exact(120), primary_key=True),
        of_event(primary_key=False),
        sa.Column("relation", sa.String(12), nullable=False),
        sa.Column("occurrence", sa.String(40), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("matched_with", exact(120), nullable=False),
    )
    op.create_index("ix_members_event_id", "members", ["event_id"])


def create_occurrences() -> None:
    """When the events take place."""
    op.create_table(
        "occurrences",
        of_event(),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("start_at", sa.DateTime, nullable=False),
        sa.Column("end_at", sa.DateTime, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("all_day", sa.Boolean, nullable=False),
    )
    op.create_index("ix_occurrences_first_day", "occurrences", ["first_day"])
    long = sa.text("last_day > first_day")
    days = ["last_day", "first_day"]
    op.create_index("ix_occurrences_long", "occurrences", days, sqlite_where=long, postgresql_where=long)


def create_event_lists() -> None:
    """By which topic and initiative the events are found."""
    for name in ("topic", "initiative"):
        table = f"event_{name}s"
        op.create_table(table, sa.Column(name, exact(80), primary_key=True), of_event())
        op.create_index(f"ix_{table}_event_id", table, ["event_id"])
