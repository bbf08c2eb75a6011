"""Whether the store can take what sources answer: room on its disk, and the right to write."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import make_url

from aggregator.errors import StoreError
from aggregator.store import ticks
from aggregator.store.database import Store
from aggregator.store.engines import is_read_only, is_sqlite

# A round of answers and the journal beside it need less; below it nobody is asked.
ROOM_TO_FETCH = 20_000_000
FULL = "Der Speicherplatz ist voll. / The disk is full."

OK, READ_ONLY, IS_FULL = "ok", "read-only", "full"


def free_bytes(store: Store) -> int:
    """The room on the disk that holds the database, or our working folder where a server holds it."""
    return shutil.disk_usage(file_of(store).parent if is_sqlite(make_url(store.url)) else Path.cwd()).free


def file_of(store: Store) -> Path:
    """The file of a store on SQLite."""
    return Path(str(make_url(store.url).database))


def condition(store: Store) -> str:
    """`ok`, `read-only` or `full`, as far as it can be told without writing; a server's disk is its own matter."""
    if not is_sqlite(make_url(store.url)):
        return OK
    if is_read_only(file_of(store)) or not os.access(file_of(store), os.W_OK):
        return READ_ONLY
    return IS_FULL if free_bytes(store) < ROOM_TO_FETCH else OK


def refuse_if_not_writable(store: Store) -> None:
    """Raise StoreError, with the reason, if what sources answer now could not be kept."""
    if condition(store) == IS_FULL:
        raise StoreError(FULL)
    with store.writing() as connection:
        ticks.touch(connection)
