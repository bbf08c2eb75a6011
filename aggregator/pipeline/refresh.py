"""One source, once around: fetch, read, decide, write. Never raises for anything a source does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import perf_counter

from aggregator.clock import Clock
from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.client import fetch
from aggregator.fetch.conditional import after_failure, body_hash, next_state
from aggregator.fetch.schedule import next_attempt
from aggregator.model.fetching import Body, FetchFailed, NotModified, SourceState, Validators
from aggregator.model.health import Outcome, SourceReport
from aggregator.model.records import FeedReading, Record, RecordChanges, StoredRecord
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.model.times import Window, horizon, zone_info
from aggregator.parse.attendees import without_attendees
from aggregator.pipeline.changes import decide_changes
from aggregator.pipeline.following import page_asker, with_pages
from aggregator.pipeline.horizon import roll_series
from aggregator.pipeline.judging import as_judged, judge
from aggregator.pipeline.ledger import Check, Ledger
from aggregator.pipeline.partial import understand
from aggregator.pipeline.reading import ReadJob
from aggregator.pipeline.typed_in import answer_of_store
from aggregator.store import fetches, outlines, records, sources
from aggregator.store import held as held_answers
from aggregator.store.database import Store
from aggregator.store.held import HeldAnswer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What every source of one round of refreshing is given.

    `jitter` gives a number in [-1, 1] that spreads the next visits. `lasts` if the process goes on for months,
    so that what takes much memory for a moment is done in another.
    """

    store: Store
    settings: Settings
    clock: Clock
    jitter: Callable[[], float]
    lasts: bool = False

    def window(self, now: datetime) -> Window:
        """The horizon around today, as the site's people count days."""
        return horizon(now.astimezone(zone_info(self.settings.site.timezone)).date())


@dataclass(frozen=True, slots=True)
class Step:
    """What one visit came to: the report, the state to save, and what to write before it.

    `body` and `reading` are set only when they are to be kept; `is_noted` is false for a visit that the history of the
    source may leave out. `basis` is by what the body was read, None to leave what is known of that.
    """

    report: SourceReport
    state: SourceState
    changes: RecordChanges = RecordChanges()
    body: Body | None = None
    reading: FeedReading | None = None
    rolled: tuple[Record, ...] = ()
    is_noted: bool = True
    basis: bytes | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing but the time of this visit and the next is to be written."""
        says_nothing = self.changes.is_empty and not self.rolled and self.body is None and self.reading is None
        return says_nothing and self.report.outcome is Outcome.UNCHANGED


def refresh_source(this_round: Round, source: Source, state: SourceState, ledger: Ledger | None = None) -> SourceReport:
    """Visit one source and write what it says; whatever goes wrong is in the report.

    With a ledger, a visit that brings nothing new is written down with others of its kind.
    """
    started = perf_counter()
    now = this_round.clock()
    try:
        step = visit(this_round, source, state, now)
        report = replace(step.report, milliseconds=round((perf_counter() - started) * 1000))
        is_noted = belongs_into_history(this_round, step, state, now)
        if ledger and step.is_quiet:
            ledger.put(Check(report, state, step.state, now, is_noted))
        elif not write(this_round.store, source, state, replace(step, report=report, is_noted=is_noted), now):
            report = SourceReport(source.id, Outcome.NOT_DUE)
    except Exception as error:
        # A mistake of ours or of the database: this source is told of later, the others go on.
        logger.exception("source=%s outcome=crashed", source.id)
        return SourceReport(source.id, Outcome.REJECTED, Failure(ErrorClass.PARSE, type(error).__name__))
    log_line(report)
    return report


def belongs_into_history(this_round: Round, step: Step, before: SourceState, now: datetime) -> bool:
    """Whether a visit is noted: all are but those that found nothing, of which one a day is enough.

    The time of the last visit is part of the state in any case.
    """
    if step.report.outcome is not Outcome.UNCHANGED or before.failure or before.last_attempt_at is None:
        return True
    return this_round.window(before.last_attempt_at) != this_round.window(now)


def visit(this_round: Round, source: Source, state: SourceState, now: datetime) -> Step:
    """Ask the source and understand its answer; nothing is written yet."""
    # A 304 would not confirm that an event is gone (rule 4): while one is missing we ask for everything.
    asked = replace(state, validators=Validators()) if state.missing else state
    own = answer_of_store(this_round.store, source) if source.is_own else None
    answer = own or fetch(source, asked, this_round.settings.fetch, now)
    if isinstance(answer, FetchFailed):
        failed = next_state(state, answer, now)
        return rejected(this_round, source, failed, answer.failure, answer.retry_after)
    if isinstance(answer, NotModified):
        return unchanged(this_round, source, replace(next_state(state, answer, now), held_since=None), answer.fresh_for)
    hashed = body_hash(answer.content)
    if hashed == state.body_hash and not state.missing:
        after = replace(next_state(state, answer, now, hashed), held_since=None)
        return unchanged(this_round, source, after, answer.fresh_for)
    return read(this_round, source, state, answer)


def read(this_round: Round, source: Source, state: SourceState, body: Body) -> Step:
    """Read a body that is not the one we know, and decide what it changes."""
    now, settings = this_round.clock(), this_round.settings
    window = this_round.window(now)
    understood = understand(this_round.store, ReadJob.of(body, source, window, settings), state)
    if isinstance(understood, Failure):
        return rejected(this_round, source, after_failure(state, understood, now), understood, None)
    stored = understood.stored
    judged = judgement(this_round.store, source) if state.held_since else None
    reading = with_pages(source, understood.reading, stored, page_asker(source, settings, now))
    changes = judge(decide_changes(stored, reading, as_judged(state, judged), now), judged)
    missing = still_missing(stored, changes)
    report = told(source, state, stored, changes)
    if changes.held:
        return held(this_round, source, replace(state, missing=missing), changes, report)
    after = replace(
        next_state(state, body, now), held_since=None, expanded_on=window.first.isoformat(), missing=missing
    )
    after = scheduled(this_round, source, after, longest(body.fresh_for, reading.refresh_interval))
    defects = (*reading.defects, *changes.defects)
    lost = tuple(defect for defect in defects if defect.is_loss)
    kept = None if report.outcome is Outcome.UNCHANGED else body
    report = replace(report, skipped=lost, next_at=after.next_at)
    basis = b"" if defects else understood.basis
    return Step(report, after, changes, kept, replace(reading, defects=defects), changes.rolled, basis=basis)


def judgement(store: Store, source: Source) -> HeldAnswer | None:
    """What is known of an answer of this source that was not believed."""
    with store.reading() as connection:
        return held_answers.of_source(connection, source.id)


def told(source: Source, state: SourceState, stored: Sequence[StoredRecord], changes: RecordChanges) -> SourceReport:
    """What the changes mean to people: that an event was missing for a while is no news once it is back."""
    withdrawn = {each.record.id for each in stored if each.withdrawn_at}
    changed = {record.id for record in changes.changed} | withdrawn.intersection(changes.returned)
    return SourceReport(
        source.id,
        Outcome.UNCHANGED if changes.is_empty and state.last_success_at else Outcome.UPDATED,
        added=len(changes.added),
        changed=len(changed),
        withdrawn=len(changes.withdrawn),
    )


def still_missing(stored: Sequence[StoredRecord], changes: RecordChanges) -> int:
    """How many events are missing and not yet known to be gone."""
    settled = {*changes.returned, *changes.withdrawn, *(record.id for record in changes.changed)}
    before = {each.record.id for each in stored if each.missing_since and not each.withdrawn_at}
    return len((before | set(changes.missing)) - settled)


def unchanged(this_round: Round, source: Source, state: SourceState, wish: timedelta | None) -> Step:
    """Nothing new; but when a day has passed, stored series are expanded to the new horizon."""
    first_day = this_round.window(this_round.clock()).first.isoformat()
    rolled = rolled_series(this_round, source) if state.expanded_on != first_day else ()
    after = scheduled(this_round, source, replace(state, expanded_on=first_day), wish)
    return Step(SourceReport(source.id, Outcome.UNCHANGED, next_at=after.next_at), after, rolled=rolled)


def rolled_series(this_round: Round, source: Source) -> tuple[Record, ...]:
    """The source's series as they look in today's horizon, where that differs."""
    with this_round.store.reading() as connection:
        stored = [each.record for each in records.load(connection, [source.id])]
    return roll_series(stored, this_round.window(this_round.clock()), this_round.settings.reading)


def rejected(this_round: Round, source: Source, state: SourceState, failure: Failure, wish: timedelta | None) -> Step:
    """The source could not be read: everything stays as it is, and we come back later."""
    after = scheduled(this_round, source, state, wish)
    rests_until = this_round.clock() + wish if wish else None
    report = SourceReport(source.id, Outcome.REJECTED, failure, next_at=after.next_at, rests_until=rests_until)
    return Step(report, after)


def held(this_round: Round, source: Source, state: SourceState, changes: RecordChanges, report: SourceReport) -> Step:
    """The answer is not believed in what it lacks; what it adds counts.

    The validators stay those of the last believed answer, so that we ask in full again. Once the store holds
    more than that answer said, it would be no answer either: then everything is asked for and read.
    """
    now = this_round.clock()
    failure = Failure(ErrorClass(changes.held), changes.held_detail)
    after = replace(state, last_attempt_at=now, failures=0, failure=failure, held_since=state.held_since or now)
    if not changes.is_empty:
        after = replace(after, validators=Validators(), body_hash="")
    after = scheduled(this_round, source, after, None)
    report = replace(report, outcome=Outcome.HELD, failure=failure, next_at=after.next_at)
    return Step(report, after, changes, rolled=changes.rolled, basis=b"")


def scheduled(this_round: Round, source: Source, state: SourceState, wish: timedelta | None) -> SourceState:
    """The state with the time of the next visit."""
    return replace(state, next_at=next_attempt(source, state, wish, this_round.clock(), this_round.jitter()))


def longest(one: timedelta | None, other: timedelta | None) -> timedelta | None:
    """The longer of two wishes for how long to wait."""
    return max((wish for wish in (one, other) if wish is not None), default=None)


def write(store: Store, source: Source, before: SourceState, step: Step, now: datetime) -> bool:
    """One visit is one transaction: records first, the state with its validators last.

    Were validators saved before the records they belong to, a crash in between and the 304 after it
    would lose the change for good. False, with nothing written, if another process visited the source meanwhile:
    what a frozen one decided from the records of then would undo what came after.
    """
    with store.writing() as connection:
        if not sources.is_untouched(connection, source.id, before):
            return False
        records.apply(connection, source.id, step.changes, now)
        records.restate(connection, step.rolled)
        if step.reading is not None:
            sources.save_defects(connection, source.id, step.reading.defects)
        if step.body is not None:
            kept = replace(step.body, content=without_attendees(step.body.content))
            fetches.save_body(connection, source.id, kept, now)
        if step.basis is not None:
            outlines.save(connection, source.id, step.basis)
        if step.report.outcome is Outcome.HELD:
            held_answers.note(connection, source.id, step.changes.lost, now)
        elif step.report.outcome is not Outcome.REJECTED:
            held_answers.forget(connection, source.id)
        if step.is_noted:
            fetches.log(connection, step.report, now)
        sources.save_state(connection, source.id, step.state)
        return True


def log_line(report: SourceReport) -> None:
    """One line per source and round."""
    logger.info(
        "source=%s outcome=%s error=%s added=%d changed=%d withdrawn=%d skipped=%d ms=%d",
        report.source,
        report.outcome,
        report.failure.error_class if report.failure else "-",
        report.added,
        report.changed,
        report.withdrawn,
        len(report.skipped),
        report.milliseconds,
    )
