"""The hostile feed server beside the checkout, started on the loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

FOLDER = Path(__file__).resolve().parents[4] / "shared/hostile"
# All dates of the server's events count from here, so that a run of today is the run of next year.
TODAY = "2026-11-22"


@dataclass(frozen=True)
class HostileServer:
    """The running server, asked for its own controls."""

    base: str

    @property
    def origin(self) -> str:
        """`host:port`, the one exemption from the address rule."""
        return self.base.removeprefix("http://")

    def ask(self, path: str) -> Any:
        with build_opener(ProxyHandler({})).open(self.base + path, timeout=30) as answer:
            return json.load(answer)

    def cases(self) -> list[dict[str, Any]]:
        return self.ask("/_routes")

    def scenarios(self) -> list[dict[str, Any]]:
        return self.ask("/_scenarios")

    def canary(self) -> list[dict[str, Any]]:
        """Every request that reached a listener which must never be asked."""
        return self.ask("/_canary")

    def requests(self, mark: str) -> list[dict[str, Any]]:
        """The requests whose address holds the mark."""
        return [each for each in self.ask("/_log")["requests"] if mark in each["path"]]

    def crowd_peak(self) -> int:
        return self.ask("/_log")["crowd_peak"]

    def set_live(self, name: str, case: str) -> None:
        """From now on /live/<name> serves this case."""
        self.ask(f"/_set/{name}/{case}")


@contextmanager
def running() -> Iterator[HostileServer]:
    command = [sys.executable, "-u", str(FOLDER / "server.py"), "--now", TODAY, "--scale", "full"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield HostileServer(json.loads(process.stdout.readline())["base"])
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
