"""A week in which one source is broken, once for each way of being broken.

    python -m benchmarks.days.outage [--events 1000]

Prints for each kind: requests during the week, events lost while it was broken and after, and how long after its end
the calendar was as fresh as ever.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator.model.filters import EventFilter
from aggregator.model.records import Status
from aggregator.pipeline.rounds import Round, refresh_due
from aggregator.store import configuration, queries, sources
from aggregator.store.database import Store, open_store
from benchmarks.days.feeds import FAULTS, Feed, Said, Server, coined, serving
from benchmarks.days.worker import town

BEGIN = datetime(2026, 10, 20, 8, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
HANG_SECONDS = 1.0
WORDS = ("Treffen", "Vortrag", "Konzert", "Werkstatt", "Plenum", "Lesung", "Film", "Tanz")


@dataclass(frozen=True, slots=True)
class Outage:
    """What a week of one kind came to: of so many events how many stayed in sight under their ids.

    `back_after` is how long after the end of the week the source was read again.
    """

    kind: str
    requests: int
    events: int
    shown_least: int
    shown_after: int
    back_after: timedelta


def outages(events: int, kinds: tuple[str, ...] = FAULTS) -> list[Outage]:
    """A week of each kind, each from the same good beginning."""
    feed = Feed(0)
    for number in range(events):
        start = BEGIN + timedelta(days=10, minutes=35 * number)
        feed.put(f"e{number}", Said(f"{WORDS[number % 8]} K0xe{number} {coined(number)} R0", start))
    with tempfile.TemporaryDirectory() as folder, serving([feed]) as server:
        good = Path(folder) / "good.sqlite"
        visit(opened(good, server), server, BEGIN).close()
        return [outage(kind, server, Path(shutil.copy(good, Path(folder) / f"{kind}.sqlite"))) for kind in kinds]


def opened(path: Path, server: Server) -> Store:
    """The town's store, made or found there."""
    store = open_store(f"sqlite:///{path}", lambda: bytes(32))
    with store.writing() as connection:
        configuration.sync(connection, town(server.origin, 1, HANG_SECONDS, 1.0))
    return store


def visit(store: Store, server: Server, now: datetime) -> Store:
    """What a tick does."""
    # A good answer of a thousand events may take its time; one that hangs need not.
    seconds = HANG_SECONDS if server.feeds[0].fault else 30.0
    refresh_due(Round(store, town(server.origin, 1, seconds, 1.0), lambda: now, lambda: 0.0))
    return store


def outage(kind: str, server: Server, path: Path) -> Outage:
    """A week of one kind, and what comes after."""
    store, feed = opened(path, server), server.feeds[0]
    ids, events = published_ids(store), len(feed.listed)
    server.taken()
    feed.fault, end, least = kind, BEGIN + WEEK, events
    while (due := next_due(store)) < end:
        least = min(least, len(published_ids(visit(store, server, due)) & ids))
    requests = len(server.taken()[1])
    feed.fault = ""
    visit(store, server, due)
    after = published_ids(store)
    store.close()
    return Outage(kind, requests, events, least, len(after & ids), due - end)


def published_ids(store: Store) -> set[str]:
    """The ids of all events that are shown to take place."""
    with store.reading() as connection:
        found = queries.feed_events(connection, EventFilter())
    return {each.identity.id for each in found if each.event.status is not Status.WITHDRAWN}


def next_due(store: Store) -> datetime:
    """When the source is asked again."""
    with store.reading() as connection:
        [(_, state)] = sources.load_active(connection)
    assert state.next_at is not None
    return state.next_at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1000)
    print("| broken | requests in 7 days | shown at least | shown after | back after |")
    print("|---|---|---|---|---|")
    for one in outages(parser.parse_args().events):
        hours = one.back_after / HOUR
        print(f"| {one.kind} | {one.requests} | {one.shown_least} | {one.shown_after} | {hours:.1f} h |")


if __name__ == "__main__":
    main()
