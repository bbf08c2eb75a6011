"""The tables behind registration and the owners' consoles; `aggregator.store.schema` holds all others.

Tokens are stored as digests only: who reads the database cannot open a console.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from aggregator.store.schema import UtcDateTime, exact, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", exact(32), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("result", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("finished_at", UtcDateTime),
    Column("priority", Integer, nullable=False),
    Index(None, "state", "priority", "created_at"),
)

# `fields` is a model.registrations.Registration. `initiative_id` is set once it was approved.
registrations = Table(
    "registrations",
    metadata,
    Column("id", exact(32), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("fields", Text, nullable=False),
    Column("token_digest", exact(64), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Column("decided_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("initiative_id", exact(80)),
    Index(None, "state", "created_at"),
)

# Who may open the console of an initiative. The address is used for mail to the owner and shown to nobody.
owner_links = Table(
    "owner_links",
    metadata,
    Column("token_digest", exact(64), primary_key=True),
    Column("initiative_id", exact(80), nullable=False, index=True),
    Column("email", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)

# Dates that an owner typed in: the body of a source of the format "own" is made of them.
own_dates = Table(
    "own_dates",
    metadata,
    Column("id", exact(32), primary_key=True),
    Column("source_id", exact(80), nullable=False, index=True),
    Column("fields", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

# Who wants to belong to an alliance; `approved_at` is when the alliance said yes.
memberships = Table(
    "memberships",
    metadata,
    Column("umbrella_id", exact(80), primary_key=True),
    Column("initiative_id", exact(80), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("approved_at", UtcDateTime),
)

# One link of an alliance by which others ask to belong to it.
invitations = Table(
    "invitations",
    metadata,
    Column("umbrella_id", exact(80), primary_key=True),
    Column("token", exact(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
)

# The alliances whose pages show only what they approved of their members' events.
choosing_alliances = Table(
    "choosing_alliances",
    metadata,
    Column("umbrella_id", exact(80), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)

# A logo or picture of an initiative, as it was uploaded but for hidden data about where it was taken.
pictures = Table(
    "pictures",
    metadata,
    Column("initiative_id", exact(80), primary_key=True),
    Column("digest", exact(64), nullable=False, index=True),
    Column("media_type", String(40), nullable=False),
    Column("alt", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# A filter that an owner gave a short name; `query` is canonical (model.filters.EventFilter.query).
saved_filters = Table(
    "saved_filters",
    metadata,
    Column("name", exact(40), primary_key=True),
    Column("initiative_id", exact(80), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
