"""Stated repetition in the terms of the series' start."""

from __future__ import annotations

from datetime import datetime

import pytest

from aggregator.model.components import StatedRecurrence, StatedTime
from aggregator.model.defects import DefectKind
from aggregator.model.records import Recurrence
from aggregator.model.times import EventTime, TimeKind
from aggregator.normalise.repetition import aligned, judged
from aggregator.normalise.timezones import Zones

BERLIN = "Europe/Berlin"
TIMED = EventTime(datetime(2026, 10, 1, 19), BERLIN)
FLOATING = EventTime(datetime(2026, 10, 1, 19), BERLIN, TimeKind.FLOATING)
ALL_DAY = EventTime(datetime(2026, 10, 1), BERLIN, TimeKind.DATE)


@pytest.mark.parametrize(
    ("start", "stated", "until"),
    [
        pytest.param(TIMED, "20261022", "20261022T215959Z", id="a date includes that day"),
        pytest.param(TIMED, "20261022T190000", "20261022T170000Z", id="local time becomes UTC"),
        pytest.param(TIMED, "20261022T170000Z", "20261022T170000Z", id="UTC stays"),
        pytest.param(FLOATING, "20261022T170000Z", "20261022T190000", id="UTC becomes local for floating"),
        pytest.param(FLOATING, "20261022", "20261022T235959", id="a date includes that floating day"),
        pytest.param(ALL_DAY, "20261022", "20261022", id="all-day with a date"),
        pytest.param(ALL_DAY, "20261021T220000Z", "20261022", id="all-day with local midnight in UTC"),
        pytest.param(ALL_DAY, "20261022T000000Z", "20261022", id="all-day with UTC midnight"),
        pytest.param(ALL_DAY, "20261022T235959Z", "20261022", id="all-day with the last UTC second"),
    ],
)
def test_until_takes_the_form_of_the_start(start: EventTime, stated: str, until: str, zones: Zones) -> None:
    rule = judged(StatedRecurrence((f"FREQ=WEEKLY;UNTIL={stated}",)), start, zones).recurrence.rules[0]
    assert rule == f"FREQ=WEEKLY;UNTIL={until}"


def test_an_end_beyond_all_calendars_is_no_end(zones: Zones) -> None:
    stated = StatedRecurrence(("FREQ=WEEKLY;UNTIL=99991231T235959Z",))
    assert judged(stated, TIMED, zones).recurrence.rules == ("FREQ=WEEKLY",)


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(StatedTime("20261008"), id="date"),
        pytest.param(StatedTime("20261008T190000"), id="floating"),
        pytest.param(StatedTime("20261008T170000Z"), id="UTC"),
        pytest.param(StatedTime("20261008T190000", BERLIN), id="local"),
        pytest.param(StatedTime("20261008T130000", "America/New_York"), id="another zone"),
    ],
)
def test_an_exception_in_any_form_means_the_occurrence_of_that_evening(stated: StatedTime, zones: Zones) -> None:
    found = judged(StatedRecurrence(("FREQ=WEEKLY",), exceptions=(stated,)), TIMED, zones)
    assert found.recurrence.exceptions == (EventTime(datetime(2026, 10, 8, 19), BERLIN),)


def test_a_date_excepts_the_whole_day_when_a_day_has_several(zones: Zones) -> None:
    stated = StatedRecurrence(("FREQ=DAILY;BYHOUR=10,19",), exceptions=(StatedTime("20261008"),))
    assert judged(stated, TIMED, zones).recurrence.exceptions[0].is_date


def test_a_time_on_an_all_day_series_means_its_day() -> None:
    late = EventTime(datetime(2026, 10, 7, 22), "UTC")
    assert aligned(late, ALL_DAY) == EventTime(datetime(2026, 10, 8), BERLIN, TimeKind.DATE)


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(StatedRecurrence(("FREQ=DAILY;INTERVAL=0",)), id="refused rule"),
        pytest.param(StatedRecurrence(tuple(f"FREQ=DAILY;INTERVAL={n + 1}" for n in range(5000))), id="5 000 rules"),
        pytest.param(StatedRecurrence(dates=(StatedTime("20261008"),) * 100_000), id="100 000 dates"),
        pytest.param(
            StatedRecurrence(("FREQ=DAILY",), exceptions=(StatedTime("20261008"),) * 100_000), id="100 000 exceptions"
        ),
    ],
)
def test_what_is_refused_leaves_no_repetition(stated: StatedRecurrence, zones: Zones) -> None:
    found = judged(stated, TIMED, zones)
    assert (found.recurrence, len(found.refusals)) == (Recurrence(), 1)


def test_a_refused_rule_does_not_take_the_sound_one_along(zones: Zones) -> None:
    found = judged(StatedRecurrence(("FREQ=WEEKLY", "FREQ=NEVER")), TIMED, zones)
    assert found.recurrence.rules == ("FREQ=WEEKLY",)
    assert [refusal.kind for refusal in found.refusals] == [DefectKind.BAD_RECURRENCE]


def test_rubbish_among_the_dates_leaves_the_others(zones: Zones) -> None:
    stated = StatedRecurrence(dates=(StatedTime("soon"), StatedTime("20261008T190000", BERLIN)))
    found = judged(stated, TIMED, zones)
    assert [date.iso() for date in found.recurrence.dates] == ["2026-10-08T19:00:00+02:00"]
    assert [refusal.kind for refusal in found.refusals] == [DefectKind.BAD_PROPERTY]
