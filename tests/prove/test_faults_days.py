"""Days of a town in minutes, on a clock that is told: restarts, kills, wrong clocks, broken feeds; nothing is lost.

The month of a thousand sources is `python -m benchmarks.days.month`.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.days.month import Plan, simulate, summary
from benchmarks.days.outage import outages

pytestmark = pytest.mark.prove

BROKEN = ("503", "hang", "html", "empty", "cut", "mixed")
LONGEST_WAIT = timedelta(hours=24)


def test_six_days_of_a_town_lose_nothing() -> None:
    plan = Plan(sources=24, events=4, days=6, restarts=4, kills=2, changes_a_day=30, minutes=10)
    month = simulate(plan)
    found = summary(month, 0)
    assert (found["bad"], found["mistakes"]) == ([], [])
    assert (found["restarts"], found["kills"], found["jumps"]) == (4, 2, 8)
    assert found["most_a_minute_after_restart"] <= 2 * 16
    assert all(number <= 24 for number in found["faulty_most_a_day"].values())
    assert found["events_ever"] > 24 * 4
    print(f"six days: {found['requests']} requests, {found['events_ever']} events, none lost")


def test_a_week_of_outage_loses_nothing_and_costs_few_requests() -> None:
    for one in outages(200, BROKEN):
        assert (one.shown_least, one.shown_after) == (200, 200), one
        assert one.requests <= 60, one
        assert one.back_after <= LONGEST_WAIT, one
        print(f"a week of {one.kind}: {one.requests} requests, 0 of 200 events lost, back after {one.back_after}")
