#!/usr/bin/env python3
"""Kills the program at random moments, hundreds of times, and looks each time whether anything was lost.

    python -m benchmarks.faults_kills sqlite 500                    fetch, import, match and migrate
    python -m benchmarks.faults_kills postgresql 100 postgresql://… two workers, an empty database

The seed is 8 unless SEED says otherwise. Prints what was killed where, and everything that was wrong.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition, Thread

from benchmarks.kill_model import SOURCES, Feeds, asking, complaints, serving, unpublished

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "data" / "store"
PATIENCE = 120.0
# After which sign the blow falls, and how many seconds later at most: about as long as that step takes.
MOMENTS = {"born": 0.25, "fetching": 0.06, "importing": 0.03, "matching": 0.15}
MIGRATING = 0.3
# So often the next process is let come to its end, and the whole calendar is compared.
COMPARED_EVERY = 5


@dataclass
class Victims:
    """Processes to kill, and the signs of life they gave."""

    parent: subprocess.Popen[str]
    lines: dict[int, list[str]] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    news: Condition = field(default_factory=Condition)
    started: list[int] = field(default_factory=list)

    def listen(self) -> None:
        for line in self.parent.stdout or ():
            number, *words = line.split()
            with self.news:
                if words[0] == "pid":
                    self.started.append(int(number))
                elif words[0] == "imported" and words[2] != "-":
                    source = int(words[1][1:])
                    self.seen[source] = max(self.seen.get(source, 0), int(words[2]))
                self.lines.setdefault(int(number), []).append(words[0])
                self.news.notify_all()

    def start(self, task: str, url: str) -> int:
        """The id of a new process."""
        before = len(self.started)
        assert self.parent.stdin
        self.parent.stdin.write(f"{task} {url}\n")
        self.parent.stdin.flush()
        with self.news:
            assert self.news.wait_for(lambda: len(self.started) > before, PATIENCE)
            return self.started[-1]

    def await_sign(self, process: int, sign: str, more: int = 0) -> bool:
        """Whether it gave that sign, `more` times again after it was asked for."""
        with self.news:
            wanted = self.lines.get(process, []).count(sign) + more if more else 1
            return self.news.wait_for(lambda: self.lines.get(process, []).count(sign) >= wanted, PATIENCE)

    def was_writing(self, process: int) -> bool:
        """Whether it died in the middle of an import."""
        signs = Counter(self.lines[process])
        return signs["importing"] > signs["imported"]


@contextmanager
def victims(folder: Path) -> Iterator[Victims]:
    command = [sys.executable, "-m", "benchmarks.kill_victims", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        known = Victims(parent)
        Thread(target=known.listen, daemon=True).start()
        try:
            assert known.await_sign(parent.pid, "ready")
            yield known
        finally:
            assert parent.stdin
            parent.stdin.close()
            parent.wait(PATIENCE)


@dataclass
class Tally:
    """What came of a series."""

    kills: Counter[str] = field(default_factory=Counter)
    in_a_write: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self) -> str:
        counted = ", ".join(f"{number} {moment}" for moment, number in sorted(self.kills.items()))
        return f"{self.kills.total()} kills ({counted}; {self.in_a_write} with an import not committed): " + (
            f"{len(self.wrong)} wrong: {self.wrong[:5]}" if self.wrong else "nothing lost, nothing half, nothing broken"
        )


def write_town(folder: Path, origin: str) -> None:
    entries = [
        {"id": f"i{n}", "name": f"Reihe {n}", "sources": [{"id": f"s{n}", "url": f"http://{origin}/{n}"}]}
        for n in range(SOURCES)
    ]
    site = {"title": "Kleinstadt", "timezone": "Europe/Berlin", "base_url": "https://klein.example.org"}
    town = {"site": site, "fetch": {"allow_origins": [origin]}, "initiatives": entries}
    (folder / "sources.yaml").write_text(json.dumps(town), "utf-8")


def kill_refreshes(folder: Path, kills: int, chance: random.Random) -> Tally:
    """One process after the other on SQLite, each killed somewhere in its rounds."""
    feeds, tally, url = Feeds(chance), Tally(), f"sqlite:///{folder / 'town.sqlite'}"
    with serving(feeds) as origin, victims_of(folder, origin) as known:
        finished(known, url)
        for turn in range(kills):
            moment = chance.choice(list(MOMENTS))
            process = known.start("fetch", url)
            known.await_sign(process, moment)
            strike(known, process, chance.uniform(0, MOMENTS[moment]))
            tally.kills[moment] += 1
            tally.in_a_write += known.was_writing(process)
            tally.wrong += complaints(url, dict(known.seen), feeds)
            if turn % COMPARED_EVERY == 0 or turn == kills - 1:
                tally.wrong += compared(known, url, feeds)
    return tally


@contextmanager
def victims_of(folder: Path, origin: str) -> Iterator[Victims]:
    write_town(folder, origin)
    with victims(folder) as known:
        yield known


def finished(known: Victims, url: str) -> None:
    assert known.await_sign(known.start("finish", url), "done")


def compared(known: Victims, url: str, feeds: Feeds) -> list[str]:
    """Nothing new is said while one process comes to its end; then the calendar is what the feeds say."""
    feeds.is_moving = False
    finished(known, url)
    feeds.is_moving = True
    return [*complaints(url, dict(known.seen), feeds), *unpublished(url, feeds)]


def strike(known: Victims, process: int, after: float) -> None:
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    # Its last words are in the pipe already; the parent tells us when it starts the next one.
    time.sleep(0.02)


def kill_migrations(folder: Path, kills: int, chance: random.Random) -> Tally:
    """Old databases of every version, each killed on its way to today's."""
    tally, path = Tally(), folder / "old.sqlite"
    with victims_of(folder, "127.0.0.1:9") as known:
        for _ in range(kills):
            version = chance.choice(sorted(KEPT.glob("v*.sql")))
            for old in folder.glob("old.sqlite*"):
                old.unlink()
            with closing(sqlite3.connect(path)) as file:
                file.executescript(version.read_text("utf-8"))
            before = contents(path)
            process = known.start("migrate", f"sqlite:///{path}")
            known.await_sign(process, "migrating")
            strike(known, process, chance.uniform(0, MIGRATING))
            tally.kills["migrating" if "migrated" not in known.lines[process] else "migrated"] += 1
            tally.wrong += after_migration(path, before)
            assert known.await_sign(known.start("migrate", f"sqlite:///{path}"), "migrated")
            tally.wrong += after_migration(path, before)
    return tally


def contents(path: Path) -> dict[str, set[str]]:
    """Tables and their rows, and the columns of each."""
    with closing(sqlite3.connect(path)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {repr(row) for row in file.execute(f"SELECT * FROM {name}")} for name in names}


def after_migration(path: Path, before: dict[str, set[str]]) -> list[str]:
    """Either nothing has happened or everything."""
    with asking(f"sqlite:///{path}") as asked:
        wrong = [str(row) for row in asked("PRAGMA integrity_check") if row != ("ok",)]
    after, newest = contents(path), sorted(KEPT.parents[2].glob("aggregator/store/migrations/versions/v*_*.py"))[-1]
    if after["alembic_version"] == before["alembic_version"]:
        return wrong if after == before else [*wrong, "a step was half taken"]
    if after["alembic_version"] != {repr((newest.name[1:5],))}:
        wrong.append(f"stopped at {after['alembic_version']}")
    lost = {name for name, rows in before.items() if len(after.get(name, ())) < len(rows)}
    return [*wrong, f"rows lost: {lost}"] if lost else wrong


def kill_workers(folder: Path, kills: int, chance: random.Random, url: str) -> Tally:
    """Two workers on PostgreSQL; one of them is killed and replaced, again and again."""
    feeds, tally = Feeds(chance), Tally()
    with serving(feeds) as origin, victims_of(folder, origin) as known:
        finished(known, url)
        workers = [known.start("work", url), known.start("work", url)]
        for _ in range(kills):
            at, moment = chance.randrange(2), chance.choice(["fetching", "importing", "matching"])
            known.await_sign(workers[at], moment, more=1)
            strike(known, workers[at], chance.uniform(0, MOMENTS[moment]))
            tally.kills[moment] += 1
            tally.in_a_write += known.was_writing(workers[at])
            tally.wrong += complaints(url, dict(known.seen), feeds)
            workers[at] = known.start("work", url)
        feeds.is_moving = False
        tally.wrong += settled(url, feeds)
    return tally


def settled(url: str, feeds: Feeds) -> list[str]:
    """What is still different once the workers had time to catch up."""
    end = time.monotonic() + PATIENCE
    while (different := unpublished(url, feeds)) and time.monotonic() < end:
        time.sleep(0.5)
    return different


def main() -> None:
    kind, kills, chance = sys.argv[1], int(sys.argv[2]), random.Random(int(os.environ.get("SEED", "8")))
    with TemporaryDirectory() as name:
        folder = Path(name)
        began = time.monotonic()
        if kind == "sqlite":
            migrations = kills // 5
            tallies = [kill_refreshes(folder, kills - migrations, chance), kill_migrations(folder, migrations, chance)]
        else:
            tallies = [kill_workers(folder, kills, chance, sys.argv[3])]
        for tally in tallies:
            print(tally.told())
        print(f"{time.monotonic() - began:.0f} s")
        shutil.copy(folder / "victims.log", Path(os.environ.get("VICTIMS_LOG", os.devnull)))
    sys.exit(any(tally.wrong for tally in tallies))


if __name__ == "__main__":
    main()
