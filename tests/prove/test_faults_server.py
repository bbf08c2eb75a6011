"""PostgreSQL goes away and comes back, or the way to it is cut: pages or an honest page, and nobody has to help."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import pytest

from tests.postgresql import DEBIAN_SERVERS, start_debian_server
from tests.prove.faulty_town import FaultyTown, faulty_town

pytestmark = pytest.mark.prove

WORK = ("work", "--give-up-after", "20")


@dataclass
class Server:
    """A PostgreSQL of our own, reached by the socket in `home`."""

    home: Path
    stop: list[str]

    @property
    def url(self) -> str:
        return f"postgresql:///postgres?host={self.home}&user=postgres"

    def restart(self) -> None:
        """As after a crash: all connections are cut, what was not committed is gone."""
        command = [*self.stop[:-1], "-l", str(self.home / "log"), "restart"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def server(require: Callable[[str], NoReturn]) -> Iterator[Server]:
    """One that no other test needs."""
    if os.environ.get("TEST_DATABASE_URL") or not (versions := sorted(DEBIAN_SERVERS.glob("[0-9]*"))):
        require("a PostgreSQL that may be restarted: install Debian's postgresql")
    folder = Path(tempfile.mkdtemp(prefix="buendel-server-"))
    try:
        known: dict[str, Any] = start_debian_server(versions[-1], folder)
        yield Server(folder / "postgresql", known["stop"])
        subprocess.run(known["stop"], check=True, stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Wire:
    """A port of the loopback that leads to a server's socket, and can be cut."""

    goal: str
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    ends: list[socket.socket] = field(default_factory=list)
    is_whole: bool = True

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def live(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self.listener.accept()
                if not self.is_whole:
                    here.close()
                    continue
                there = socket.socket(socket.AF_UNIX)
                there.connect(self.goal)
                self.ends += [here, there]
                for one, other in ((here, there), (there, here)):
                    Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """From now on nothing passes, and nobody gets through."""
        self.is_whole = False
        for end in self.ends:
            with suppress(OSError), end:
                end.shutdown(socket.SHUT_RDWR)
        self.ends.clear()

    def mend(self) -> None:
        self.is_whole = True


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    known = Wire(str(server.home / ".s.PGSQL.5432"))
    Thread(target=known.live, daemon=True).start()
    yield known
    known.cut()
    known.listener.close()


@pytest.fixture
def town(server: Server, tmp_path: Path) -> Iterator[FaultyTown]:
    with faulty_town(tmp_path) as known:
        known.start_pages(server.url)
        known.must(lambda: known.get("/healthz")[0] == 200)
        yield known


@contextmanager
def visitors(town: FaultyTown) -> Iterator[Counter[int]]:
    """Somebody who asks for a page again and again; counts the answers by their status."""
    seen: Counter[int] = Counter()
    over = threading.Event()

    def visit() -> None:
        while not over.wait(0.02):
            seen[town.get("/sources")[0]] += 1

    thread = Thread(target=visit, daemon=True)
    thread.start()
    yield seen
    over.set()
    thread.join()


def test_a_postgresql_that_is_restarted_under_load_is_found_again(town: FaultyTown, server: Server) -> None:
    for _ in range(2):
        town.start_refreshing(server.url, *WORK)
    town.must_show(1)
    with visitors(town) as seen:
        for _ in range(2):
            server.restart()
            news = town.say_something_new()
            town.must_show(news)
    print(f"PostgreSQL restarted twice: {dict(seen)}")
    assert set(seen) <= {200, 503}
    assert town.state()["code"] == 200
    assert town.all_live()


def test_workers_whose_way_to_the_database_is_cut_go_on_when_it_is_mended(town: FaultyTown, wire: Wire) -> None:
    url = f"postgresql://postgres@127.0.0.1:{wire.port}/postgres"
    for _ in range(2):
        town.start_refreshing(url, *WORK)
    town.must_show(1)
    wire.cut()
    news = town.say_something_new()
    town.must_rest()
    assert town.shows(1)
    wire.mend()
    town.must_show(news)
    assert town.all_live()
