"""Does what pages ask for, one after the other, beside the ticks of the scheduler."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Connection

from aggregator.fetch.client import REAL_NETWORK
from aggregator.fetch.transport import Network
from aggregator.model.health import SourceReport
from aggregator.model.jobs import (
    Job,
    JobKind,
    Known,
    LogoWish,
    MergedFound,
    MergedWish,
    PreviewFound,
    PreviewWish,
    ProseFound,
    ProseWish,
    RefreshDone,
    RefreshWish,
    RelinkWish,
)
from aggregator.model.preview import Preview
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.pipeline.logos import fetched_logo
from aggregator.pipeline.newsletter import read_newsletter
from aggregator.pipeline.overlap import known_already
from aggregator.pipeline.preview import look_behind
from aggregator.pipeline.replay import replay_source
from aggregator.pipeline.rounds import Round, refresh_all, rematch
from aggregator.pipeline.supposing import supposed
from aggregator.pipeline.understood import upcoming
from aggregator.store import jobs, pictures, registered, registrations, sources, suggestions
from aggregator.store.codec import decode

logger = logging.getLogger(__name__)

JOBS_KEPT_FOR = timedelta(days=1)
UNCONFIRMED_KEPT_FOR = timedelta(days=3)
REFUSED_KEPT_FOR = timedelta(days=30)
WITHDRAWN_KEPT_FOR = timedelta(days=7)
# As long as a notice can stand in its feed.
ANSWERS_KEPT_FOR = timedelta(days=800)
PAUSE_SECONDS = 0.5
# A stranger waits for the answer, and nobody is to be kept busy for long.
CONNECT_SECONDS = 4.0
TOTAL_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker needs: the round that all refreshing shares, and the network."""

    round: Round
    network: Network = REAL_NETWORK


def keep_working(bench: Bench, workers: int = 2) -> Callable[[], None]:
    """Start workers that do what is asked for until the returned function is called."""
    over = Event()
    with bench.round.store.writing() as connection:
        jobs.resume(connection)
    threads = [Thread(target=work, args=(bench, over), name=f"job-{at}", daemon=True) for at in range(workers)]
    for thread in threads:
        thread.start()

    def stop() -> None:
        over.set()
        for thread in threads:
            thread.join(timeout=1)

    return stop


def work(bench: Bench, over: Event) -> None:
    """One worker: look for work, do it, look again."""
    while not over.is_set():
        try:
            busy = do_next(bench)
        except Exception:
            logger.exception("jobs cannot be read")
            busy = False
        if not busy:
            over.wait(PAUSE_SECONDS)


def do_next(bench: Bench) -> bool:
    """Do one job, if there is any; a mistake of ours fails the job and nothing else."""
    store = bench.round.store
    with store.reading() as connection:
        if not jobs.waiting(connection):
            return False
    with store.writing() as connection:
        job = jobs.claim(connection)
    if job is None:
        return False
    try:
        result = DOING[job.kind](bench, job)
    except Exception:
        logger.exception("job kind=%s failed", job.kind)
        result = None
    with store.writing() as connection:
        jobs.finish(connection, job.id, result, bench.round.clock())
    logger.info("job kind=%s outcome=%s", job.kind, "failed" if result is None else "done")
    return True


def do_preview(bench: Bench, job: Job) -> PreviewFound:
    """Look behind an address, and compare with what is known."""
    wish, this_round = decode(PreviewWish, job.payload), bench.round
    now, settings = this_round.clock(), this_round.settings
    with this_round.store.reading() as connection:
        pulled = [source for source, _ in sources.load_active(connection)]
    preview, success = look_behind(wish.url, for_strangers(settings), pulled, now, bench.network)
    if success is None:
        return PreviewFound(preview)
    coming = upcoming(success.reading, now)
    known = known_already(this_round.store, settings, success.reading, coming) if coming else Known()
    return PreviewFound(preview, wanted_source(preview, settings), known)


def for_strangers(settings: Settings) -> Settings:
    """The settings of a trial fetch: short patience."""
    limits = settings.fetch
    patience = (min(limits.connect_seconds, CONNECT_SECONDS), min(limits.total_seconds, TOTAL_SECONDS))
    return replace(settings, fetch=replace(limits, connect_seconds=patience[0], total_seconds=patience[1]))


def wanted_source(preview: Preview, settings: Settings) -> Source | None:
    """The source that the preview's calendar would become; it has neither id nor initiative yet."""
    if preview.chosen is None:
        return None
    site = settings.site
    chosen = preview.chosen
    return Source("", "", chosen.url, chosen.format, timezone=site.timezone, language=site.languages[0])


def do_refresh(bench: Bench, job: Job) -> RefreshDone:
    """Read one source now, whenever it would be due."""
    wish = decode(RefreshWish, job.payload)
    reports: list[SourceReport] = []
    refresh_all(bench.round, (wish.source,), True, reports.append)
    done = next((report for report in reports if report.source == wish.source), None)
    if done is None:
        return RefreshDone("gone")
    failure = (done.failure.error_class.value, done.failure.detail) if done.failure else ("", "")
    return RefreshDone(done.outcome.value, *failure, done.added, done.changed, done.withdrawn)


def do_relink(bench: Bench, job: Job) -> RelinkWish:
    """Bring what the public sees up to date with what people said."""
    rematch(bench.round)
    return RelinkWish()


def do_replay(bench: Bench, job: Job) -> RefreshDone:
    """Read the last good body of one source again, without the network."""
    wish = decode(RefreshWish, job.payload)
    with bench.round.store.reading() as connection:
        visit = next((one for one in sources.load_active(connection) if one[0].id == wish.source), None)
    if visit is None:
        return RefreshDone("gone")
    done = replay_source(bench.round, *visit)
    rematch(bench.round)
    failure = (done.failure.error_class.value, done.failure.detail) if done.failure else ("", "")
    return RefreshDone(done.outcome.value, *failure, done.added, done.changed, done.withdrawn)


def do_prose(bench: Bench, job: Job) -> ProseFound:
    """Read a pasted text for dates."""
    wish = decode(ProseWish, job.payload)
    site = bench.round.settings.site
    source = Source(wish.source, "", "", timezone=site.timezone, language=site.languages[0])
    return read_newsletter(wish.text, source, bench.round.settings, bench.round.clock())


def do_logo(bench: Bench, job: Job) -> LogoWish:
    """Copy a logo; one that an owner has hung meanwhile stays."""
    wish, this_round = decode(LogoWish, job.payload), bench.round
    settings = for_strangers(this_round.settings).fetch
    found = fetched_logo(wish, settings, this_round.clock(), bench.network)
    with this_round.store.writing() as connection:
        if found and pictures.of_initiative(connection, wish.initiative) is None:
            pictures.put(connection, wish.initiative, found)
    return LogoWish(wish.initiative)


def do_merged(bench: Bench, job: Job) -> MergedFound:
    """Say what two records would be together."""
    with bench.round.store.reading() as connection:
        return MergedFound(supposed(connection, bench.round.settings, decode(MergedWish, job.payload)))


def forget_past(connection: Connection, now: datetime) -> None:
    """Once an hour: drop what was asked for, never confirmed, refused or withdrawn long enough ago."""
    jobs.forget(connection, now - JOBS_KEPT_FOR)
    registrations.forget(connection, now - UNCONFIRMED_KEPT_FOR, now - REFUSED_KEPT_FOR)
    suggestions.forget(connection, now - ANSWERS_KEPT_FOR)
    gone = registered.forget_withdrawn(connection, now - WITHDRAWN_KEPT_FOR)
    registrations.forget_initiatives(connection, gone)


DOING: dict[JobKind, Callable[[Bench, Job], object]] = {
    JobKind.PREVIEW: do_preview,
    JobKind.REFRESH: do_refresh,
    JobKind.RELINK: do_relink,
    JobKind.REPLAY: do_replay,
    JobKind.PROSE: do_prose,
    JobKind.LOGO: do_logo,
    JobKind.MERGED: do_merged,
}
