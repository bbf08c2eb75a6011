"""A calendar with real processes, whose disk, database or network can be taken away; told and seen from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from benchmarks.faults_kills import write_town
from benchmarks.kill_model import Feeds, serving
from benchmarks.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0
EVENTS = "/api/v1/events?from=2027-01-01&limit=200"


@dataclass
class FaultyTown:
    """Pages on `port`; the others refresh. Each is ended by the id it was started with."""

    folder: Path
    feeds: Feeds
    port: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.folder / "processes.log"

    def start(self, program: list[str], url: str, *command: str) -> None:
        options = ["--sources", str(self.folder / "sources.yaml"), "--database", url]
        with self.log.open("ab") as log:
            full = [sys.executable, *program, *options, *command]
            environment = {**os.environ, "SECRET_KEY": "k" * 32, "PYTHONPATH": str(ROOT)}
            self.running.append(subprocess.Popen(full, cwd=ROOT, env=environment, stdout=log, stderr=log))

    def start_pages(self, url: str) -> None:
        self.start(["-m", "aggregator"], url, "serve", "--no-refresh", "--port", str(self.port))

    def start_refreshing(self, url: str, *command: str) -> None:
        self.start(["tests/prove/impatient.py"], url, *command)

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def all_live(self) -> bool:
        return all(process.poll() is None for process in self.running)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def state(self) -> dict[str, Any]:
        """What `/readyz` says."""
        status, text = self.get("/readyz")
        return {**json.loads(text), "code": status} if status else {"code": 0}

    def say_something_new(self) -> int:
        """The version of the first feed that the calendar should show next."""
        self.feeds.versions[0] += 1
        return self.feeds.versions[0]

    def shows(self, version: int) -> bool:
        return f"Reihe 0 Abend 0 Fassung {version}" in self.get(EVENTS)[1]

    def must(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds."""
        assert within(PATIENCE, holds), self.log.read_text("utf-8")[-4000:]

    def must_show(self, version: int) -> None:
        self.must(lambda: self.shows(version))

    def must_rest(self) -> None:
        """Wait until no feed has been asked for two seconds, four times as long as they usually wait."""

        def is_at_rest() -> bool:
            asked = self.feeds.asked
            Event().wait(2)
            return self.feeds.asked == asked

        self.must(is_at_rest)


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        Event().wait(0.2)
    return False


@contextmanager
def faulty_town(folder: Path) -> Iterator[FaultyTown]:
    """A town of twelve feeds that say something new only when told to."""
    feeds = Feeds(Random(8), is_moving=False)
    with serving(feeds) as origin:
        write_town(folder, origin)
        known = FaultyTown(folder, feeds)
        try:
            yield known
        finally:
            known.stop()
