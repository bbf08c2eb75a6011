"""Visitors who come at a steady rate, whatever the server does; in a process of their own, as in life.

    python -m benchmarks.visitors PORT RATE SECONDS PATH…

Sixteen kept connections ask the paths by turns, every second time with what they were told last (If-None-Match). How
long one waited counts from the moment when it was due, not from when a connection was free. Prints one line of JSON:
the waits in milliseconds (median, 95 and 99 %, most), statuses, and whatever went wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, RemoteDisconnected
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VISITORS = 16
PATIENCE = 30.0


@dataclass
class Crowd:
    """What is asked, when, and what came of it."""

    port: int
    rate: float
    paths: list[str]
    begin: float
    numbers: range
    waits: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    next: int = 0

    def turn(self) -> int | None:
        """The number of the next visit."""
        with self.lock:
            self.next += 1
            return self.next - 1 if self.next <= len(self.numbers) else None

    def visitor(self) -> None:
        """Ask over one connection as long as there are visits left."""
        connection, known = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE), dict[str, str]()
        while (number := self.turn()) is not None:
            due = self.begin + number / self.rate
            time.sleep(max(0.0, due - time.perf_counter()))
            path = self.paths[number % len(self.paths)]
            validator = {"If-None-Match": known[path]} if number // len(self.paths) % 2 and path in known else {}
            try:
                outcome, known[path] = answered(connection, path, {"Accept-Encoding": "gzip", **validator})
            except (OSError, HTTPException) as error:
                connection.close()
                outcome = type(error).__name__
            with self.lock:
                self.waits.append(time.perf_counter() - due)
                self.outcomes[outcome] += 1


def answered(connection: HTTPConnection, path: str, headers: dict[str, str]) -> tuple[str, str]:
    """Status and ETag; where a kept connection was closed while it rested, a new one is asked, as browsers do."""
    is_fresh = connection.sock is None
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
    except (RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        connection.close()
        if is_fresh:
            raise
        return answered(connection, path, headers)
    answer.read()
    return str(answer.status), answer.headers.get("ETag", "")


def visits(port: int, rate: float, seconds: float, paths: list[str]) -> dict[str, Any]:
    """Let them come; what they waited."""
    crowd = Crowd(port, rate, paths, time.perf_counter() + 0.2, range(int(rate * seconds)))
    with ThreadPoolExecutor(VISITORS) as pool:
        for one in [pool.submit(crowd.visitor) for _ in range(VISITORS)]:
            one.result()
    waits = sorted(crowd.waits)
    shares = {f"p{share}_ms": round(1000 * waits[int(len(waits) * share / 100)], 1) for share in (50, 95, 99)}
    errors = sum(number for outcome, number in crowd.outcomes.items() if outcome not in ("200", "304"))
    return {**shares, "most_ms": round(1000 * waits[-1], 1), "outcomes": crowd.outcomes, "errors": errors}


def visiting(port: int, rate: float, seconds: float, paths: list[str]) -> subprocess.Popen[str]:
    """The same in a process of its own, which prints it."""
    command = [sys.executable, "-m", "benchmarks.visitors", str(port), str(rate), str(seconds), *paths]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def came_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What such a process printed, once it has ended."""
    found: dict[str, Any] = json.loads(process.communicate()[0])
    return found


if __name__ == "__main__":
    port, rate, seconds, *paths = sys.argv[1:]
    print(json.dumps(visits(int(port), float(rate), float(seconds), paths)))
