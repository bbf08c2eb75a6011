"""Backups: the whole store as one file, taken while it is used, and put back.

The secret that seals addresses is not in it: a backup alone opens nothing.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url, select, update

from aggregator.errors import StoreError
from aggregator.store import changed
from aggregator.store.database import Store, open_store
from aggregator.store.engines import is_sqlite
from aggregator.store.schema import generation

PRIVATE = 0o600
SQLITE_MAGIC = b"SQLite format 3\x00"
DUMP_MAGIC = b"PGDMP"
EXISTS = "{path} gibt es schon; bitte einen anderen Namen nehmen. / {path} exists; please take another name."
NO_BACKUP = "{path} ist keine Sicherung von dieser Art Datenbank. / {path} is no backup of this kind of database."
BROKEN = "Die Sicherung {path} ist beschädigt ({why}). / The backup {path} is damaged ({why})."
MISSING = "Es fehlt {program} (postgresql-client). / {program} is missing (postgresql-client)."


def backup(store: Store, path: Path) -> int:
    """Write the store into a new file that only its owner may read; returns its size in bytes.

    The state of one moment, whatever is written meanwhile. The file appears when it is complete.
    """
    if path.exists():
        raise StoreError(EXISTS.format(path=path))
    draft = path.with_name(f"{path.name}.part")
    os.close(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, PRIVATE))
    try:
        url = make_url(store.url)
        if is_sqlite(url):
            copy_file(Path(str(url.database)), draft)
        else:
            run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}"], url)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return path.stat().st_size


def restore(store: Store, path: Path) -> None:
    """Put a backup in the place of the store, all or nothing, while nothing fetches; older ones are migrated.

    Raises StoreError for a file that is no such backup, FetchLockTaken while a scheduler runs.
    """
    url = make_url(store.url)
    check(path, is_sqlite(url))
    with store.fetch_lock():
        before = generation_of(store)
        if is_sqlite(url):
            store.close()
            copy_file(path, Path(str(url.database)))
        else:
            run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
                 f"--dbname={url.database}", str(path)], url)  # fmt: skip
            store.close()
    restored = open_store(store.url)
    # What caches hold of the state before must not be taken for the restored one.
    with restored.writing() as connection:
        after = connection.execute(select(generation.c.value)).scalar_one()
        connection.execute(update(generation).values(value=max(before, after) + 1))
        changed.note_everything(connection)
    restored.close()


def generation_of(store: Store) -> int:
    """The counter of changes."""
    with store.reading() as connection:
        value: int = connection.execute(select(generation.c.value)).scalar_one()
    return value


def check(path: Path, is_file: bool) -> None:
    """Refuse what is no backup, or a damaged one, before anything is touched."""
    try:
        with path.open("rb") as file:
            head = file.read(len(SQLITE_MAGIC))
    except OSError as error:
        raise StoreError(BROKEN.format(path=path, why=error.strerror)) from error
    if not head.startswith(SQLITE_MAGIC if is_file else DUMP_MAGIC):
        raise StoreError(NO_BACKUP.format(path=path))
    if is_file:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = check_file(connection, path)
        if found != "ok":
            raise StoreError(BROKEN.format(path=path, why=found))


def check_file(connection: sqlite3.Connection, path: Path) -> str:
    """What SQLite thinks of the file."""
    try:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise StoreError(BROKEN.format(path=path, why=error)) from error
    return str(found)


def copy_file(source: Path, target: Path) -> None:
    """SQLite's online backup: readers and writers go on, and the target changes in one transaction."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target, timeout=30)) as there:
        here.backup(there)


def run(command: list[str], url: URL) -> None:
    """One of PostgreSQL's own programs; the password goes by the environment, where no other user sees it."""
    given = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port,
        "PGUSER": url.username or url.query.get("user"),
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    environ = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    try:
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise StoreError(MISSING.format(program=command[0])) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["?"]
        raise StoreError(f"{command[0]}: {lines[-1]}")
