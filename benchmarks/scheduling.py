"""What it costs to find out who is due, and to tell owners: by the number of sources, in processor milliseconds.

    python -m benchmarks.scheduling [1000 3000 10000 …]

The store holds so many sources with the state of an ordinary day; none is due, so this is what each tick costs before
anybody is asked. `bytes` is what a source takes in the store without its events.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator.model.fetching import Validators
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.rounds import refresh_due
from aggregator.pipeline.telling import tell_owners
from aggregator.store import configuration, sources
from aggregator.store.database import Store, open_store
from benchmarks.days.worker import town

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TICKS_AN_HOUR = 240
TIMES = 5


def filled(url: str, count: int) -> tuple[Store, Round]:
    """A store of so many sources that were read a while ago."""
    settings = town("127.0.0.1:9", count, 5.0, 1.0)
    store = open_store(url, lambda: bytes(32))
    with store.writing() as connection:
        configuration.sync(connection, settings)
    with store.writing() as connection:
        for number, (source, state) in enumerate(sources.load_active(connection)):
            known = replace(
                state,
                validators=Validators(etag=f'"{number:032x}"'),
                body_hash=f"{number:064x}",
                last_attempt_at=NOON,
                last_success_at=NOON,
                last_full_at=NOON,
                expanded_on="2026-10-23",
                next_at=NOON + timedelta(seconds=1 + number % 3600),
            )
            sources.save_state(connection, source.id, known)
    return store, Round(store, settings, lambda: NOON, lambda: 0.0)


def milliseconds(do: Callable[[], object]) -> float:
    """Of the processor, at the best of some times."""
    found = []
    for _ in range(TIMES):
        began = time.process_time()
        do()
        found.append(1000 * (time.process_time() - began))
    return min(found)


def measured(count: int) -> str:
    """The line of the table for so many sources."""
    with tempfile.TemporaryDirectory() as folder:
        empty_store, _ = filled(f"sqlite:///{folder}/empty.sqlite", 0)
        empty_store.close()
        store, this_round = filled(f"sqlite:///{folder}/town.sqlite", count)
        tick = milliseconds(lambda: refresh_due(this_round))
        telling = milliseconds(lambda: tell_owners(store, this_round.settings, NOON))
        store.close()
        sizes = [(Path(folder) / name).stat().st_size for name in ("town.sqlite", "empty.sqlite")]
    share = (tick + telling) * TICKS_AN_HOUR / 36_000
    return f"| {count} | {tick:.1f} | {telling:.1f} | {share:.2f} | {(sizes[0] - sizes[1]) / count:.0f} |"


def main() -> None:
    print("| sources | a tick that finds nobody due, ms | telling owners, ms | both, % of one core | bytes a source |")
    print("|---|---|---|---|---|")
    for count in map(int, sys.argv[1:] or ["1000", "3000", "10000"]):
        print(measured(count), flush=True)


if __name__ == "__main__":
    main()
