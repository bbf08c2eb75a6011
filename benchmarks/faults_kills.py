#!/usr/bin/env python3
"""Kills the program at random moments, hundreds of times, and looks each time whether anything was lost.

    python -m benchmarks.faults_kills sqlite 400                    fetch, import and match
    python -m benchmarks.faults_kills postgresql 100 postgresql://… two workers, an empty database
    python -m benchmarks.kill_migrations 100 [postgresql://…]       on the way from old databases to today's

The seed is 8 unless SEED says otherwise. Prints what was killed where, and everything that was wrong;
VICTIMS_LOG names a file for what the killed processes wrote.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition, Thread

from benchmarks.kill_model import SOURCES, Feeds, complaints, serving, unpublished

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0
# After which sign the blow falls, and how many seconds later at most: about as long as that step takes.
MOMENTS = {"born": 0.25, "fetching": 0.06, "importing": 0.03, "matching": 0.15}
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
            tally = kill_refreshes(folder, kills, chance)
        else:
            tally = kill_workers(folder, kills, chance, sys.argv[3])
        print(tally.told())
        print(f"{time.monotonic() - began:.0f} s")
        if kept := os.environ.get("VICTIMS_LOG"):
            shutil.copyfile(folder / "victims.log", kept)
    sys.exit(bool(tally.wrong))


if __name__ == "__main__":
    main()
