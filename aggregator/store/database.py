"""Opens the database: SQLite in one file, or PostgreSQL; migrated, with one kind of transaction for each use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine

from aggregator.store.engines import checked_url, is_sqlite, make_engine, plain_errors
from aggregator.store.locking import cannot_write, fetch_lock
from aggregator.store.migrating import migrate
from aggregator.store.sealing import OPTION, KeyMaker, Seal, no_key
from aggregator.store.watching import Watch

# As on SQLite: one state of the store for a whole page, its ETag included.
READING_ON_POSTGRESQL: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Store:
    """One database, for use by any number of threads and forked processes.

    `url` opens the same store again elsewhere; it may hold a password, so never show it. `key` seals the
    addresses that are secrets.
    """

    def __init__(self, url: URL, key: KeyMaker = no_key) -> None:
        self._url = url
        self._seal = Seal(key)
        self._engine: Engine | None = None
        self._watch: Watch | None = None
        self._process = 0

    def __reduce__(self) -> tuple[type[Store], tuple[URL, KeyMaker]]:
        """In another process: the same database, with connections of its own."""
        return Store, (self._url, self._seal.key)

    @property
    def url(self) -> str:
        """The full address of the database."""
        return self._url.render_as_string(hide_password=False)

    @property
    def engine(self) -> Engine:
        """This process's pool of connections; a connection must never cross a fork."""
        if self._engine is None or self._process != os.getpid():
            if self._engine is not None:
                self._engine.dispose(close=False)
            self._engine, self._process = make_engine(self._url), os.getpid()
            self._watch = None
        return self._engine

    def generation(self) -> int:
        """The counter that every visible change raises, at this moment; raises StoreError."""
        engine = self.engine
        watch = self._watch = self._watch or Watch(engine)
        return watch.generation()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store throughout, and cannot write."""
        options = {OPTION: self._seal, **({} if is_sqlite(self._url) else READING_ON_POSTGRESQL)}
        with plain_errors(), self.engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole when the block ends, and not at all when it raises."""
        options: dict[str, Any] = {OPTION: self._seal, "writing": True}
        with plain_errors(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def fetch_lock(self) -> Iterator[None]:
        """The right to fetch into this store, for one process at a time; raises FetchLockTaken."""
        with plain_errors(), fetch_lock(self._url):
            yield

    def close(self) -> None:
        """Close this process's connections; the next use opens new ones."""
        if self._engine is not None and self._process == os.getpid():
            if self._watch is not None:
                self._watch.close()
            self._engine.dispose()
        self._engine = self._watch = None


def open_store(url: str, key: KeyMaker = no_key) -> Store:
    """Open the database at `url`, made or migrated first if it is not up to date.

    `key` makes the 32 bytes that seal secret addresses, when the first of them is written or read.
    Takes `sqlite:///path` and `postgresql://…`. Raises ConfigurationError for another address or a
    missing driver, StoreError if the database cannot be reached or a newer program made it.
    """
    address = checked_url(url)
    if is_sqlite(address):
        make_file(Path(str(address.database)))
    with plain_errors():
        migrate(address)
    return Store(address, key)


def make_file(path: Path) -> None:
    """Make the file and its folder; only its owner may read it, since addresses of feeds can be secrets."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise cannot_write(path, error) from error
