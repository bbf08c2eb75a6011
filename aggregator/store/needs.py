"""What waits for a person: the same figures for the list in /admin, the mails to operators and /metrics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from aggregator.model.corrections import AT, HIDDEN, Correction, stated
from aggregator.model.health import SourceOverview
from aggregator.store import (
    corrections,
    events,
    held,
    mails,
    operators,
    questions,
    records,
    registrations,
    reports,
    suggestions,
)
from aggregator.store import sources as stored_sources
from aggregator.store.held import HeldAnswer
from aggregator.store.ticks import Tick, last

# A source that fails for so long does not mend itself.
PATIENCE = timedelta(days=3)
# A mail that has waited so long will not leave by itself.
MAILS_WAIT = timedelta(hours=6)
# The scheduler ticks every quarter of a minute, and notes so once a minute.
STALE_AFTER = timedelta(minutes=10)
ROOM_NEEDED = 500_000_000


@dataclass(frozen=True, slots=True)
class Needs:
    """All that waits; `changed` are corrections whose source says something else since."""

    registrations: int
    questions: int
    reports: int
    suggestions: int
    held: tuple[tuple[SourceOverview, HeldAnswer | None], ...]
    failing: tuple[SourceOverview, ...]
    stuck_mails: int
    changed: tuple[Correction, ...]
    operators: int
    tick: Tick | None
    now: datetime

    @property
    def is_stale(self) -> bool:
        """Whether the scheduler has not been seen for too long."""
        return self.tick is None or self.now - self.tick.at > STALE_AFTER

    @property
    def is_full(self) -> bool:
        """Whether the disk is nearly full."""
        return self.tick is not None and self.tick.free_bytes < ROOM_NEEDED


def needs(connection: Connection, now: datetime) -> Needs:
    """What waits at this moment."""
    overviews = stored_sources.overviews(connection)
    answers = {answer.source: answer for answer in held.load(connection)}
    return Needs(
        registrations=len(registrations.waiting(connection)),
        questions=questions.count(connection),
        reports=len(reports.waiting(connection)),
        suggestions=len(suggestions.waiting(connection, now)),
        held=tuple((one, answers.get(one.source.id)) for one in overviews if waits(one, answers.get(one.source.id))),
        failing=tuple(one for one in overviews if is_failing(one, now)),
        stuck_mails=sum(is_stuck(one.queued_at, one.given_up_at, now) for one in mails.unsent(connection)),
        changed=changed_since(connection),
        operators=len(operators.load_all(connection)),
        tick=last(connection),
        now=now,
    )


def waits(overview: SourceOverview, answer: HeldAnswer | None) -> bool:
    """Whether a held answer waits for a verdict."""
    return overview.state.held_since is not None and not (answer and answer.verdict)


def is_failing(overview: SourceOverview, now: datetime) -> bool:
    """Whether a source could not be read for days."""
    state = overview.state
    since = state.first_failure_at
    return state.failure is not None and state.held_since is None and since is not None and now - since >= PATIENCE


def is_stuck(queued_at: datetime, given_up_at: datetime | None, now: datetime) -> bool:
    """Whether a mail needs a person."""
    return given_up_at is not None or now - queued_at > MAILS_WAIT


def changed_since(connection: Connection) -> tuple[Correction, ...]:
    """The corrections of events whose source now says neither what it said then nor what was corrected."""
    given = [one for one in corrections.load(connection) if one.field != HIDDEN]
    if not given:
        return ()
    said = statements(connection, given)
    return tuple(one for one in given if said.get((one.event, one.field), one.stated) not in (one.stated, one.value))


def statements(connection: Connection, given: list[Correction]) -> dict[tuple[str, str], str]:
    """What the source says now of each corrected field, by event and field."""
    published = {one.identity.id: one.event for one in events.load_published(connection, {one.event for one in given})}
    speakers = {
        (one.event, one.field): speaker(published[one.event].provenance, one.field)
        for one in given
        if one.event in published
    }
    known = {stored.record.id: stored.record for stored in records.load_some(connection, set(speakers.values()))}
    told = {pair: stated(known[record], pair[1]) for pair, record in speakers.items() if record in known}
    # A single date that its series does not name any more is over, or beyond what is expanded.
    return {pair: words for pair, words in told.items() if words or not pair[1].startswith(AT)}


def speaker(provenance: tuple[tuple[str, str], ...], field: str) -> str:
    """The record that tells a field; that of the start where nobody does."""
    told_by = dict(provenance)
    return told_by.get("place" if field.startswith("place_") else field) or told_by.get("start", "")
