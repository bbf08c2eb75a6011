"""The scheduler's process under a clock that is told: one line of JSON in for each step, one line out.

    python -c "from benchmarks.days.worker import main; main()" DATABASE ORIGIN SOURCES SEED SECONDS HOURS

SECONDS is the longest that a fetch may take, HOURS the interval of most sources.
Steps are `start`, `tick`, `deliver`, `sweep`, as the scheduler does them; "now" is the moment that its clock shows.
"""

from __future__ import annotations

import json
import logging
import os
import random
import sys
import time
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from aggregator.cli.manners import step_behind_pages
from aggregator.clock import Clock
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.pipeline import scheduler
from aggregator.pipeline.postbox import Postbox
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.rounds import refresh_all, refresh_due, rematch
from aggregator.pipeline.thrift import spare_memory
from aggregator.store import configuration
from aggregator.store.database import Store, open_store
from aggregator.store.schema import sources
from benchmarks.days.feeds import coined

# One in ten is asked hourly, the others more seldom.
HOURLY_ARE = 10
PAGE = os.sysconf("SC_PAGE_SIZE")


def town(origin: str, count: int, seconds: float, seldom: float) -> Settings:
    """So many initiatives of one source each; most are asked every `seldom` hours."""
    return Settings(
        path=Path("sources.yaml"),
        site=Site("Town", "Europe/Berlin", base_url="https://town.example.org"),
        fetch=FetchSettings(allow_origins=frozenset({origin}), total_seconds=seconds),
        initiatives=tuple(Initiative(f"i{number}", f"Verein {coined(number)}") for number in range(count)),
        sources=tuple(source(origin, number, timedelta(hours=seldom)) for number in range(count)),
    )


def source(origin: str, number: int, seldom: timedelta) -> Source:
    """The source of a feed."""
    interval = timedelta(hours=1) if number % HOURLY_ARE == 0 else seldom
    return Source(str(number), f"i{number}", f"http://{origin}/{number}", interval=interval)


class Mistakes(logging.Handler):
    """Counts what the pipeline itself took for its own mistake."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        self.messages.append(f"{record.getMessage()} {record.exc_info[1] if record.exc_info else ''}")


class Steps:
    """What the scheduler does, each by name."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, seed: int) -> None:
        self.round = Round(store, settings, clock, lambda: chance.uniform(-1, 1), lasts=True)
        chance = random.Random(seed)

    def start(self) -> list[Any]:
        """As after every start."""
        rematch(self.round, whole=True)
        return []

    def tick(self) -> list[Any]:
        """What is due; the reports as source, outcome and error."""
        reports = refresh_due(self.round)
        return [[one.source, one.outcome, one.failure.error_class if one.failure else ""] for one in reports]

    def refresh(self) -> list[Any]:
        """All that is due in one round, however much: what fills an empty store most cheaply."""
        return [[one.source, one.outcome, ""] for one in refresh_all(self.round, (), False, lambda _: None)]

    def next_due(self) -> str:
        """When a source is due next, "" for never."""
        with self.round.store.reading() as connection:
            first = connection.scalar(select(func.min(sources.c.next_at)).where(sources.c.active))
        return first.isoformat() if first else ""

    def deliver(self) -> list[Any]:
        """Mails and the heartbeat."""
        scheduler.deliver(self.round, Postbox(self.round.store, self.round.clock))
        return []

    def sweep(self) -> list[Any]:
        """What is done once a day."""
        scheduler.sweep(self.round)
        return []


def resident() -> int:
    """The bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE


def processor_seconds() -> float:
    """What this process has used so far, with the server that forks its reading children and all of those."""
    own = time.process_time()
    child = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if child is None:
        return own
    ticks = Path(f"/proc/{child}/stat").read_text("ascii").rpartition(")")[2].split()[11:15]
    return own + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    database, origin, count, seed, seconds, seldom = sys.argv[1:]
    spare_memory()
    step_behind_pages()
    now = [datetime.min]
    mistakes = Mistakes()
    logging.getLogger().addHandler(mistakes)
    settings = town(origin, int(count), float(seconds), float(seldom))
    store = open_store(database, partial(bytes, 32))
    with store.writing() as connection:
        configuration.sync(connection, settings)
    steps = Steps(store, settings, lambda: now[0], int(seed))
    with store.fetch_lock():
        for line in sys.stdin:
            wish = json.loads(line)
            now[0] = datetime.fromisoformat(wish["now"])
            before = processor_seconds()
            reports = getattr(steps, wish["do"])()
            answer = {
                "reports": reports,
                "cpu": processor_seconds() - before,
                "resident": resident(),
                "mistakes": mistakes.messages,
                "due": steps.next_due(),
            }
            print(json.dumps(answer), flush=True)
            mistakes.messages.clear()
