"""The tables of those who run the calendar: who may log in, what they did, corrected and decided.

`aggregator.store.schema` holds those of the calendar itself. What people said here follows from nothing
else: it belongs into every backup.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Float, Integer, String, Table, Text

from aggregator.store.schema import UtcDateTime, exact, metadata

# `second_factor` is the shared secret of TOTP, encrypted; `last_step` that of the last code, which is good once.
operators = Table(
    "operators",
    metadata,
    Column("name", exact(80), primary_key=True),
    Column("password", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("second_factor", Text, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# The token itself is known to the browser alone.
operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("token_digest", exact(64), primary_key=True),
    Column("operator", exact(80), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

# Written only, never changed: who did what to what.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("operator", exact(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", exact(200), nullable=False),
    Column("detail", Text, nullable=False),
)

# `stated` is what the source said when it was corrected; a correction that was taken back stays as a trace.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", exact(40), nullable=False, index=True),
    Column("field", String(20), nullable=False),
    Column("value", Text, nullable=False),
    Column("stated", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
)

# What the last relink left for people to say; derived, replaced whole.
questions = Table(
    "questions",
    metadata,
    Column("left_id", exact(120), primary_key=True),
    Column("right_id", exact(120), primary_key=True),
    Column("score", Float(53), nullable=False),
    Column("fields", Text, nullable=False),
)

# What people said of dates that notices may tell (aggregator.store.suggestions); `date_id` is the one in `own_dates`.
judged_suggestions = Table(
    "judged_suggestions",
    metadata,
    Column("id", exact(32), primary_key=True),
    Column("initiative_id", exact(80), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("answer", String(12), nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False, index=True),
    Column("own_source_id", exact(80), nullable=False),
    Column("date_id", exact(32), nullable=False),
)

# The events that a held answer lacks, by source; and what a person says of that answer ("" for nothing yet).
held_answers = Table(
    "held_answers",
    metadata,
    Column("source_id", exact(80), primary_key=True),
    Column("lost", Text, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("given_by", Text, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
)

# Venues that operators know beside those of places.yaml.
known_places = Table(
    "known_places",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("fields", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
)

# Words of sources that mean a topic, beside those of sources.yaml: `word` is the key, `written` as it was typed.
topic_words = Table(
    "topic_words",
    metadata,
    Column("word", exact(80), primary_key=True),
    Column("topic", exact(80), nullable=False),
    Column("written", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
)

# Imprint, privacy and about, as far as the shipped drafts were replaced.
pages = Table(
    "pages",
    metadata,
    Column("name", exact(20), primary_key=True),
    Column("language", exact(8), primary_key=True),
    Column("text", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
)

# How often each kind of feed was asked for on a day: a number, nothing of who asked.
feed_counts = Table(
    "feed_counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("feed", exact(40), primary_key=True),
    Column("number", Integer, nullable=False),
)

# One row: when the scheduler was last at work, and with how much room on the disk.
ticks = Table(
    "ticks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("free_bytes", BigInteger, nullable=False),
)

# What the operators were told by mail, so that nothing is told every day.
alerts = Table(
    "alerts",
    metadata,
    Column("subject", exact(200), primary_key=True),
    Column("told_at", UtcDateTime, nullable=False),
    Column("is_open", Boolean, nullable=False),
)
