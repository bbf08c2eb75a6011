"""Several machines: one queue on the shared PostgreSQL, and any number of workers that empty it (procrastinate).

The clock is procrastinate's own: of all workers one defers each tick. A tick hands out what is due, one job for each
source; a host's jobs share a lock, so that it is never asked twice at once, wherever the workers run. What is due,
what changed and what is the same event is decided by the functions that a single machine uses.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from threading import Event, Thread
from zlib import crc32

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from procrastinate.jobs import DeleteJobCondition, Status
from sqlalchemy import inspect, make_url

from aggregator.errors import FetchLockTaken, StoreError
from aggregator.fetch.addresses import host_key
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source
from aggregator.pipeline import scheduler
from aggregator.pipeline.jobs import Bench, keep_working
from aggregator.pipeline.postbox import Postbox
from aggregator.pipeline.refresh import refresh_source
from aggregator.pipeline.rounds import Round, is_behind, is_wanted, let_rest, rematch, waiting
from aggregator.store import sources
from aggregator.store.database import Store
from aggregator.store.engines import patient
from aggregator.store.locking import migration_lock

logger = logging.getLogger(__name__)

# Seconds stand last in procrastinate's cron.
EVERY_QUARTER_OF_A_MINUTE = "* * * * * */15"
EVERY_HOUR = "17 * * * *"
EVERY_DAY = "23 3 * * *"
HEARTBEAT_SECONDS = 10.0
GRACE_SECONDS = 20.0
# A worker that stands still while it puts a job into the queue holds the others' way to that source: the server ends
# what it has begun. Every step of the queue takes milliseconds.
LETS_GO = "-cidle_in_transaction_session_timeout=30000"
# What people see comes before the next answers: a relink jumps the queue of sources.
URGENT, ORDINARY = 10, 0


def open_queue(store: Store) -> App:
    """The queue on the store's PostgreSQL, with its tables made; processes that start together wait for the first."""
    url = patient(make_url(store.url)).set(drivername="postgresql")
    options = " ".join(filter(None, (str(url.query.get("options", "")), LETS_GO)))
    address = url.update_query_dict({"options": options}).render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=address))
    with store.writing() as connection:
        migration_lock(connection)
        if not inspect(connection).has_table("procrastinate_jobs"):
            with app.open():
                app.schema_manager.apply_schema()
    # The connector above has worked without an event loop; the worker needs a fresh one.
    return App(connector=PsycopgConnector(conninfo=address))


def work(this_round: Round, post: Postbox, give_up_after: float) -> None:
    """Do what the queue holds until told to stop; jobs that run then have twenty seconds to end.

    A worker that was silent for `give_up_after` seconds is taken for dead, and its jobs are done by others. While
    the database is away we wait for it; procrastinate itself would end.
    """
    over = Event()
    errands = Thread(target=run_errands, args=(this_round, over), name="errands", daemon=True)
    errands.start()
    try:
        while not is_done(this_round, post, give_up_after):
            over.wait(HEARTBEAT_SECONDS)
    finally:
        over.set()
        errands.join(timeout=1)


def is_done(this_round: Round, post: Postbox, give_up_after: float) -> bool:
    """Work at the queue; True when we were told to stop, False when the database went away."""
    try:
        app = open_queue(this_round.store)
        take_on(app, this_round, post, give_up_after)
        return asyncio.run(run_until_told(app, this_round.settings.fetch.parallel, give_up_after))
    except (ProcrastinateException, StoreError) as error:
        logger.warning("the queue is away: %s", str(error) or type(error).__name__)
        return False


async def run_until_told(app: App, parallel: int, give_up_after: float) -> bool:
    """Run procrastinate's worker; whether it ended because we were told to stop, and not by itself.

    When its connection breaks it ends as politely as when it is asked to, so the signals have to come to us.
    """
    async with app.open_async():
        worker = asyncio.ensure_future(
            app.run_worker_async(
                concurrency=parallel,
                shutdown_graceful_timeout=GRACE_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=give_up_after,
                delete_jobs=DeleteJobCondition.ALWAYS,
                install_signal_handlers=False,
            )
        )
        told = asyncio.Event()

        def stop() -> None:
            told.set()
            worker.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        with suppress(asyncio.CancelledError):
            await worker
        return told.is_set()


def run_errands(this_round: Round, over: Event) -> None:
    """What people wait for on a page is done by one worker at once; when it ends, another takes over."""
    while not over.is_set():
        try:
            with this_round.store.fetch_lock():
                let_go = keep_working(Bench(this_round))
                over.wait()
                let_go()
        except FetchLockTaken:
            over.wait(HEARTBEAT_SECONDS)
        except StoreError as error:
            logger.warning("errands wait: %s", error)
            over.wait(HEARTBEAT_SECONDS)


def take_on(app: App, this_round: Round, post: Postbox, give_up_after: float) -> None:
    """Tell the queue what its jobs mean."""

    @app.task(name="refresh", queue="refresh", priority=ORDINARY)
    def refresh(source_id: str) -> None:
        if refresh_one(this_round, source_id):
            ask_for_relink()

    @app.task(name="relink", lock="relink", queueing_lock="relink", priority=URGENT)
    def relink_all() -> None:
        rematch(this_round)

    def ask_for_relink() -> None:
        with suppress(AlreadyEnqueued):
            relink_all.defer()

    def tick() -> None:
        hand_out(this_round, app)
        if is_behind(this_round.store):
            ask_for_relink()

    every(app, EVERY_QUARTER_OF_A_MINUTE, "tick", tick)
    every(app, EVERY_QUARTER_OF_A_MINUTE, "deliver", lambda: scheduler.deliver(this_round, post))
    every(app, EVERY_HOUR, "tidy", lambda: scheduler.tidy(post))
    every(app, EVERY_DAY, "sweep", lambda: scheduler.sweep(this_round))

    # Without a lock: one that died while it held this job would keep it from ever running again.
    @app.periodic(cron=EVERY_QUARTER_OF_A_MINUTE)
    @app.task(name="heal", queueing_lock="heal", priority=URGENT)
    async def heal(timestamp: int) -> None:
        await give_up_stalled(app, give_up_after)


def every(app: App, cron: str, name: str, do: Callable[[], object]) -> None:
    """A job that one of all workers does at each of these times, never two at once."""

    @app.periodic(cron=cron)
    @app.task(name=name, lock=name, queueing_lock=name, priority=URGENT)
    def at_its_time(timestamp: int) -> None:
        do()


def hand_out(this_round: Round, app: App) -> int:
    """Put the sources that are due into the queue, unless they are there already; returns how many were new.

    As on one machine, a tick never hands out more than its share.
    """
    limits = this_round.settings.fetch
    due, most = waiting(this_round)
    new = (source for source, _ in due if ask_for(app, source, limits))
    return sum(1 for _ in islice(new, most))


def ask_for(app: App, source: Source, limits: FetchSettings) -> bool:
    """Queue one source; False if it waits there already."""
    job = app.configure_task("refresh", lock=lane(source, limits), queueing_lock=f"source {source.id}")
    try:
        job.defer(source_id=source.id)
    except AlreadyEnqueued:
        return False
    return True


def lane(source: Source, limits: FetchSettings) -> str:
    """The lock of the source's host; where several may run at once, one of that many."""
    host, width = host_key(source.url, limits)
    return f"host {host} {crc32(source.id.encode()) % width}" if host else f"source {source.id}"


def refresh_one(this_round: Round, source_id: str) -> bool:
    """Visit a source that is still due; whether the public sees anything new."""
    with this_round.store.reading() as connection:
        visit = sources.find(connection, source_id)
    if visit is None or not is_wanted(visit, this_round.clock()):
        return False
    source, state = visit
    report = refresh_source(this_round, source, state)
    if report.rests_until:
        let_rest(this_round, host_key(source.url, this_round.settings.fetch)[0], report.rests_until)
    return report.is_news


async def give_up_stalled(app: App, silent_seconds: float) -> int:
    """End the jobs of workers that are silent, so that their locks are free; the next tick asks for them again.

    Never `retry_job`: where the next tick has queued the same source, it fails and the host's lock stays for good
    (procrastinate issue 1543).
    """
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in stalled:
        logger.warning("job=%s given up: its worker is silent", job.task_name)
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    return len(stalled)
