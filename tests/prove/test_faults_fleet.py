"""Two real workers on one PostgreSQL: nothing is asked twice, and what a dead one left undone others do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aggregator.store import events, sources
from aggregator.store.database import Store, open_store

pytestmark = pytest.mark.prove

ROOT = Path(__file__).resolve().parents[2]
SOURCES = 12
PATIENCE = 120.0
EVENT = "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:Abend {0}\r\nDTSTART:20261201T{1:02}0000Z\r\nEND:VEVENT\r\n"
ENTRY = f"BEGIN:VCALENDAR\r\n{EVENT}END:VCALENDAR\r\n"


@dataclass
class Feeds:
    """Answers each source with one event; holds back those asked to hang, and notes who overlaps."""

    origin: str = ""
    visits: list[str] = field(default_factory=list)
    held_back: set[str] = field(default_factory=set)
    let_go: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    together: dict[str, int] = field(default_factory=dict)
    most_together: int = 0

    def answer(self, path: str) -> bytes:
        with self.lock:
            self.visits.append(path)
            self.together[path] = self.together.get(path, 0) + 1
            self.most_together = max(self.most_together, self.together[path])
        if path in self.held_back:
            self.let_go.wait(PATIENCE)
        with self.lock:
            self.together[path] -= 1
        number = int(path.strip("/"))
        return ENTRY.format(number, number % 24).encode()


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    known = Feeds()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = known.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.origin = f"127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield known
    known.let_go.set()
    listener.shutdown()
    listener.server_close()


@dataclass
class Fleet:
    """Workers that share one database; each is ended by the id it was started with."""

    store: Store
    command: list[str]
    log: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            self.running.append(subprocess.Popen(self.command, cwd=ROOT, stdout=log, stderr=log))
        return self.running[-1]

    def visited(self) -> set[str]:
        with self.store.reading() as connection:
            return {source.id for source, state in sources.load_active(connection) if state.last_success_at}

    def shown(self) -> int:
        with self.store.reading() as connection:
            return len(events.load_members(connection))

    def until(self, holds: Callable[[], bool]) -> bool:
        """Whether it came to hold, within the patience of this proof."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if holds():
                return True
            threading.Event().wait(0.2)
        return False


@pytest.fixture
def fleet(tmp_path: Path, feeds: Feeds, postgresql_databases) -> Iterator[Fleet]:
    entries = [
        {"id": f"s{n}", "name": f"S {n}", "sources": [{"id": f"s{n}", "url": f"http://{feeds.origin}/{n}"}]}
        for n in range(SOURCES)
    ]
    site = {"title": "Kleinstadt", "timezone": "Europe/Berlin", "base_url": "https://klein.example.org"}
    town = {"site": site, "fetch": {"allow_origins": [feeds.origin]}, "initiatives": entries}
    (tmp_path / "sources.yaml").write_text(json.dumps(town), "utf-8")
    url = postgresql_databases.migrated()
    command = [sys.executable, "-m", "aggregator", "--sources", str(tmp_path / "sources.yaml"), "--database", url]
    store = open_store(url)
    known = Fleet(store, [*command, "work", "--give-up-after", "20"], tmp_path / "work.log")
    yield known
    for worker in known.running:
        worker.send_signal(signal.SIGCONT)
        worker.kill()
        worker.wait()
    store.close()


def test_two_workers_ask_every_source_once(fleet: Fleet, feeds: Feeds) -> None:
    fleet.start()
    fleet.start()
    assert fleet.until(lambda: len(fleet.visited()) == SOURCES and fleet.shown() == SOURCES), fleet.log.read_text()
    assert sorted(feeds.visits) == sorted(f"/{number}" for number in range(SOURCES))


def test_a_worker_ends_in_time_when_asked_to(fleet: Fleet, feeds: Feeds) -> None:
    worker = fleet.start()
    assert fleet.until(lambda: len(fleet.visited()) == SOURCES)
    worker.terminate()
    assert worker.wait(30) == 0


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_what_a_lost_worker_held_is_done_by_another(fleet: Fleet, feeds: Feeds, fault: signal.Signals) -> None:
    feeds.held_back = {"/3"}
    lost = fleet.start()
    assert fleet.until(lambda: "/3" in feeds.visits), fleet.log.read_text()
    os.kill(lost.pid, fault)
    feeds.held_back = set()
    fleet.start()
    assert fleet.until(lambda: len(fleet.visited()) == SOURCES), fleet.log.read_text()
    if fault is signal.SIGSTOP:
        feeds.let_go.set()
        lost.send_signal(signal.SIGCONT)
    assert fleet.until(lambda: fleet.shown() == SOURCES)
