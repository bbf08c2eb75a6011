"""Connections to SQLite and PostgreSQL, with transactions that begin the way we need them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from aggregator.errors import ConfigurationError, Mistake, StoreError
from aggregator.store.searching import look_for_index

BUSY_SECONDS = 10
# Of a server that went away without a word we know after half a minute, instead of after hours (libpq's parameters).
PATIENCE = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


def checked_url(url: str) -> URL:
    """The address with our driver and, for a file, its absolute path; complaints never show a password."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise wrong_url("Das ist keine Datenbankadresse", "This is not a database address") from None
    backend = address.get_backend_name()
    if backend == "sqlite" and address.database not in (None, "", ":memory:"):
        return address.set(drivername="sqlite", database=str(Path(str(address.database)).absolute()), query={})
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    raise wrong_url(
        "Es geht mit sqlite:///ordner/datei.sqlite oder postgresql://…",
        "It works with sqlite:///folder/file.sqlite or postgresql://…",
    )


def wrong_url(german: str, english: str) -> ConfigurationError:
    """The complaint about a database's address."""
    return ConfigurationError((Mistake("DATABASE_URL", f"{german}. / {english}."),))


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file."""
    return url.get_backend_name() == "sqlite"


def make_engine(url: URL, **options: Any) -> Engine:
    """An engine for `url`; `options` are those of SQLAlchemy's `create_engine`."""
    if is_sqlite(url):
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}, **options)
        event.listen(engine, "do_connect", open_if_read_only)
        event.listen(engine, "checkout", reopen_if_writable)
        event.listen(engine, "connect", set_up_sqlite)
        event.listen(engine, "begin", begin_on_sqlite)
        look_for_index(engine)
        return engine
    try:
        return create_engine(patient(url), pool_pre_ping=True, **options)
    except ImportError:
        raise wrong_url(
            "Für PostgreSQL fehlt der Treiber: pip install 'psycopg[binary]'",
            "The driver for PostgreSQL is missing: pip install 'psycopg[binary]'",
        ) from None


def patient(url: URL) -> URL:
    """The address of a server with the patience that we have; what it says itself stays."""
    return url.set(query={**PATIENCE, **url.query})


def is_read_only(path: Path) -> bool:
    """Whether the file stands on a disk that takes nothing from anybody."""
    try:
        return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def open_if_read_only(dialect: object, record: ConnectionPoolEntry, given: list[Any], named: dict[str, Any]) -> None:
    """Open a file on such a disk as one that never changes: SQLite wants to write even to read, where a log is kept."""
    path = Path(given[0])
    if is_read_only(path) and not path.with_name(f"{path.name}-wal").exists():
        given[0], named["uri"] = f"{path.as_uri()}?immutable=1", True
        record.info["immutable"] = path


def reopen_if_writable(connection: object, record: ConnectionPoolEntry, proxy: object) -> None:
    """Once the disk takes something again, what was opened like that is opened anew."""
    path = record.info.get("immutable")
    if path is not None and not is_read_only(path):
        raise DisconnectionError


def set_up_sqlite(connection: SqliteConnection, record: object) -> None:
    """What SQLite forgets with every connection; FULL keeps a committed transaction through a power cut.

    What is deleted is overwritten, so that no backup carries on what people asked us to forget.
    """
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")


def begin_on_sqlite(connection: Connection) -> None:
    """Begin the transaction that the driver is kept from beginning (isolation_level None).

    A writer asks for the write lock at once: one that has read first could no longer wait for it and
    would fail with "database is locked". A reader is kept from writing, as on PostgreSQL.
    """
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a person must mend (lock, full disk, server away) into a StoreError; our mistakes pass."""
    try:
        yield
    except DatabaseError as error:
        # A broken file is a bare DatabaseError; its other subclasses tell of wrong statements or rows.
        if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
            raise
        raise StoreError(explanation(str(error.orig).strip())) from error


EXPLANATIONS = {
    "locked": ("Die Datenbank ist gerade belegt.", "The database is busy."),
    "full": ("Der Speicherplatz ist voll.", "The disk is full."),
    "readonly": ("Die Datenbank darf nicht beschrieben werden.", "The database must not be written to."),
    "unable to open": ("Die Datenbankdatei lässt sich nicht öffnen.", "The database file cannot be opened."),
    "not a database": ("Diese Datei ist keine Datenbank.", "This file is not a database."),
}
UNKNOWN = ("Die Datenbank antwortet nicht.", "The database does not answer.")


def explanation(message: str) -> str:
    """A plain sentence for what the database complains of, with its own words behind."""
    german, english = next((words for mark, words in EXPLANATIONS.items() if mark in message), UNKNOWN)
    return f"{german} / {english} ({message})"
