#!/usr/bin/env python3
"""Kills the program on its way from an old database to today's, and looks whether that happened whole or not at all.

    python -m benchmarks.kill_migrations 100                    SQLite
    python -m benchmarks.kill_migrations 100 postgresql://…     everything in that database is deleted, again and again

Begins with the kept databases of earlier programs; the seed is 8 unless SEED says otherwise.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from aggregator.store.engines import checked_url, is_sqlite
from aggregator.store.migrating import MIGRATIONS, known_revisions
from benchmarks.faults_kills import PATIENCE, Tally, strike, victims_of
from benchmarks.old_database import VERSIONS, Rows, engine_of, put_old, rows_of

# After the process has begun; at most about as long as all steps take.
MIGRATING = 0.6
VERSION = "alembic_version"
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
# The fourteenth step empties it; what it holds follows from the events.
MADE_ANEW = "feed_blocks"


def kill_migrations(folder: Path, kills: int, chance: random.Random, url: str = "") -> Tally:
    """Old databases of every version, each killed on its way to today's; on SQLite unless `url` says otherwise."""
    tally, url = Tally(), url or f"sqlite:///{folder / 'old.sqlite'}"
    with victims_of(folder, "127.0.0.1:9") as known:
        for _ in range(kills):
            version = chance.choice(VERSIONS)
            empty(url)
            put_old(version, url, folder)
            before = stored(url)
            process = known.start("migrate", url)
            known.await_sign(process, "migrating")
            strike(known, process, chance.uniform(0, MIGRATING))
            tally.kills["migrating" if "migrated" not in known.lines[process] else "migrated"] += 1
            await_servers(url)
            tally.wrong += half_done(before, stored(url))
            assert known.await_sign(known.start("migrate", url), "migrated")
            tally.wrong += half_done(before, stored(url), must_be_done=True)
    return tally


def empty(url: str) -> None:
    """Nothing is left at the address."""
    address = checked_url(url)
    if is_sqlite(address):
        path = Path(str(address.database))
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        return
    with engine_of(url) as engine, engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def await_servers(url: str) -> None:
    """PostgreSQL undoes a dead process's work when it notices its death; until then it may still be at it."""
    end = time.monotonic() + PATIENCE
    with engine_of(url) as engine:
        while not is_sqlite(checked_url(url)) and time.monotonic() < end:
            with engine.connect() as connection:
                if not connection.scalar(text(OTHERS)):
                    return
            time.sleep(0.05)


def stored(url: str) -> Rows:
    """Every row of every table; a broken file says so by raising."""
    with engine_of(url) as engine:
        if is_sqlite(checked_url(url)):
            with engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        return rows_of(engine)


def half_done(before: Rows, after: Rows, must_be_done: bool = False) -> list[str]:
    """What is wrong if neither nothing nor everything has happened."""
    if after[VERSION] == before[VERSION]:
        if must_be_done:
            return [f"it stays at {before[VERSION]}"]
        return [] if after == before else ["a step was half taken"]
    wrong = (
        []
        if after[VERSION] == [{"version_num": known_revisions(MIGRATIONS)[-1]}]
        else [f"it stopped at {after[VERSION]}"]
    )
    lost = {name for name, rows in before.items() if len(after.get(name, ())) < len(rows) and name != MADE_ANEW}
    return [*wrong, f"rows are lost: {lost}"] if lost else wrong


def main() -> None:
    kills, url = int(sys.argv[1]), (sys.argv[2:] or [""])[0]
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        tally = kill_migrations(Path(folder), kills, random.Random(int(os.environ.get("SEED", "8"))), url)
    print(f"{tally.told()}; {time.monotonic() - began:.0f} s")
    sys.exit(bool(tally.wrong))


if __name__ == "__main__":
    main()
