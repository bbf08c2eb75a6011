"""When a source is asked next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.fetch.schedule import is_due, is_switched_off, most_for_a_tick, next_attempt
from aggregator.model.fetching import SourceState
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def wait(minutes: int = 60, failures: int = 0, wish: timedelta | None = None, jitter: float = 0) -> timedelta:
    source = Source("s", "i", "https://a.example/x", interval=minutes * MINUTE)
    return next_attempt(source, SourceState(failures=failures), wish, NOW, jitter) - NOW


@pytest.mark.parametrize(
    ("next_at", "due"),
    [
        pytest.param(None, True, id="new"),
        pytest.param(NOW, True, id="now"),
        pytest.param(NOW - DAY, True, id="overdue"),
        pytest.param(NOW + MINUTE, False, id="not yet"),
        pytest.param(NOW + DAY, False, id="as late as ever"),
        pytest.param(NOW + DAY + MINUTE, True, id="planned by a clock that was put back since"),
    ],
)
def test_a_source_is_due_from_its_moment_on(next_at, due):
    assert is_due(SourceState(next_at=next_at), NOW) is due


@pytest.mark.parametrize(("sources", "most"), [(0, 16), (320, 16), (321, 17), (1000, 50)])
def test_all_sources_have_their_turn_within_five_minutes_of_ticks(sources, most):
    assert most_for_a_tick(sources) == most


@pytest.mark.parametrize(
    ("minutes", "wish", "expected"),
    [
        pytest.param(60, None, HOUR, id="no wish"),
        pytest.param(60, 3 * HOUR, 3 * HOUR, id="wants to be asked less often"),
        pytest.param(60, MINUTE, HOUR, id="would be asked every minute"),
        pytest.param(60, timedelta(), HOUR, id="max-age=0"),
        pytest.param(60, 365 * DAY, DAY, id="fresh for a year"),
        pytest.param(1, None, 15 * MINUTE, id="interval too short"),
        pytest.param(10_000, None, DAY, id="interval too long"),
    ],
)
def test_a_success_is_followed_by_the_interval_or_the_wish(minutes, wish, expected):
    assert wait(minutes, wish=wish) == expected


@pytest.mark.parametrize(
    ("failures", "expected"),
    [(1, 2 * HOUR), (2, 4 * HOUR), (3, 8 * HOUR), (4, 16 * HOUR), (5, DAY), (10_000, DAY)],
)
def test_each_failure_doubles_the_wait_up_to_a_day_and_for_ever(failures, expected):
    assert wait(failures=failures) == expected


@pytest.mark.parametrize(
    ("failures", "wish", "jitter", "expected"),
    [
        pytest.param(1, 5 * HOUR, 0, 5 * HOUR, id="longer than our own"),
        pytest.param(1, MINUTE, 0, 2 * HOUR, id="shorter than our own"),
        pytest.param(1, 5 * HOUR, -1, 5 * HOUR, id="not shortened by chance"),
        pytest.param(1, 5 * HOUR, 1, 5.5 * HOUR, id="lengthened by chance"),
        pytest.param(1, 30 * DAY, 1, DAY, id="never more than a day"),
    ],
)
def test_retry_after_is_kept(failures, wish, jitter, expected):
    assert wait(failures=failures, wish=wish, jitter=jitter) == expected


@pytest.mark.parametrize(
    ("minutes", "jitter", "expected"),
    [
        pytest.param(60, 1, 66 * MINUTE, id="later"),
        pytest.param(60, -1, 54 * MINUTE, id="earlier"),
        pytest.param(60, 0.5, 63 * MINUTE, id="a little later"),
        pytest.param(15, -1, 15 * MINUTE, id="never under a quarter of an hour"),
        pytest.param(24 * 60, 1, DAY, id="never over a day"),
    ],
)
def test_chance_moves_the_moment_by_a_tenth(minutes, jitter, expected):
    assert wait(minutes, jitter=jitter) == expected


@pytest.mark.parametrize(
    ("answers", "hours", "off"),
    [
        pytest.param(3, 48, True, id="three in two days"),
        pytest.param(2, 100, False, id="two only"),
        pytest.param(9, 47, False, id="many in less than two days"),
        pytest.param(0, 100, False, id="none"),
    ],
)
def test_only_repeated_gone_switches_a_source_off(answers, hours, off):
    state = SourceState(gone_answers=answers, gone_since=NOW - hours * HOUR if answers else None, last_attempt_at=NOW)
    assert is_switched_off(state) is off
    assert is_due(state, NOW) is not off


def test_a_week_of_outage_costs_few_requests():
    state, now, asked = SourceState(failures=0), NOW, 0
    source = Source("s", "i", "https://a.example/x")
    while now < NOW + 7 * DAY:
        asked += 1
        state = SourceState(failures=asked)
        now = next_attempt(source, state, None, now, -1)
    assert asked < 15
