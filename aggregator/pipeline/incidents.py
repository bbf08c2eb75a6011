"""Which mails to the owner of a source are due: decided from its state and what was mailed before.

An incident is named by the moment at which it began, so that each is told once however often we look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.model.fetching import SourceState

BROKEN, HEALED, HELD, YEARLY = "broken", "healed", "held", "yearly"
# Most troubles end by themselves before anybody has read a mail.
BROKEN_FOR = timedelta(days=3)
# A calendar that comes and goes is told of once in a while, not each time.
HELD_AGAIN_AFTER = timedelta(days=7)
# Whoever mends a calendar weeks later still hears that it worked; after a year nobody remembers the first mail.
REMEMBERED_FOR = timedelta(days=365)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Told:
    """A mail that was queued: its purpose, which incident it was about, and when (UTC)."""

    purpose: str
    incident: str
    at: datetime


def due_about_source(state: SourceState, told: Collection[Told], now: datetime) -> Iterator[Told]:
    """What the owner of a source is to be told now."""
    if state.failure is not None and state.held_since is None:
        yield from broken(state, told, now)
    elif state.held_since is not None:
        yield from held(state.held_since, told, now)
    elif state.last_success_at is not None:
        yield from healed(state.last_success_at, told, now)


def broken(state: SourceState, told: Collection[Told], now: datetime) -> Iterator[Told]:
    """Not read for three days."""
    since = state.first_failure_at
    if since is not None and now - since >= BROKEN_FOR and not was_told(BROKEN, since.isoformat(), told):
        yield Told(BROKEN, since.isoformat(), now)


def held(since: datetime, told: Collection[Told], now: datetime) -> Iterator[Told]:
    """Suddenly empty or halved."""
    lately = any(one.purpose == HELD and now - one.at < HELD_AGAIN_AFTER for one in told)
    if not lately and not was_told(HELD, since.isoformat(), told):
        yield Told(HELD, since.isoformat(), now)


def healed(last_success: datetime, told: Collection[Told], now: datetime) -> Iterator[Told]:
    """Read again, after we had written that it was not."""
    for one in told:
        is_past = one.purpose == BROKEN and last_success > one.at and now - one.at < REMEMBERED_FOR
        if is_past and not was_told(HEALED, one.incident, told):
            yield Told(HEALED, one.incident, now)


def awaits_healing(told: Collection[Told]) -> bool:
    """Whether we wrote that a source is broken, and not yet that it works again."""
    return any(one.purpose == BROKEN and not was_told(HEALED, one.incident, told) for one in told)


def due_this_year(known_since: datetime, told: Collection[Told], now: datetime) -> Iterator[Told]:
    """Once a year, counted from the day on which the initiative registered."""
    years = (now - known_since) // A_YEAR
    if years >= 1 and not was_told(YEARLY, str(years), told):
        yield Told(YEARLY, str(years), now)


def was_told(purpose: str, incident: str, told: Collection[Told]) -> bool:
    """Whether this incident was mailed for this purpose."""
    return any((one.purpose, one.incident) == (purpose, incident) for one in told)
