"""One visit to all sources in a fresh process, measured in processor seconds with all its children.

    python -c "from benchmarks.ours import main; main()" SOURCES_YAML DATABASE

Fills an empty store, or visits everything once more, whatever the sources say now. Prints one line of JSON: cpu and
wall seconds, peak megabytes, records, events, outcomes.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from multiprocessing import forkserver
from pathlib import Path

from aggregator.clock import fixed_clock
from aggregator.config.loading import load_settings
from aggregator.pipeline import jobs  # noqa: F401  what a running scheduler has imported too
from aggregator.pipeline.children import end_kept
from aggregator.pipeline.rounds import Round, refresh_all
from aggregator.store import events, records
from aggregator.store.configuration import sync
from aggregator.store.database import open_store

NOW = datetime.fromisoformat("2026-09-01T12:00:00+02:00")


def processor_seconds() -> float:
    """Of this process and of all children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def starting_seconds() -> float:
    """What the server that forks our reading children spends on its start and its imports, if it is needed at all.

    A peer's imports are not counted either (theirs.py), and a scheduler that runs does them once.
    """
    before = processor_seconds()
    subprocess.run([sys.executable, "-c", "import aggregator.pipeline.warming"], check=True)
    return processor_seconds() - before


def end_server() -> bool:
    """Let the server and its children end, as they count only then; whether there was one.

    How it tidies up on its way out is no work of ours.
    """
    server: int | None = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if server is None:
        return False
    end_kept()
    os.kill(server, signal.SIGKILL)
    os.waitpid(server, 0)
    return True


def main() -> None:
    configuration, database = sys.argv[1:]
    settings = load_settings(Path(configuration), {})
    store = open_store(database)
    with store.writing() as connection:
        sync(connection, settings)
    starting = starting_seconds()
    began, wall = processor_seconds(), time.perf_counter()
    reports = refresh_all(Round(store, settings, fixed_clock(NOW), lambda: 0.0), (), True, lambda report: None)
    starting = starting if end_server() else 0.0
    cpu, wall = processor_seconds() - began - starting, time.perf_counter() - wall
    with store.reading() as connection:
        numbers = {
            "records": len(records.load(connection)),
            "events": len({member.event for member in events.load_members(connection).values()}),
        }
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    outcomes = Counter(report.failure.error_class.value if report.failure else report.outcome for report in reports)
    print(json.dumps({"cpu": cpu, "wall": wall, "rss": peak, **numbers, "outcomes": outcomes}))
