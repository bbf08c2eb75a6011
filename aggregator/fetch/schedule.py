"""When a source is asked next. Pure: time and chance are passed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from aggregator.model.fetching import SourceState
from aggregator.model.sources import Source

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
JITTER = 0.1

# After a night without power all sources are due at once: twenty ticks, five minutes, go round them all.
TICKS_FOR_ALL = 20
LEAST_FOR_A_TICK = 16

GONE_ANSWERS = 3
GONE_FOR = timedelta(hours=48)


def is_due(state: SourceState, now: datetime) -> bool:
    """Whether the source may be asked now; a new one at once, a switched-off one never.

    Nobody is put off by more than a day: what is due later was planned by a clock that has been put back since.
    """
    if is_switched_off(state):
        return False
    return state.next_at is None or state.next_at <= now or state.next_at - now > LONGEST


def may_be_due(now: datetime) -> tuple[datetime, datetime]:
    """Due is only what is planned until the first moment, or after the second; `is_due` decides on the rest."""
    return now, now + LONGEST


def most_for_a_tick(sources: int) -> int:
    """How many of so many sources one tick of the scheduler may ask: after a standstill they come by and by.

    It is three times what a tick needs if every source has the shortest interval.
    """
    return max(LEAST_FOR_A_TICK, -(-sources // TICKS_FOR_ALL))


def is_switched_off(state: SourceState) -> bool:
    """Whether the source has said "gone" (410) in three answers over two days.

    The only way in which asking ever ends: all other failures just make it rarer.
    """
    if state.gone_answers < GONE_ANSWERS or state.gone_since is None or state.last_attempt_at is None:
        return False
    return state.last_attempt_at - state.gone_since >= GONE_FOR


def next_attempt(source: Source, state: SourceState, wish: timedelta | None, now: datetime, jitter: float) -> datetime:
    """The moment of the next attempt, 15 minutes to 24 hours ahead.

    `state` is the one after the answer. `wish` is what the answer asked for: max-age, Expires or the
    calendar's REFRESH-INTERVAL after a success, Retry-After after a failure. A wish only ever makes
    us come less often: "max-age=0" means "ask me before reuse", not "come every minute".
    `jitter` in [-1, 1] moves the moment by up to a tenth, so that sources do not march in step.
    """
    least = wish or timedelta()
    wait = max(_interval(source.interval, state.failures), least)
    swayed = wait * (1 + JITTER * jitter)
    if state.failures:
        # Retry-After is a request, not a hint: chance may not shorten it.
        swayed = max(swayed, least)
    return now + _within_bounds(swayed)


def _interval(interval: timedelta, failures: int) -> timedelta:
    """The interval, doubled by each failure in a row."""
    # 2^7 quarters of an hour are more than a day; a month of failures must not overflow.
    return _within_bounds(_within_bounds(interval) * 2 ** min(failures, 7))


def _within_bounds(wait: timedelta) -> timedelta:
    return min(max(wait, SHORTEST), LONGEST)
