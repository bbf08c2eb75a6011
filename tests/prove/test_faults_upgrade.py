"""Databases of every step there ever was, as programs of then left them, come forward whole or stay as they were."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from aggregator.config.loading import load_settings
from aggregator.model.filters import EventFilter
from aggregator.pipeline.relink import relink
from aggregator.store import queries
from aggregator.store.configuration import sync
from aggregator.store.database import Store, open_store
from aggregator.store.engines import checked_url
from aggregator.store.migrating import MIGRATIONS, known_revisions, migrate
from benchmarks.old_database import TOWN, VERSIONS, Rows, engine_of, kept_file, put_old, rows_of, steps_until

pytestmark = pytest.mark.prove

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
# The third step has the next relink write every event anew.
REWRITTEN = {("events", "digest")}
# The fourteenth step empties it; what it holds follows from the events.
MADE_ANEW = {"alembic_version", "feed_blocks"}
FAILING = "revision = '9999'\ndown_revision = '{}'\n\ndef upgrade():\n    1 / 0\n"
STARTING = "import sys; from aggregator.store.database import open_store; open_store(sys.argv[1]).close()"


@pytest.fixture
def old_database(databases: Any, tmp_path: Path) -> Callable[[str], str]:
    """Make the database of a version; returns its address."""

    def make(version: str) -> str:
        url = str(databases.empty())
        put_old(version, url, tmp_path)
        return url

    return make


def as_before(rows: Rows, then: Rows) -> Rows:
    """What is stored now, in the tables and columns of then."""
    names = {table: entries[0].keys() for table, entries in then.items() if entries and table not in MADE_ANEW}
    return {
        table: [{name: row[name] for name in names[table] if (table, name) not in REWRITTEN} for row in rows[table]]
        for table in names
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_every_row_of_an_old_database_is_there_afterwards(old_database, version: str) -> None:
    url = old_database(version)
    with engine_of(url) as engine:
        before = rows_of(engine)
        open_store(url).close()
        after = rows_of(engine)
    assert min(len(before[name]) for name in ("sources", "records", "events", "identities", "fetch_log")) >= 2
    assert as_before(after, before) == as_before(before, before)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_calendar_of_an_old_database_goes_on(old_database, tmp_path: Path, version: str) -> None:
    url = old_database(version)
    with engine_of(url) as engine:
        stored = rows_of(engine)
    shown = {row["id"] for row in stored["events"]}
    known = {(row["id"], row["uid"]) for row in stored["identities"] if row["id"] in shown}
    for name in ("chor.ics", "haus.ics", "blog.xml"):
        (tmp_path / name).touch()
    (tmp_path / "sources.yaml").write_text(TOWN, "utf-8")
    settings = load_settings(tmp_path / "sources.yaml", {})
    with closing(open_store(url)) as store:
        with store.writing() as connection:
            sync(connection, settings)
        relink(store, settings, NOW, whole=True)
        assert calendar_of(store) == known


def calendar_of(store: Store) -> set[tuple[str, str]]:
    with store.reading() as connection:
        published = queries.feed_events(connection, EventFilter())
    return {(one.identity.id, one.identity.uid) for one in published}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_steps_of_today_make_the_tables_of_then(sqlite_databases, tmp_path: Path, version: str) -> None:
    url = str(sqlite_databases.empty())
    migrate(checked_url(url), steps_until(version, tmp_path / "steps"))
    then = kept_file(version, tmp_path / "kept.sqlite")
    assert described(Path(str(make_url(url).database))) == described(then)


def described(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as file:
        return {" ".join(sql.split()) for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")}


@pytest.mark.parametrize("version", [VERSIONS[0], VERSIONS[-2]])
def test_processes_that_start_together_on_an_old_database_all_come_up(old_database, version: str) -> None:
    url = old_database(version)
    command = [sys.executable, "-c", STARTING, url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate(timeout=120)[1] for process in started] == [""] * 4
    assert [process.returncode for process in started] == [0] * 4
    with engine_of(url) as engine:
        assert rows_of(engine)["alembic_version"] == [{"version_num": known_revisions(MIGRATIONS)[-1]}]


@pytest.mark.parametrize("version", [VERSIONS[0], VERSIONS[-2]])
def test_steps_of_which_the_last_fails_leave_the_old_database(old_database, tmp_path: Path, version: str) -> None:
    url = old_database(version)
    steps = Path(shutil.copytree(MIGRATIONS, tmp_path / "broken"))
    (steps / "versions" / "v9999_broken.py").write_text(FAILING.format(known_revisions(MIGRATIONS)[-1]), "utf-8")
    with engine_of(url) as engine:
        before = rows_of(engine)
        with pytest.raises(ZeroDivisionError):
            migrate(checked_url(url), steps)
        assert rows_of(engine) == before
    open_store(url).close()


def test_no_step_in_between_lacks_its_database() -> None:
    assert [version[1:] for version in VERSIONS] == list(known_revisions(MIGRATIONS))[: len(VERSIONS)]
