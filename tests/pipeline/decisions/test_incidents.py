"""When the owner of a source is written, and when not again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import SourceState
from aggregator.pipeline.incidents import Told, due_about_source, due_this_year

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WELL = SourceState(last_success_at=NOW)
HELD = SourceState(failure=Failure(ErrorClass.HELD_EMPTY), held_since=NOW - DAY, last_success_at=NOW)


def failing(days: float) -> SourceState:
    since = NOW - days * DAY
    return SourceState(failure=Failure(ErrorClass.TIMEOUT), first_failure_at=since, last_success_at=since)


def told(purpose: str, incident: datetime, days_ago: float = 1) -> Told:
    return Told(purpose, incident.isoformat(), NOW - days_ago * DAY)


THREE, FORTY = NOW - 3 * DAY, NOW - 40 * DAY


@pytest.mark.parametrize(
    ("state", "before", "purposes"),
    [
        pytest.param(WELL, (), [], id="all is well"),
        pytest.param(SourceState(), (), [], id="never asked yet"),
        pytest.param(failing(2.9), (), [], id="broken, but not for long"),
        pytest.param(failing(3), (), ["broken"], id="broken for three days"),
        pytest.param(failing(40), (told("broken", FORTY),), [], id="broken for long, and told"),
        pytest.param(failing(3), (told("broken", FORTY),), ["broken"], id="broken anew after an old incident"),
        pytest.param(WELL, (told("broken", THREE),), ["healed"], id="healed"),
        pytest.param(WELL, (told("broken", THREE), told("healed", THREE)), [], id="healed, and told"),
        pytest.param(WELL, (told("broken", FORTY, 400),), [], id="healed after a year"),
        pytest.param(
            replace(WELL, last_success_at=NOW - 5 * DAY), (told("broken", THREE),), [], id="no answer since the mail"
        ),
        pytest.param(HELD, (), ["held"], id="suddenly empty"),
        pytest.param(HELD, (told("held", NOW - DAY),), [], id="suddenly empty, and told"),
        pytest.param(HELD, (told("held", FORTY, 5),), [], id="empty again within the week"),
        pytest.param(HELD, (told("held", FORTY, 39),), ["held"], id="empty again a month later"),
        pytest.param(HELD, (told("broken", THREE),), ["held"], id="back, but empty"),
    ],
)
def test_each_incident_is_told_once(state, before, purposes):
    assert [one.purpose for one in due_about_source(state, before, NOW)] == purposes


@pytest.mark.parametrize("state", [failing(3), HELD], ids=["broken", "held"])
def test_what_is_told_is_not_told_again_while_it_lasts(state):
    first = tuple(due_about_source(state, (), NOW))
    for days in range(1, 60):
        assert list(due_about_source(state, first, NOW + days * DAY)) == []


@pytest.mark.parametrize(
    ("days", "before", "incidents"),
    [
        pytest.param(364, (), [], id="not a year yet"),
        pytest.param(365, (), ["1"], id="a year"),
        pytest.param(366, ("1",), [], id="asked this year"),
        pytest.param(730, ("1",), ["2"], id="the year after"),
        pytest.param(1095, (), ["3"], id="nobody asked for years"),
    ],
)
def test_once_a_year_whether_it_is_still_right(days, before, incidents):
    known = tuple(Told("yearly", number, NOW) for number in before)
    assert [one.incident for one in due_this_year(NOW - days * DAY, known, NOW)] == incidents
