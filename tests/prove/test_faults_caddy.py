"""docs/Caddyfile as it stands, with a real Caddy before a calendar that restarts: visitors wait a moment, no more."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from aggregator.clock import fixed_clock
from aggregator.store.database import open_store
from tests.web import town
from web.application import create_app

pytestmark = pytest.mark.prove

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "Caddyfile"
PATIENCE = 400


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(app: Flask, port: int) -> Iterator[None]:
    """The calendar at that port, as long as the block lasts."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    store = open_store(f"sqlite:///{tmp_path / 'town.sqlite'}", lambda: bytes(32))
    town.publish(store, town.settings())
    yield create_app(store, town.settings(), fixed_clock(town.NOW))
    store.close()


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Caddy's port, and the one where it looks for the calendar."""
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("Caddy is not installed")
    front, behind = free_port(), free_port()
    sample = SAMPLE.read_text("utf-8")
    for theirs, ours in (
        ("kalender.example.org {", f"http://127.0.0.1:{front} {{"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    ):
        assert sample.count(theirs) == 1
        sample = sample.replace(theirs, ours)
    written = tmp_path / "Caddyfile"
    written.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + sample, "utf-8")
    homes = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    command = [program, "run", "--config", str(written), "--adapter", "caddyfile"]
    with subprocess.Popen(command, env={**os.environ, **homes}, stderr=subprocess.DEVNULL) as process:
        for _ in range(PATIENCE):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", front)) == 0:
                    break
            Event().wait(0.05)
        yield front, behind
        process.terminate()


def asked(port: int, path: str) -> tuple[int, bytes, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return answer.status, answer.read(), answer.headers["ETag"]


def test_caddy_shows_what_the_calendar_says(app: Flask, ports: tuple[int, int]) -> None:
    with served(app, ports[1]):
        through, direct = (asked(port, "/calendar.ics") for port in ports)
    assert through == direct


def test_who_comes_while_the_calendar_restarts_waits_for_it(app: Flask, ports: tuple[int, int]) -> None:
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(asked, ports[0], "/calendar.ics")
        with served(app, ports[1]):
            assert coming.result()[0] == 200
