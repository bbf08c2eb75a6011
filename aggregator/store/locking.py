"""Locks between processes; each dies with its holder, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import URL, Connection, NullPool, text

from aggregator.errors import FetchLockTaken, StoreError
from aggregator.store.engines import is_sqlite, make_engine

TAKEN = (
    "Ein anderer Prozess ruft gerade Quellen in diese Datenbank ab; bitte warten, bis er fertig ist."
    " / Another process is fetching into this database; please wait until it is done."
)


def fetch_lock(url: URL) -> AbstractContextManager[None]:
    """The right to fetch, held by one process at a time; raises FetchLockTaken at once if it is taken."""
    if is_sqlite(url):
        return locked_file(Path(f"{url.database}.fetch-lock"), refusal=FetchLockTaken(TAKEN))
    return locked_server(url)


def migration_lock(connection: Connection) -> None:
    """Wait until no other process migrates this PostgreSQL database; the lock goes with the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": crc32(b"buendel migration")})


@contextmanager
def locked_file(path: Path, refusal: StoreError | None = None) -> Iterator[None]:
    """Hold the exclusive lock on the file; a taken one is waited for, or raises `refusal` if given."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (fcntl.LOCK_NB if refusal else 0))
    except BlockingIOError:
        os.close(descriptor)
        raise refusal or FetchLockTaken(TAKEN) from None
    try:
        yield
    finally:
        # Unlocked by word, since a forked child may still hold a copy of the descriptor.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


@contextmanager
def locked_server(url: URL) -> Iterator[None]:
    """Hold PostgreSQL's advisory lock on a connection of its own, which keeps it for as long as it lives."""
    engine = make_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        key = {"key": crc32(b"buendel fetch")}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
            raise FetchLockTaken(TAKEN)
        yield


def cannot_write(path: Path, error: OSError) -> StoreError:
    """The complaint about a file that cannot be made beside, or as, the database."""
    return StoreError(
        f"{path} lässt sich nicht anlegen ({error.strerror}). / {path} cannot be made ({error.strerror})."
    )
