"""The words of events, found by groups of three letters instead of by reading every text.

What is found stays what stands in the text: the index names the texts that may hold a word, and they are looked at.
Where a database has no such index (SQLite without FTS5, PostgreSQL without pg_trgm), every text is.

On SQLite the index is kept by triggers, so that nobody who writes events can forget it; its tables are not among
ours (schema.metadata), since they are made anew wherever events are written. On PostgreSQL it is an index.
"""

from __future__ import annotations

from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import ColumnElement, Engine, event, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NULLTYPE

# Its tables on SQLite begin with this name.
INDEX = "event_search"
LETTERS = 3
IS_INDEXED = "buendel_texts_are_indexed"


class Holds(FunctionElement[Any]):
    """Whether a text holds a word: what the database compares, the text's id, and the groups to look for."""

    name = "holds"
    # Of a Boolean, SQLite would be asked whether it is 1, and could use no index.
    type = NULLTYPE
    inherit_cache = True


def holds(identifier: ColumnElement[str], text: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether the text of an event holds the word anywhere; `word` is in its normal form (model.text)."""
    found = text.contains(word, autoescape=True)
    if len(word) < LETTERS:
        return found
    groups = dict.fromkeys(word[at : at + LETTERS] for at in range(len(word) - LETTERS + 1))
    return Holds(found, identifier, literal(" AND ".join(f'"{group}"' for group in groups)))


@compiles(Holds)
def without_index(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    """The comparison alone: PostgreSQL finds its index by itself."""
    found, _, _ = element.clauses
    return compiler.process(found, **how)


@compiles(Holds, "sqlite")
def with_index(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    """The comparison, of the texts that hold all groups."""
    found, identifier, groups = element.clauses
    compared = compiler.process(found, **how)
    if not getattr(compiler.dialect, IS_INDEXED, False):
        return compared
    asked = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH {compiler.process(groups, **how)}"
    named = f"SELECT event_id FROM {INDEX}_numbers WHERE number IN ({asked})"
    return f"({compiler.process(identifier, **how)} IN ({named}) AND {compared})"


def look_for_index(engine: Engine) -> None:
    """Let an engine for SQLite know, from its first connection on, whether its database has the index."""

    def look(connection: SqliteConnection, _record: object) -> None:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (INDEX,)).fetchone()
        setattr(engine.dialect, IS_INDEXED, found is not None)

    event.listen(engine, "first_connect", look)
