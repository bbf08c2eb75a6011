"""The tables of what people send us and we send them; `aggregator.store.schema` holds those of the calendar.

They hold addresses of people, so each says in docs/privacy.md when its rows go.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from aggregator.store.schema import UtcDateTime, exact, metadata

# `fields` is a model.mail.Mail under seal, emptied when it was sent. `handed_at` stands while the server is being told.
mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("purpose", String(20), nullable=False),
    Column("recipient", exact(), nullable=False),
    Column("fields", Text, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("handed_at", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("given_up_at", UtcDateTime),
    Column("error", Text, nullable=False),
)

# `whom` is a keyed hash of a network, never its address.
limits = Table(
    "limits",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("what", String(20), nullable=False),
    Column("whom", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Index(None, "what", "whom", "at"),
)

# `fields` is a model.reports.Report.
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", exact(40), ForeignKey("identities.id"), nullable=False, index=True),
    Column("fields", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
)

# `query` is the filter in its canonical form and `title` its words; `sent_week` the last week that was told,
# such as "2026-W48". The token stands in every mail, so it cannot be kept as a digest; it opens nothing but leaving.
# `returned` counts the weeks in a row whose mail came back, `returned_week` is the last of them.
digests = Table(
    "digests",
    metadata,
    Column("token", exact(64), primary_key=True),
    Column("address", exact(), nullable=False),
    Column("query", exact(), nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("sent_week", String(8), nullable=False),
    Column("returned", Integer, nullable=False, server_default="0"),
    Column("returned_week", String(8)),
    UniqueConstraint("address", "query"),
)

# What was mailed about which incident of which source, so that it is mailed once.
mailed = Table(
    "mailed",
    metadata,
    Column("source_id", exact(80), primary_key=True),
    Column("purpose", String(20), primary_key=True),
    Column("incident", String(40), primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
)
