#!/usr/bin/env python3
"""Keeps a database of a released program as SQL, so that every later one can be tried on it.

    git archive COMMIT aggregator web | tar -x -C OLD
    python -m benchmarks.old_database OLD tests/data/store/v0008.sql

The program in OLD visits a small town twice, with changes in between; tables that this leaves empty are filled with
made-up rows that fit their columns. Made once, when the step after it is released; never again.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, delete, insert, inspect, select

from aggregator.store.engines import checked_url, is_sqlite, make_engine
from aggregator.store.migrating import MIGRATIONS, migrate
from aggregator.store.searching import INDEX

ROUNDS = ("2026-11-22T12:00:00+01:00", "2026-11-22T14:00:00+01:00")
TOWN = """\
site: {title: Kleinstadt, timezone: Europe/Berlin, base_url: "https://klein.example.org", contact: a@example.org}
initiatives:
  - id: chor
    name: Chor
    sources: [{id: chor, url: "file:chor.ics"}]
  - id: haus
    name: Haus am Markt
    sources: [{id: haus, url: "file:haus.ics", priority: platform}]
  - id: blog
    name: Grüne Gruppe
    sources: [{id: blog, url: "file:blog.xml"}]
"""
EVENT = "BEGIN:VEVENT\nUID:{}\nSUMMARY:{}\nDTSTART;TZID=Europe/Berlin:{}\nLOCATION:Haus am Markt\n{}END:VEVENT\n"
CONCERT = EVENT.format("konzert", "Konzert im Advent", "20261213T170000", "DESCRIPTION:Eintritt frei.\n")
REHEARSAL = EVENT.format("probe", "Probe", "20261124T193000", "RRULE:FREQ=WEEKLY;COUNT=4\n")
MOVED = EVENT.format("probe", "Probe im Saal", "20261201T200000", "RECURRENCE-ID;TZID=Europe/Berlin:20261201T193000\n")
FEAST = EVENT.format("fest", "Fest", "20261220T150000", "STATUS:CANCELLED\n")
BLOG = """<rss version="2.0"><channel><title>Blog</title><link>https://b.example.org</link><item>
<title>Helfende gesucht</title><link>https://b.example.org/1</link><guid>1</guid>
<description>Wir suchen Leute für den Garten.</description></item></channel></rss>"""

KEPT = Path(__file__).resolve().parents[1] / "tests" / "data" / "store"
VERSIONS = sorted(path.stem for path in KEPT.glob("v*.sql"))
Rows = dict[str, list[dict[str, Any]]]

# What a relink reads has to mean something.
MEANT = {("known_places", "fields"): '[{"name": "Haus am Markt"}]', ("defects", "fields"): "[]"}


def calendar(*events: str) -> str:
    return f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n"


def visit_town(program: Path, folder: Path) -> Path:
    """Let the old program fetch twice; returns its database."""
    (folder / "sources.yaml").write_text(TOWN, "utf-8")
    (folder / "blog.xml").write_text(BLOG, "utf-8")
    answers = ((calendar(CONCERT, REHEARSAL, MOVED), calendar(CONCERT)), (calendar(CONCERT, REHEARSAL, FEAST),) * 2)
    database = folder / "town.sqlite"
    for now, (choir, house) in zip(ROUNDS, answers, strict=True):
        (folder / "chor.ics").write_text(choir, "utf-8")
        (folder / "haus.ics").write_text(house.replace("Konzert", "Großes Konzert"), "utf-8")
        options = ["--sources", str(folder / "sources.yaml"), "--database", f"sqlite:///{database}", "--now", now]
        command = [sys.executable, "-m", "aggregator", *options, "refresh", "--force"]
        subprocess.run(command, cwd=program, env={**os.environ, "PYTHONPATH": str(program)}, check=True)
    return database


def fill_empty_tables(connection: Connection) -> None:
    """Two rows in every table that the visits left empty."""
    numbers = count(1)
    for table in tables_of(connection).sorted_tables:
        if connection.execute(select(table)).first() is None:
            rows = [made_up(connection, table, next(numbers)) for _ in range(2)]
            connection.execute(insert(table), rows)


def made_up(connection: Connection, table: Table, number: int) -> dict[str, Any]:
    """A row that fits the columns; what points to another table points to its first row."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if keys := list(column.foreign_keys):
            row[column.name] = connection.scalar(select(keys[0].column).order_by(keys[0].column).offset(number % 2))
        else:
            made_up = value_of(column.type.python_type, number)
            row[column.name] = MEANT.get((table.name, column.name), made_up)
    return row


def value_of(kind: type, number: int) -> object:
    """Something of that kind, different for each number."""
    if kind is dt.datetime:
        return dt.datetime(2026, 11, 22, number % 24, 30)
    if kind is dt.date:
        return dt.date(2026, 11, 1) + dt.timedelta(days=number)
    return {str: f"w{number}", bytes: b"w%d" % number, bool: number % 2 == 0, float: number + 0.5}.get(kind, number)


def kept_file(version: str, path: Path) -> Path:
    """The kept database as a file of SQLite, as it was."""
    with closing(sqlite3.connect(path)) as file:
        file.executescript((KEPT / f"{version}.sql").read_text("utf-8"))
        file.execute("PRAGMA journal_mode = WAL")
    return path


def steps_until(version: str, folder: Path) -> Path:
    """A folder with the steps up to that one only."""

    def later(_: object, names: list[str]) -> list[str]:
        return [name for name in names if name[1:5].isdigit() and name[:5] > version]

    return Path(shutil.copytree(MIGRATIONS, folder, ignore=later))


def put_old(version: str, url: str, folder: Path) -> None:
    """The kept database of that version in the empty database at `url`, with the tables of then."""
    address = checked_url(url)
    if is_sqlite(address):
        kept_file(version, Path(str(address.database)))
        return
    steps, kept = folder / f"steps-{version}", folder / f"kept-{version}.sqlite"
    migrate(address, steps if steps.exists() else steps_until(version, steps))
    with engine_of(f"sqlite:///{kept if kept.exists() else kept_file(version, kept)}") as file, engine_of(url) as there:
        copy_rows(rows_of(file), there)


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    engine = make_engine(checked_url(url))
    yield engine
    engine.dispose()


def tables_of(connection: Connection) -> MetaData:
    tables = MetaData()
    # SQLite's index of words keeps itself by triggers, and its inside cannot be read as rows.
    tables.reflect(connection, only=lambda name, _: not name.startswith(INDEX))
    return tables


def rows_of(engine: Engine) -> Rows:
    """Every row of every table, whatever its columns are."""
    with engine.connect() as connection:
        tables = tables_of(connection).sorted_tables
        ordered = [(table.name, select(table).order_by(*table.primary_key.columns)) for table in tables]
        return {name: [dict(row) for row in connection.execute(query).mappings()] for name, query in ordered}


def copy_rows(rows: Rows, engine: Engine) -> None:
    with engine.begin() as connection:
        for table in tables_of(connection).sorted_tables:
            connection.execute(delete(table))
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])


def main() -> None:
    program, kept = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    with TemporaryDirectory() as folder:
        database = visit_town(program, Path(folder))
        engine = create_engine(f"sqlite:///{database}")
        with engine.begin() as connection:
            fill_empty_tables(connection)
            print(kept.stem, len(inspect(connection).get_table_names()), "tables")
        engine.dispose()
        with sqlite3.connect(database) as file:
            kept.write_text("\n".join(file.iterdump()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
