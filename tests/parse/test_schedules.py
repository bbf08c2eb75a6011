from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aggregator.model.components import StatedTime
from aggregator.parse.schedules import Timing, timing_of


def schedule(**stated: Any) -> Timing:
    base = {
        "startDate": "2026-09-01",
        "startTime": "19:30",
        "repeatFrequency": "P1W",
        "scheduleTimezone": "Europe/Berlin",
    }
    return timing_of({}, {**base, **stated})


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        pytest.param({"byDay": "https://schema.org/Tuesday"}, "FREQ=WEEKLY;BYDAY=TU", id="every Tuesday"),
        pytest.param(
            {"repeatFrequency": "P2W", "byDay": ["Monday", "schema:Friday"]},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            id="unknown prefix",
        ),
        pytest.param({"repeatFrequency": "daily"}, "FREQ=DAILY", id="in words"),
        pytest.param({"repeatFrequency": "P1M", "byDay": "2SA"}, "FREQ=MONTHLY;BYDAY=2SA", id="second Saturday"),
        pytest.param(
            {"repeatFrequency": "P1M", "byDay": "Saturday", "byMonthWeek": 2},
            "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=2",
            id="second Saturday apart",
        ),
        pytest.param(
            {"repeatFrequency": "P1Y", "byMonth": 5, "byMonthDay": [1]},
            "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=5",
            id="first of May",
        ),
        pytest.param({"repeatCount": 10, "endDate": "2027-01-01"}, "FREQ=WEEKLY;COUNT=10", id="ten times"),
        pytest.param({"endDate": "2027-01-01"}, "FREQ=WEEKLY;UNTIL=20270101", id="until New Year"),
        pytest.param({"byDay": "PublicHolidays", "byMonth": "Mai"}, "FREQ=WEEKLY", id="what a rule cannot say"),
    ],
)
def test_a_schedule_becomes_a_rule(stated: dict[str, Any], rule: str) -> None:
    assert schedule(**stated).recurrence.rules == (rule,)


@pytest.mark.parametrize("frequency", ["", "P1W;COUNT=9", "PT1S", "oft", None])
def test_a_frequency_that_cannot_be_read_gives_no_rule(frequency: Any) -> None:
    assert schedule(repeatFrequency=frequency).recurrence.rules == ()


def test_times_of_day_give_start_and_length() -> None:
    timing = schedule(endTime="21:30")
    assert timing.start == StatedTime("2026-09-01T19:30", "Europe/Berlin")
    assert timing.duration == timedelta(hours=2)


def test_a_night_ends_on_the_next_day() -> None:
    assert schedule(startTime="22:00:00", endTime="02:00:00").duration == timedelta(hours=4)


def test_an_excepted_day_means_the_occurrence_of_that_day() -> None:
    assert schedule(exceptDate=["2026-09-08"]).recurrence.exceptions == (
        StatedTime("2026-09-08T19:30", "Europe/Berlin"),
    )


def test_the_start_of_the_event_wins_when_it_has_a_time() -> None:
    timing = timing_of({"startDate": "2026-09-01T20:00", "endDate": "2027-06-30"}, {"startTime": "19:30"})
    assert timing.start == StatedTime("2026-09-01T20:00") and timing.end is None


def test_no_date_at_all_is_no_start() -> None:
    assert timing_of({}, {"repeatFrequency": "P1W"}).start is None
