"""Processes that are made to be killed: forked from one that has everything imported, so that hundreds die a minute.

`python -m benchmarks.kill_victims FOLDER` reads lines `fetch URL`, `work URL`, `finish URL` or `migrate URL` from its
input and prints `pid N` for each; the forked process then prints where it is: `fetching`, `importing`, `imported SOURCE
VERSION` after the commit, `matching`, `matched`, `migrating`, `migrated`, `done`. Feeds are read in the process itself:
the children that read them elsewhere never write.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  a migration should be killed in its steps, not in an import

from aggregator.clock import real_clock
from aggregator.config.loading import load_settings
from aggregator.model.settings import Settings
from aggregator.pipeline import fleet, refresh, relink, rounds
from aggregator.pipeline.postbox import Postbox
from aggregator.pipeline.reading import read_body
from aggregator.pipeline.rounds import Round, refresh_all
from aggregator.store.configuration import sync
from aggregator.store.database import Store, open_store

SILENT_SECONDS = 3.0
FOLDER = Path(sys.argv[1]) if __name__ == "__main__" else Path()


def say(*words: object) -> None:
    """One whole line at once, whoever else writes."""
    os.write(1, f"{os.getpid()} {' '.join(map(str, words))}\n".encode())


def tell_where_we_are() -> None:
    """Let each step say when it begins and when it is committed."""
    write, visit = refresh.write, refresh.visit

    def told_visit(*given: Any) -> Any:
        say("fetching")
        return visit(*given)

    def told_write(store: Store, source: Any, before: Any, step: Any, now: datetime) -> bool:
        say("importing")
        is_written = write(store, source, before, step, now)
        if is_written:
            say("imported", source.id, step.state.validators.etag.strip('"') or "-")
        return is_written

    refresh.visit, refresh.write = told_visit, told_write
    # Always due again at once.
    refresh.next_attempt = lambda source, state, wish, now, jitter: now + timedelta(seconds=0.3)
    refresh.read_isolated = lambda job: read_body(job, job.body.content)
    rounds.relink = told(relink.relink)  # type: ignore[attr-defined]


def told(step: Callable[..., Any]) -> Callable[..., Any]:
    def tell(*given: Any, **named: Any) -> Any:
        say("matching")
        done = step(*given, **named)
        say("matched")
        return done

    return tell


def prepared(url: str) -> tuple[Settings, Round]:
    """What a refresh begins with."""
    settings = load_settings(FOLDER / "sources.yaml", {})
    store = open_store(url, lambda: bytes(32))
    with store.writing() as connection:
        sync(connection, settings)
    return settings, Round(store, settings, real_clock, lambda: 0.0)


def fetch_for_ever(url: str) -> None:
    """One round after another, every source in each."""
    _, this_round = prepared(url)
    while True:
        refresh_all(this_round, (), True, lambda report: None)


def finish(url: str) -> None:
    """One round that is let come to its end."""
    _, this_round = prepared(url)
    refresh_all(this_round, (), True, lambda report: None)
    say("done")


def work(url: str) -> None:
    """One worker of a fleet whose sources are always due."""
    fleet.EVERY_QUARTER_OF_A_MINUTE = "* * * * * *"
    fleet.HEARTBEAT_SECONDS = 0.5
    _, this_round = prepared(url)
    fleet.work(this_round, Postbox(this_round.store, this_round.clock, None), SILENT_SECONDS)


def migrate(url: str) -> None:
    """Bring an old database forward."""
    say("migrating")
    open_store(url).close()
    say("migrated")


TASKS = {"fetch": fetch_for_ever, "finish": finish, "work": work, "migrate": migrate}


def live(task: str, url: str) -> None:
    """Be the process that does it, until the end."""
    try:
        TASKS[task](url)
    except BaseException:
        logging.getLogger().exception("a victim failed by itself")
        os._exit(1)
    os._exit(0)


def main() -> None:
    logging.basicConfig(level=logging.WARNING, filename=FOLDER / "victims.log")
    tell_where_we_are()
    say("ready")
    children: set[int] = set()
    for line in sys.stdin:
        bury(children, os.WNOHANG)
        child = os.fork()
        if child == 0:
            say("born")
            live(*line.split())
        children.add(child)
        os.write(1, f"{child} pid\n".encode())
    # Whoever started us is gone or done: nobody is left behind.
    for child in children:
        os.kill(child, signal.SIGKILL)
    bury(children, 0)


def bury(children: set[int], options: int) -> None:
    """Forget those that have ended."""
    for child in tuple(children):
        if os.waitpid(child, options)[0]:
            children.remove(child)


if __name__ == "__main__":
    main()
