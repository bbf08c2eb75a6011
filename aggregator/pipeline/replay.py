"""Reading the last good answers again: a mended parser reaches the past without the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aggregator.errors import Failure
from aggregator.model.fetching import SourceState
from aggregator.model.health import Outcome, SourceReport
from aggregator.model.sources import Source
from aggregator.pipeline.changes import decide_changes
from aggregator.pipeline.following import with_pages
from aggregator.pipeline.isolation import read_isolated
from aggregator.pipeline.reading import ReadJob
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.relink import relink
from aggregator.store import fetches, records, sources


def replay_all(this_round: Round, told: Callable[[SourceReport], None]) -> tuple[SourceReport, ...]:
    """Read every source's last good body again, then relink; sources without one are left alone."""
    with this_round.store.reading() as connection:
        visits = sources.load_active(connection)
    reports = []
    for source, state in visits:
        reports.append(replay_source(this_round, source, state))
        told(reports[-1])
    relink(this_round.store, this_round.settings, this_round.clock())
    return tuple(reports)


def replay_source(this_round: Round, source: Source, state: SourceState) -> SourceReport:
    """Read one stored body again; events that it lacks stay, since nobody was asked just now."""
    now = this_round.clock()
    with this_round.store.reading() as connection:
        body = fetches.load_body(connection, source.id)
        stored = records.load(connection, [source.id])
    if body is None:
        return SourceReport(source.id, Outcome.NOT_DUE, next_at=state.next_at)
    settings = this_round.settings
    reading = read_isolated(ReadJob.of(body, source, this_round.window(now), settings))
    if isinstance(reading, Failure):
        return SourceReport(source.id, Outcome.REJECTED, reading, next_at=state.next_at)
    reading = with_pages(source, reading, stored, None)
    # An incomplete reading may add and change but never remove (rule 4).
    changes = decide_changes(stored, replace(reading, complete=False), state, now)
    with this_round.store.writing() as connection:
        records.apply(connection, source.id, changes, now)
        sources.save_defects(connection, source.id, (*reading.defects, *changes.defects))
    outcome = Outcome.UNCHANGED if changes.is_empty else Outcome.UPDATED
    return SourceReport(
        source.id, outcome, added=len(changes.added), changed=len(changes.changed), next_at=state.next_at
    )
