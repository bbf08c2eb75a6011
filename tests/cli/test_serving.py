"""`serve` and `run` as an operator starts and stops them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import NOW, ROOT, Keyboard

Start = Callable[..., "subprocess.Popen[str]"]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def start(keyboard: Keyboard) -> Iterator[Start]:
    """Starts a command that keeps running; it is ended with the test by the id it was started with."""
    started: list[subprocess.Popen[str]] = []

    def popen(*words: str) -> subprocess.Popen[str]:
        options = ["--sources", str(keyboard.folder / "sources.yaml"), "--now", NOW]
        options += ["--database", f"sqlite:///{keyboard.folder / 'town.sqlite'}"]
        program = subprocess.Popen(
            [sys.executable, "-m", "aggregator", *options, *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(program)
        return program

    yield popen
    for program in started:
        program.kill()
        program.communicate()


def announced(program: subprocess.Popen[str]) -> str:
    """The line with the address, which comes when the pages can be asked."""
    assert program.stdout is not None
    return program.stdout.readline()


def get(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return json.load(answer) if "json" in answer.headers["Content-Type"] else answer.read()


def children_of(pid: int) -> list[str]:
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return listing.stdout.split()


def test_serve_prints_its_address_and_ends_cleanly_with_ctrl_c(keyboard: Keyboard, start: Start) -> None:
    keyboard.type("refresh")
    port = free_port()
    program = start("serve", "--port", str(port))
    assert f"http://127.0.0.1:{port}" in announced(program)
    assert len(get(port, "/api/v1/events")["events"]) == 2
    family = children_of(program.pid)
    assert len(family) == 2
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=30)
    assert (program.returncode, "Traceback" in errors) == (0, False)
    assert [child for child in family if Path(f"/proc/{child}").exists()] == []


@pytest.mark.prove
def test_the_scheduler_beside_the_pages_fetches_what_is_due(keyboard: Keyboard, start: Start) -> None:
    program = start("run")
    assert program.stderr is not None
    told = [program.stderr.readline() for _ in range(2)]
    assert sorted(line.split("source=")[1].split()[0] for line in told) == ["chor", "zeitung"]
    program.terminate()
    assert program.wait(timeout=30) == 0


@pytest.mark.prove
def test_a_second_process_may_not_fetch_on_sqlite(keyboard: Keyboard, start: Start) -> None:
    program = start("run")
    assert program.stderr is not None
    program.stderr.readline()
    done = keyboard.type("refresh")
    assert done.returncode == 2
    assert "fetch" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.prove
def test_pages_only_never_fetch(keyboard: Keyboard, start: Start) -> None:
    port = free_port()
    program = start("serve", "--no-refresh", "--port", str(port))
    announced(program)
    assert get(port, "/api/v1/events")["events"] == []
    assert keyboard.type("refresh").returncode == 0
    assert len(get(port, "/api/v1/events")["events"]) == 2
