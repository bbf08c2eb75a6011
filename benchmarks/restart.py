#!/usr/bin/env python3
"""How long the calendar is away when it was killed: 1 000 sources, 50 000 events.

    python -m benchmarks.restart [SOURCES RECORDS]

Pages and scheduler are killed (SIGKILL) and started again, three times. Prints the seconds, and the processor seconds
beside them, until the pages answer, until the first page of events is there, and until the first source is asked.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aggregator.config.loading import load_settings
from aggregator.model.fetching import SourceState
from aggregator.model.records import RecordChanges
from aggregator.pipeline.relink import relink
from aggregator.store import configuration, events, records, sources
from aggregator.store.database import open_store
from benchmarks.kill_model import Feeds, serving
from benchmarks.matching import NOW, region
from benchmarks.processes import family, processor_seconds
from benchmarks.servers import free_port

ROOT = Path(__file__).resolve().parents[1]
ASKED = "s0"


def fill(folder: Path, url: str, many: int, size: int, origin: str) -> int:
    """So many sources with so many records, all matched; only the first is due. Returns the number of events.

    No later than a day ahead: a visit planned for later is taken for the work of a wrong clock.
    """
    addresses = [f"http://{origin}/0"] + [f"http://{origin}/{n}" for n in range(1, many)]
    entries = [
        {"id": f"i{n}", "name": f"Gruppe {n}", "sources": [{"id": f"s{n}", "url": address}]}
        for n, address in enumerate(addresses)
    ]
    site = {"title": "Region", "timezone": "Europe/Berlin", "base_url": "https://region.example"}
    town = {"site": site, "fetch": {"allow_origins": [origin]}, "initiatives": entries}
    (folder / "sources.yaml").write_text(json.dumps(town), "utf-8")
    settings, store = load_settings(folder / "sources.yaml", {}), open_store(url)
    with store.writing() as connection:
        configuration.sync(connection, settings)
        for at, record in enumerate(region(size)):
            source = f"s{1 + at % (many - 1)}"
            records.apply(connection, source, RecordChanges(added=(replace(record, source=source),)), NOW)
        for n in range(1, many):
            sources.save_state(connection, f"s{n}", SourceState(next_at=NOW + timedelta(hours=20), last_success_at=NOW))
    relink(store, settings, NOW, whole=True)
    with store.reading() as connection:
        number = len({member.event for member in events.load_members(connection).values()})
    store.close()
    return number


def wait_for(holds: object, began: float) -> float:
    while not holds():  # type: ignore[operator]
        time.sleep(0.01)
    return time.monotonic() - began


def answers(port: int, path: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return bool(answer.status == 200)
    return False


def once(options: list[str], feeds: Feeds) -> None:
    """Start, measure, kill."""
    port, asked = free_port(), feeds.asked
    began = time.monotonic()
    pages = ["serve", "--no-refresh", "--port", str(port)]
    running = [subprocess.Popen([sys.executable, "-m", "aggregator", *options, *words]) for words in (pages, ["run"])]
    fetching: list[float] = []
    watcher = threading.Thread(target=lambda: fetching.append(wait_for(lambda: feeds.asked > asked, began)))
    watcher.start()
    alive = wait_for(lambda: answers(port, "/healthz"), began)
    page = wait_for(lambda: answers(port, "/"), began)
    cost = processor_seconds(running[0].pid)
    watcher.join()
    spent = processor_seconds(running[1].pid)
    print(
        f"pages answer after {alive:.1f} s, show events after {page:.1f} s ({cost:.1f} s of processor);"
        f" the first source is asked after {fetching[0]:.1f} s ({spent:.1f} s of processor)"
    )
    for process in [below for one in running for below in family(one.pid)]:
        os.kill(process, signal.SIGKILL)
    for one in running:
        one.wait()


def main() -> None:
    many, size = map(int, sys.argv[1:] or (1000, 50_000))
    feeds = Feeds(random.Random(8))
    with TemporaryDirectory() as name, serving(feeds) as origin:
        url = f"sqlite:///{name}/region.sqlite"
        print(f"{many} sources, {size} records, {fill(Path(name), url, many, size, origin)} events")
        options = ["--sources", f"{name}/sources.yaml", "--database", url, "--now", NOW.isoformat()]
        for _ in range(3):
            once(options, feeds)
            make_due(url)
        print(f"load average {os.getloadavg()[0]:.1f}")


def make_due(url: str) -> None:
    store = open_store(url)
    with store.writing() as connection:
        sources.save_state(connection, ASKED, SourceState())
    store.close()


if __name__ == "__main__":
    main()
