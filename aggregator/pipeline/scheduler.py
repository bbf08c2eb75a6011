"""The clockwork: a tick that refreshes what is due, and a daily sweep. State lives in the store, not in jobs."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler

from aggregator.errors import StoreError
from aggregator.pipeline import digests, postbox
from aggregator.pipeline.attending import attend
from aggregator.pipeline.jobs import Bench, forget_past, keep_working
from aggregator.pipeline.postbox import Postbox
from aggregator.pipeline.rounds import Round, refresh_due, rematch
from aggregator.pipeline.telling import tell_owners
from aggregator.pipeline.thrift import give_back
from aggregator.store import fetches, records
from aggregator.store.room import refuse_if_not_writable

logger = logging.getLogger(__name__)

TICK_SECONDS = 15
TOMBSTONES_KEPT_FOR = timedelta(days=90)
LOG_KEPT_FOR = timedelta(days=90)


def keep_refreshing(this_round: Round, post: Postbox) -> None:
    """Refresh what is due and send what waits, every fifteen seconds, until the process is told to stop.

    Raises FetchLockTaken when another process fetches into this store already.
    """
    # In UTC, so that no hour is skipped or doubled; jobs in memory only (CVE-2026-31072).
    scheduler = BlockingScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    # Without a first run the first tick would come a quarter of a minute late.
    scheduler.add_job(
        tick,
        "interval",
        seconds=TICK_SECONDS,
        args=[this_round],
        next_run_time=datetime.now(UTC),  # noqa: TID251
    )
    # Beside the ticks, since a slow source must not keep mails waiting.
    scheduler.add_job(deliver, "interval", seconds=TICK_SECONDS, args=[this_round, post])
    # Hourly and at every start: what we promised to forget must not wait for a day without a restart.
    scheduler.add_job(tidy, "interval", hours=1, args=[post], next_run_time=datetime.now(UTC))  # noqa: TID251
    # By the clock, not by our age: a process that is started anew every day must sweep too.
    scheduler.add_job(sweep, "cron", hour=3, minute=23, args=[this_round])

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if not scheduler.running:
            sys.exit(0)
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with this_round.store.fetch_lock():
        # The configuration or our own code may have changed since the last relink, which then looks at everything; if
        # not, feeds need not wait for it.
        trying("relink", lambda: rematch(this_round))
        let_workers_stop = keep_working(Bench(this_round))
        try:
            scheduler.start()
        finally:
            let_workers_stop()


def tick(this_round: Round) -> None:
    """Refresh what is due; a failing tick is told, and the next one tries again.

    Nobody is asked while what they say could not be kept: they would be asked again every quarter of a minute.
    """
    try:
        refuse_if_not_writable(this_round.store)
    except StoreError as error:
        logger.warning("fetching pauses: %s", error)
        return
    trying("tick", lambda: refresh_due(this_round))


def deliver(this_round: Round, post: Postbox) -> None:
    """Write what owners, operators and subscribers are to be told, and send what is due; no step stops another."""
    store, settings, clock = this_round.store, this_round.settings, this_round.clock
    trying("telling owners", lambda: tell_owners(store, settings, clock()))
    trying("telling operators", lambda: attend(this_round))
    if post.server:
        trying("weekly mails", lambda: digests.queue_due(store, settings, clock()))
    trying("delivery", lambda: postbox.send_due(post))


def tidy(post: Postbox) -> None:
    """Forget what people told us once it has served; after a failure the next hour tries again."""
    trying("tidying", lambda: postbox.forget(post))
    trying("tidying", lambda: forget(post))


def forget(post: Postbox) -> None:
    """Drop what was pasted, never confirmed, refused or withdrawn long enough ago."""
    with post.store.writing() as connection:
        forget_past(connection, post.clock())


def trying(what: str, step: Callable[[], object]) -> None:
    """Do one thing; a failure is told, and the next time tries again."""
    try:
        step()
    except Exception:
        logger.exception("%s failed", what)


def sweep(this_round: Round) -> None:
    """Once a day: drop what is past keeping, and relink, since time alone changes what is shown."""
    now = this_round.clock()
    try:
        with this_round.store.writing() as connection:
            records.forget_withdrawn(connection, now - TOMBSTONES_KEPT_FOR)
            fetches.forget_log(connection, now - LOG_KEPT_FOR)
        rematch(this_round, whole=True)
        give_back()
    except Exception:
        logger.exception("sweep failed")
