"""A round: every source that is due, then one relink over what they said."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime

from aggregator.fetch.addresses import host_key
from aggregator.fetch.schedule import is_due, may_be_due, most_for_a_tick
from aggregator.fetch.transport import keeping
from aggregator.model.fetching import SourceState
from aggregator.model.health import Outcome, SourceReport
from aggregator.model.publishing import EventChanges
from aggregator.model.sources import Source
from aggregator.pipeline.apart import look_apart
from aggregator.pipeline.ledger import Ledger
from aggregator.pipeline.refresh import Round, refresh_source
from aggregator.pipeline.relink import relink
from aggregator.pipeline.thrift import give_back
from aggregator.pipeline.workers import Lane, lanes, work
from aggregator.store import matching, sources
from aggregator.store.database import Store

__all__ = ["Round", "refresh_all", "refresh_due", "rematch"]

logger = logging.getLogger(__name__)

# A platform with more feeds of ours than this slows down one of them, not all.
SHARED_BY_MANY = 20
NEVER_PLANNED = datetime.min.replace(tzinfo=UTC)

Told = Callable[[SourceReport], None]
Visit = tuple[Source, SourceState]


def refresh_all(this_round: Round, wanted: Collection[str], force: bool, told: Told) -> tuple[SourceReport, ...]:
    """Refresh the sources that are due among those wanted (all if none is named), then relink.

    `force` ignores the due time only. `told` hears of each source as it is done. The reports come in
    the order of sources.yaml, with the number of events now visible from each source.
    """
    now = this_round.clock()
    with this_round.store.reading() as connection:
        visits = [visit for visit in sources.load_active(connection) if not wanted or visit[0].id in wanted]
    due = [visit for visit in visits if force or is_wanted(visit, now)]
    reports = {report.source: report for report in visit_all(this_round, due, told)}
    log_line(reports.values(), rematch(this_round))
    for source, state in visits:
        if source.id not in reports:
            reports[source.id] = SourceReport(source.id, Outcome.NOT_DUE, next_at=state.next_at)
            told(reports[source.id])
    return with_figures(this_round, [reports[source.id] for source, _ in visits])


def refresh_due(this_round: Round) -> tuple[SourceReport, ...]:
    """Refresh what is due, and relink only if anything changed that no relink has seen: a tick of the scheduler.

    Of very many that are due at once, those that have waited longest are asked.
    """
    due, most = waiting(this_round)
    due = due[:most]
    reports = visit_all(this_round, due, lambda _: None)
    is_wanted_now = any(one.is_news for one in reports) or is_behind(this_round.store)
    changes = rematch(this_round) if is_wanted_now else None
    if reports:
        log_line(reports, changes)
        give_back()
    return tuple(reports)


def rematch(this_round: Round, whole: bool = False) -> EventChanges:
    """Bring what people see up to date with the records; `whole` looks at all of them."""
    look = look_apart if this_round.lasts else None
    return relink(this_round.store, this_round.settings, this_round.clock(), whole, look)


def log_line(reports: Collection[SourceReport], changes: EventChanges | None) -> None:
    """One line for each round that asked anybody."""
    counted = Counter(report.outcome for report in reports)
    logger.info(
        "round sources=%d updated=%d unchanged=%d held=%d rejected=%d events_written=%d events_removed=%d",
        len(reports),
        counted[Outcome.UPDATED],
        counted[Outcome.UNCHANGED],
        counted[Outcome.HELD],
        counted[Outcome.REJECTED],
        changes.number if changes else 0,
        len(changes.removed) if changes else 0,
    )


def is_behind(store: Store) -> bool:
    """Whether records have changed that no relink has seen."""
    with store.reading() as connection:
        return matching.is_behind(connection)


def is_wanted(visit: Visit, now: datetime) -> bool:
    """Whether the source is to be asked now; one that its owner paused is not."""
    source, state = visit
    return not source.paused and is_due(state, now)


def waiting(this_round: Round) -> tuple[list[Visit], int]:
    """The sources that are to be asked now, in the order of `longest_waiting`, and how many a tick may ask."""
    now = this_round.clock()
    with this_round.store.reading() as connection:
        found = sources.load_due(connection, *may_be_due(now))
        number = sources.count_active(connection)
    return longest_waiting(found, now), most_for_a_tick(number)


def longest_waiting(visits: Collection[Visit], now: datetime) -> list[Visit]:
    """Those that are to be asked now, new ones first, then in the order in which they became due."""
    wanted = [visit for visit in visits if is_wanted(visit, now)]
    return sorted(wanted, key=lambda visit: visit[1].next_at or NEVER_PLANNED)


def visit_all(this_round: Round, visits: Collection[Visit], told: Told) -> list[SourceReport]:
    """Visit the sources side by side, politely to every host."""
    settings = this_round.settings.fetch
    resting: dict[str, datetime] = {}
    ledger = Ledger(this_round.store)

    def lane_of(visit: Visit) -> Lane:
        host, width = host_key(visit[0].url, settings)
        # Files and refused addresses share no server with anybody.
        return (host, width) if host else (visit[0].id, 1)

    def refresh(visit: Visit) -> SourceReport:
        source, host = visit[0], host_key(visit[0].url, settings)[0]
        if host in resting:
            return SourceReport(source.id, Outcome.NOT_DUE, next_at=resting[host])
        report = refresh_source(this_round, *visit, ledger)
        if report.rests_until and let_rest(this_round, host, report.rests_until):
            resting[host] = report.rests_until
        return report

    try:
        return work(lanes(visits, lane_of), refresh, settings.parallel, told, keeping)
    finally:
        ledger.settle()


def let_rest(this_round: Round, host: str, until: datetime) -> bool:
    """Put off all sources of a host that asked us to wait; where very many share it, it spoke for the one only."""
    with this_round.store.reading() as connection:
        found = sources.load_mentioning(connection, host)
    neighbours = [source.id for source, _ in found if host_key(source.url, this_round.settings.fetch)[0] == host]
    if len(neighbours) > SHARED_BY_MANY:
        return False
    with this_round.store.writing() as connection:
        sources.postpone(connection, neighbours, until)
    return True


def with_figures(this_round: Round, reports: Collection[SourceReport]) -> tuple[SourceReport, ...]:
    """The reports with what is now visible from each source."""
    with this_round.store.reading() as connection:
        figures = sources.figures(connection)
    seen = [figures.get(report.source, (0, 0)) for report in reports]
    return tuple(
        replace(report, events=events, notices=notices) for report, (events, notices) in zip(reports, seen, strict=True)
    )
