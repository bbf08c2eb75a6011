"""A town in its steady state: what an hour costs, and how long visitors wait while every source is asked anew.

    nice -n 10 python -m benchmarks.steady [--sources 1000] [--events 50] [--changed 0.02] [--rate 200] [--seconds 30]

All sources are asked hourly, as the scheduler does it every quarter of a minute, mails and heartbeat included; in each
hour that share of the feeds changes one event. Costs are processor seconds with all children. Then every source is
asked at once while visitors ask for the month, its calendar and the feed of news at that rate; half of them know what
they were told last.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.days.feeds import Feed, Said, Server, coined, serving
from benchmarks.days.month import WORK, Worker
from benchmarks.servers import free_port, running

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
TICK, HOUR = timedelta(seconds=15), timedelta(hours=1)
PATHS = ("/month/2026-11", "/calendar.ics", "/calendar.rss", "/")
VISITORS = 16


def fill(feeds: list[Feed], events: int) -> None:
    """So many coming events in each feed, over ten weeks."""
    for feed in feeds:
        for number in range(events):
            start = NOON + timedelta(days=1, minutes=5 * ((feed.number * 7919 + number * 403) % 20160))
            title = f"{coined(number)} K{feed.number}xe{number} {coined(feed.number * events + number)} R0"
            feed.put(f"e{number}", Said(title, start))


@dataclass
class Bill:
    """Processor seconds by what they were used for."""

    worker: Worker

    def of(self, step: str, now: datetime) -> tuple[float, dict[str, Any]]:
        """Do a step; what it cost and what came of it."""
        self.worker.ask(step, now)
        found = self.worker.answer()
        assert found is not None, step
        return found["cpu"], found


def ingest(bill: Bill, now: datetime) -> tuple[datetime, float]:
    """Ask until everything is read once; the moment then, and what it cost."""
    cost = bill.of("start", now)[0]
    while True:
        seconds, found = bill.of("tick", now)
        cost, now = cost + seconds, now + TICK
        if not found["reports"]:
            return now, cost


def an_hour(bill: Bill, server: Server, now: datetime, changed: int) -> dict[str, float]:
    """The processor seconds of one hour, by step; `changed` feeds change on the way."""
    costs: dict[str, float] = defaultdict(float)
    asked = 0
    for number in range(240):
        for feed in server.feeds[number * changed // 240 : (number + 1) * changed // 240]:
            feed.put("e0", replace(feed.listed["e0"], title=f"{feed.listed['e0'].title}x"))
        seconds, found = bill.of("tick", now + number * TICK)
        costs["ticks"] += seconds
        asked += len(found["reports"])
        costs["mails and heartbeat"] += bill.of("deliver", now + number * TICK)[0]
    costs["daily sweep, a 24th of it"] = bill.of("sweep", now + HOUR)[0] / 24
    return {**costs, "requests": asked}


def sources_yaml(folder: Path, server: Server) -> Path:
    """The same town for the pages."""
    entries = [
        {
            "id": f"i{n}",
            "name": f"Verein {coined(n)}",
            "sources": [{"id": str(n), "url": f"http://{server.origin}/{n}"}],
        }
        for n in range(len(server.feeds))
    ]
    site = {"title": "Town", "timezone": "Europe/Berlin", "base_url": "https://town.example.org"}
    path = folder / "sources.yaml"
    path.write_text(json.dumps({"site": site, "initiatives": entries}), "utf-8")
    return path


def visited(port: int, rate: float, seconds: float) -> tuple[list[float], Counter[int]]:
    """Ask at that rate whatever the server does; how long each waited (seconds) since it was due, and statuses."""
    begin, waits, statuses = time.perf_counter() + 0.5, list[float](), Counter[int]()
    numbers, lock = iter(range(int(rate * seconds))), threading.Lock()

    def visitor() -> None:
        connection, known = HTTPConnection("127.0.0.1", port, timeout=30), dict[str, str]()
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            due = begin + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            path = PATHS[number % len(PATHS)]
            validator = {"If-None-Match": known[path]} if number % 8 < 4 and path in known else {}
            connection.request("GET", path, headers={"Accept-Encoding": "gzip", **validator})
            answer = connection.getresponse()
            answer.read()
            known[path] = answer.headers.get("ETag", "")
            with lock:
                waits.append(time.perf_counter() - due)
                statuses[answer.status] += 1

    with ThreadPoolExecutor(VISITORS) as pool:
        for one in [pool.submit(visitor) for _ in range(VISITORS)]:
            one.result()
    return waits, statuses


def busy_hour(bill: Bill, server: Server, now: datetime, options: argparse.Namespace) -> dict[str, Any]:
    """Visitors come while all sources are asked at once, with nothing between the ticks."""
    port, stop, asked = free_port(), threading.Event(), Counter[str]()

    def refresh() -> None:
        moment = now
        while not stop.is_set():
            asked["sources"] += len(bill.of("tick", moment)[1]["reports"])
            moment += TICK if asked["sources"] % len(server.feeds) else HOUR

    command = [sys.executable, "-m", "aggregator", "--sources", str(options.yaml), "--database", options.url]
    command += ["--now", now.isoformat(), "serve", "--no-refresh", "--port", str(port)]
    with running(command, port, env={**os.environ, "WEB_WORKERS": "2"}):
        visited(port, 20, 3)
        thread = threading.Thread(target=refresh)
        thread.start()
        waits, statuses = visited(port, options.rate, options.seconds)
        stop.set()
        thread.join()
    waits.sort()
    at = {f"p{share}_ms": round(1000 * waits[int(len(waits) * share / 100)]) for share in (50, 95, 99)}
    return {**at, "statuses": statuses, "refreshed_meanwhile": asked["sources"], "load_average": os.getloadavg()[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--changed", type=float, default=0.02)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    feeds = [Feed(number) for number in range(options.sources)]
    fill(feeds, options.events)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder, serving(feeds) as server:
        options.url, options.yaml = f"sqlite:///{folder}/town.sqlite", sources_yaml(Path(folder), server)
        command = [sys.executable, "-c", WORK, options.url, server.origin, str(options.sources), "1", "30", "1"]
        bill = Bill(Worker(command))
        now, cold = ingest(bill, NOON)
        print(f"ingest: {cold:.0f} s, {1000 * cold / options.sources / options.events:.2f} ms an event", flush=True)
        hours = [an_hour(bill, server, now + n * HOUR, round(options.changed * options.sources)) for n in (1, 2)]
        for hour in hours:
            cpu = sum(cost for name, cost in hour.items() if name != "requests")
            parts = {name: round(cost, 2) for name, cost in hour.items()}
            print(f"an hour: {cpu:.1f} s = {cpu / 72:.2f} % of two cores; {parts}", flush=True)
        print(json.dumps(busy_hour(bill, server, now + 3 * HOUR, options)))
        bill.worker.process.terminate()
        bill.worker.process.wait(30)


if __name__ == "__main__":
    main()
