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
import sqlite3
import subprocess
import sys
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, MetaData, Table, create_engine, insert, inspect, select

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
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
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
