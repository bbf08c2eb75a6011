"""A town in its steady state: what an hour costs, and how long visitors wait while every source is asked anew.

    python -m benchmarks.steady [--sources 1000] [--events 50] [--changed 0.02] [--rate 200] [--pace 15]

All sources are asked hourly, as the scheduler does it every quarter of a minute, mails and heartbeat included; in each
hour that share of the feeds changes one event. Costs are processor seconds with all children. Then all sources are
due at once, as after a night without power, the same share with news, and asked as the scheduler does it: a twentieth
each quarter of a minute (`--pace 1` for each second, 0 for as fast as it goes). Meanwhile visitors ask for the month,
its calendar, the feed of news and the front page at that rate, every second time knowing what they were told last.
Pages and scheduler run as `serve` runs them, with two processes for pages. The last lines say what was asked for, and
whether it was reached. Takes some eight minutes; `--sources 100 --events 20 --pace 1` half a minute.
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
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.days.feeds import Feed, Said, Server, coined, serving
from benchmarks.days.process import WORK, Worker
from benchmarks.servers import free_port, running
from benchmarks.visitors import came_of, visiting

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
TICK, HOUR = timedelta(seconds=15), timedelta(hours=1)
PATHS = ["/month/2026-11", "/calendar.ics", "/calendar.rss", "/"]


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
    """Read everything once; the moment when no two sources are due at once any more, and what it cost."""
    cost = bill.of("refresh", now)[0]
    return now + TICK, cost


def an_hour(bill: Bill, server: Server, now: datetime, changed: int) -> dict[str, float]:
    """The processor seconds of one hour, by step; `changed` feeds change on the way."""
    costs: dict[str, float] = defaultdict(float)
    asked = 0
    for number in range(240):
        for feed in server.feeds[number * changed // 240 : (number + 1) * changed // 240]:
            amend(feed)
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


def busy_hour(bill: Bill, server: Server, now: datetime, options: argparse.Namespace) -> dict[str, Any]:
    """Visitors come while all sources are asked as fast as it goes, and some of them have news."""
    port, stop, asked = free_port(), threading.Event(), Counter[str]()

    def refresh() -> None:
        moment = now
        while not stop.is_set():
            began, reports = time.perf_counter(), bill.of("tick", moment)[1]["reports"]
            asked["sources"] += len(reports)
            asked["news"] += sum(outcome == "updated" for _, outcome, _ in reports)
            moment += TICK
            if not reports:
                # Again, after an hour in which as many have changed.
                moment += HOUR + TICK
                change(server, options.changed)
            stop.wait(began + options.pace - time.perf_counter())

    command = [sys.executable, "-m", "aggregator", "--sources", str(options.yaml), "--database", options.url]
    command += ["--now", now.isoformat(), "serve", "--no-refresh", "--port", str(port)]
    with running(command, port, env={**os.environ, "WEB_WORKERS": "2"}):
        came_of(visiting(port, 20, 3, PATHS))
        change(server, options.changed)
        thread = threading.Thread(target=refresh)
        thread.start()
        # Twenty ticks go round all sources.
        found = came_of(visiting(port, options.rate, max(20.0, 20 * options.pace), PATHS))
        stop.set()
        thread.join()
    return {**found, "refreshed_meanwhile": asked, "load_average": os.getloadavg()[0]}


def change(server: Server, share: float) -> None:
    """One event of that share of the feeds, here and there."""
    for feed in server.feeds[:: max(1, round(1 / share))]:
        amend(feed)


def amend(feed: Feed) -> None:
    """One event has another title."""
    feed.put("e0", replace(feed.listed["e0"], title=f"{feed.listed['e0'].title}x"))


def verdicts(hours: list[dict[str, float]], busy: dict[str, Any]) -> list[str]:
    """What was asked for, and what was found."""
    shares = [sum(cost for name, cost in hour.items() if name != "requests") / 72 for hour in hours]
    share = sum(shares) / len(shares)
    slow, errors = busy["p95_ms"], busy["errors"]
    return [
        f"steady state: {share:.2f} % of two cores in the mean (below 15 % asked): {passed(share < 15)}",
        f"visitors during a refresh: p95 {slow:.0f} ms (below 200 ms asked), {errors} errors (none): "
        + passed(slow < 200 and not errors),
    ]


def passed(holds: bool) -> str:
    return "reached" if holds else "MISSED"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--changed", type=float, default=0.02)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--pace", type=float, default=15)
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
        busy = busy_hour(bill, server, now + 5 * HOUR, options)
        print(json.dumps(busy))
        bill.worker.process.terminate()
        bill.worker.process.wait(30)
    print("\n".join(verdicts(hours, busy)))


if __name__ == "__main__":
    main()
