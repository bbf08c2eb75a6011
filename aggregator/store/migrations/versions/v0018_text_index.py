"""An index of the words of events: FTS5 on SQLite, pg_trgm on PostgreSQL; none where the database has neither."""

from __future__ import annotations

from alembic import op
from sqlalchemy.exc import OperationalError

revision = "0018"
down_revision = "0017"

TABLE = """
CREATE VIRTUAL TABLE event_search
USING fts5(text, content='', columnsize=0, detail=none, tokenize='trigram')
"""
# SQLite may give rows other numbers of its own; these stay.
NUMBERS = "CREATE TABLE event_search_numbers (number INTEGER PRIMARY KEY, event_id VARCHAR(40) NOT NULL UNIQUE)"
PUT = "INSERT INTO event_search(rowid, text) SELECT number, new.search_text FROM event_search_numbers"
TAKE = """
INSERT INTO event_search(event_search, rowid, text)
SELECT 'delete', number, old.search_text FROM event_search_numbers
"""
TRIGGERS = (
    f"""
    CREATE TRIGGER event_search_added AFTER INSERT ON events BEGIN
        INSERT INTO event_search_numbers(event_id) VALUES (new.id);
        {PUT} WHERE event_id = new.id;
    END
    """,
    f"""
    CREATE TRIGGER event_search_changed AFTER UPDATE OF search_text ON events
    WHEN old.search_text <> new.search_text BEGIN
        {TAKE} WHERE event_id = old.id;
        {PUT} WHERE event_id = new.id;
    END
    """,
    f"""
    CREATE TRIGGER event_search_removed AFTER DELETE ON events BEGIN
        {TAKE} WHERE event_id = old.id;
        DELETE FROM event_search_numbers WHERE event_id = old.id;
    END
    """,
)
FILL = (
    "INSERT INTO event_search_numbers(event_id) SELECT id FROM events ORDER BY id",
    """
    INSERT INTO event_search(rowid, text)
    SELECT number, search_text FROM event_search_numbers JOIN events ON events.id = event_id ORDER BY number
    """,
)
# Who may not make the extension searches as before, a little slower.
ON_POSTGRESQL = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX ix_events_search_text_groups ON events USING gin (search_text gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN NULL;
END $$
"""


def upgrade() -> None:
    """Make the index of what is there, and what keeps it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(ON_POSTGRESQL)
        return
    try:
        op.execute(TABLE)
    except OperationalError:
        return
    for statement in (NUMBERS, *FILL, *TRIGGERS):
        op.execute(statement)
