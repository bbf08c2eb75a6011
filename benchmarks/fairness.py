#!/usr/bin/env python3
"""Fifty sources that hang and fifty that are bombs among five hundred good ones: is anybody kept waiting?

    python -m benchmarks.fairness            nine minutes, in which an hour is five minutes
    python -m benchmarks.fairness 3600 3     other lengths of the hour (seconds), and how many of them
    python -m benchmarks.fairness 300 2 0.1  a tenth of the sources, asked by a tenth of the threads: for a busy machine

The scheduler and the pages run as always, only faster; the processor is not faster, so bombs and reading weigh more
than in life. Prints how long good sources waited at most between two visits, in intervals; how fast pages were
meanwhile; and the memory of all processes (proportional set size). The last line says whether what was asked for was
reached.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.processes import family
from benchmarks.servers import await_port, free_port
from benchmarks.visitors import came_of, visiting

ROOT = Path(__file__).resolve().parents[1]
SHARE = float((sys.argv[3:] or ["1"])[0]) if sys.argv[1:2] != ["--scheduler"] else 1.0
GOOD, HANGING, BOMBS = (round(SHARE * number) for number in (500, 50, 50))
SERVERS = 60
HOUR, HOURS = 300.0, 1.8
PAGES = ["/", "/calendar.ics", "/sources", "/api/v1/events?from=2027-01-01"]
A_SECOND = 8.0
EVENT = (
    "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:Abend {0}, Fassung {1}\r\nDTSTART:2027{2:02}{3:02}T190000Z\r\n{4}END:VEVENT\r\n"
)


def calendar(events: Iterator[str]) -> bytes:
    return f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


def good(number: int, version: int) -> bytes:
    return calendar(EVENT.format(f"{number}-{n}", version, 1 + n, 1 + number % 28, "") for n in range(10))


def bomb(number: int) -> tuple[bytes, str]:
    """One of five kinds, and its encoding."""
    kind = number % 5
    if kind == 0:
        rules = "RRULE:FREQ=SECONDLY\r\n"
        return calendar(EVENT.format(f"b{n}", 0, 1, 1, rules) for n in range(1000)), ""
    if kind == 1:
        return calendar(EVENT.format(f"b{n}", 0, 1, 1, "RRULE:FREQ=DAILY\r\n") for n in range(2000)), ""
    if kind == 2:
        return gzip.compress(bytes(200_000_000), 1), "gzip"
    if kind == 3:
        return b"<rss><channel><item><description>" + b"<!--" * 120_000, ""
    text = "<div>" * 200_000
    return calendar(EVENT.format(f"b{n}", 0, 1, 1, f"DESCRIPTION:{text}\r\n") for n in range(10)), ""


class World:
    """All servers; who was asked when."""

    def __init__(self) -> None:
        self.visits: dict[int, list[float]] = defaultdict(list)
        self.versions = [0] * (GOOD + HANGING + BOMBS)
        self.chance = random.Random(8)
        self.bombs = [bomb(number) for number in range(5)]
        self.over = threading.Event()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                number = int(self.path.strip("/"))
                world.visits[number].append(time.monotonic())
                if number >= GOOD + BOMBS:
                    world.over.wait(600)
                    return
                with suppress(OSError):
                    self.say(*world.answer(number, self.headers["If-None-Match"] or ""))

            def say(self, status: int, tag: str, body: bytes, encoding: str) -> None:
                self.send_response(status)
                for name, value in (("ETag", tag), ("Content-Encoding", encoding), ("Content-Length", str(len(body)))):
                    if value:
                        self.send_header(name, value)
                self.send_header("Content-Type", "text/calendar")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def answer(self, number: int, known: str) -> tuple[int, str, bytes, str]:
        if number >= GOOD:
            return 200, "", *self.bombs[(number - GOOD) % 5]
        # One visit of ten finds something new.
        self.versions[number] += self.chance.random() < 0.1
        tag = f'"{self.versions[number]}"'
        return (304, tag, b"", "") if known == tag else (200, tag, good(number, self.versions[number]), "")

    @contextmanager
    def serving(self) -> Iterator[list[str]]:
        """The origins of all servers."""
        listeners = [ThreadingHTTPServer(("127.0.0.1", 0), self.handler()) for _ in range(SERVERS)]
        for one in listeners:
            one.daemon_threads = True
            threading.Thread(target=one.serve_forever, daemon=True).start()
        yield [f"127.0.0.1:{one.server_address[1]}" for one in listeners]
        self.over.set()
        for one in listeners:
            one.shutdown()


def write_town(path: Path, origins: list[str]) -> None:
    entries = [
        {"id": f"i{n}", "name": f"Haus {n}", "sources": [{"id": f"s{n}", "url": f"http://{origins[n % SERVERS]}/{n}"}]}
        for n in random.Random(8).sample(range(GOOD + BOMBS + HANGING), GOOD + BOMBS + HANGING)
    ]
    site = {"title": "Kreis", "timezone": "Europe/Berlin", "base_url": "https://kreis.example.org"}
    limits = {"allow_origins": origins, "parallel": max(2, round(16 * SHARE))}
    path.write_text(json.dumps({"site": site, "fetch": limits, "initiatives": entries}), "utf-8")


def be_the_scheduler(hour: float, options: list[str]) -> None:
    """`run`, with an hour of that many seconds."""
    from aggregator.cli.main import commands
    from aggregator.fetch import schedule
    from aggregator.model.settings import FetchSettings, ReadingLimits
    from aggregator.pipeline import scheduler

    pace = hour / 3600
    schedule.SHORTEST = timedelta(seconds=hour / 4)
    schedule.LONGEST = timedelta(seconds=hour * 24)
    schedule._interval = lambda interval, failures: timedelta(seconds=hour * 2 ** min(failures, 7))
    scheduler.TICK_SECONDS = 15 * pace
    for limits, quick in (
        (FetchSettings, {"connect_seconds": 5 * pace, "total_seconds": 30 * pace}),
        (ReadingLimits, {"cpu_seconds": 1, "wall_seconds": max(30 * pace, 2.0)}),
    ):
        limits.__init__ = hurried(limits.__init__, quick)
    commands([*options, "run"])


def hurried(made: Callable[..., None], quick: dict[str, float]) -> Callable[..., None]:
    """The same, with other values where none are given."""
    return lambda self, *given, **named: made(self, *given, **{**quick, **named})


def megabytes(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def watch(port: int, roots: list[int], seconds: float) -> tuple[dict[str, Any], list[list[list[float]]]]:
    """What visitors waited; every second the megabytes of every process of the service."""
    coming, memory = visiting(port, A_SECOND, seconds, PAGES), []
    while coming.poll() is None:
        memory.append([[megabytes(process) for process in family(root)] for root in roots])
        time.sleep(1)
    return came_of(coming), memory


def longest_waits(world: World, began: float, ended: float, hour: float) -> list[float]:
    """For each good source the longest time without a visit, in intervals; from the start until the end."""
    waits = []
    for number in range(GOOD):
        moments = [began, *world.visits[number], ended]
        waits.append(max(later - earlier for earlier, later in zip(moments, moments[1:], strict=False)) / hour)
    return sorted(waits)


def main() -> None:
    if sys.argv[1:2] == ["--scheduler"]:
        be_the_scheduler(float(sys.argv[2]), sys.argv[3:])
        return
    hour = float(sys.argv[1]) if sys.argv[1:] else HOUR
    hours = float(sys.argv[2]) if sys.argv[2:] else HOURS
    world, port = World(), free_port()
    with TemporaryDirectory() as name, world.serving() as origins, ExitStack() as stack:
        folder = Path(name)
        write_town(folder / "sources.yaml", origins)
        options = ["--sources", f"{folder}/sources.yaml", "--database", f"sqlite:///{folder}/town.sqlite"]
        log = stack.enter_context((folder / "log").open("wb"))
        web = ["-m", "aggregator", *options, "serve", "--no-refresh", "--port", str(port)]
        scheduler = ["-m", "benchmarks.fairness", "--scheduler", str(hour), *options]
        running = [subprocess.Popen([sys.executable, *web], cwd=ROOT, stdout=log, stderr=log)]
        await_port(port)
        running.append(subprocess.Popen([sys.executable, *scheduler], cwd=ROOT, stdout=log, stderr=log))
        began = time.monotonic()
        pages_found, memory = watch(port, [one.pid for one in running], hour * hours)
        ended = time.monotonic()
        for one in running:
            one.terminate()
        for one in running:
            with suppress(subprocess.TimeoutExpired):
                one.wait(20)
            one.kill()
        waits = longest_waits(world, began, ended, hour)
        Path(os.environ.get("FAIRNESS_LOG", os.devnull)).write_bytes((folder / "log").read_bytes())
    visits = [len(world.visits[number]) for number in range(GOOD)]
    print(f"good sources: {min(visits)} to {max(visits)} visits, longest wait {waits[-1]:.2f} intervals,")
    print(f"  95 % at most {waits[int(0.95 * GOOD)]:.2f}; {sum(wait > 1.2 for wait in waits)} above 1.2")
    print(f"pages: {json.dumps(pages_found)}")
    whole = sorted((sum(map(sum, sizes)), sizes) for sizes in memory)
    most, sizes = whole[-1]
    print(
        f"memory: {most:.0f} MB at most, {whole[len(whole) // 2][0]:.0f} in the median; then pages and scheduler were"
    )
    print("  " + "; ".join(" + ".join(f"{one:.0f}" for one in part) for part in sizes))
    print(f"load average {os.getloadavg()[1]:.1f}")
    print(verdict(waits[-1], pages_found, whole[len(whole) // 2][0], most))


def verdict(longest: float, pages: dict[str, Any], usual: float, most: float) -> str:
    """What was asked for, and what was found."""
    marks = (
        (longest <= 1.2, f"longest wait {longest:.2f} intervals (at most 1.2 asked)"),
        (
            pages["p95_ms"] < 300 and not pages["errors"],
            f"p95 {pages['p95_ms']:.0f} ms, {pages['errors']} errors (300)",
        ),
        (most < 300, f"memory {usual:.0f} MB, at most {most:.0f} (300)"),
    )
    return "; ".join(f"{words}: {'reached' if holds else 'MISSED'}" for holds, words in marks)


if __name__ == "__main__":
    main()
