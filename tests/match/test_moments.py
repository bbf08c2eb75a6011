"""How two starts relate: the same, doors, a wrong zone, set-up, or simply another time."""

from __future__ import annotations

import pytest

from aggregator.match.moments import end_level, start_level
from aggregator.match.standardising import standardise
from aggregator.model.records import Status


def faces(record, town, left, right):
    profiles = standardise([record("a.1", **left), record("b.1", **right)], town).profiles
    return profiles["a.1"].face, profiles["b.1"].face


def at(hour, **more):
    return {"start": f"2026-12-05T{hour}", **more}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        pytest.param(at("18:00"), at("18:00"), "equal", id="the same"),
        pytest.param(at("18:00"), at("18:30"), "doors", id="half an hour"),
        pytest.param(at("18:00", description="Beginn 19 Uhr"), at("19:00"), "told", id="the hour is named"),
        pytest.param(at("17:00"), at("18:00"), "near", id="an hour"),
        pytest.param(
            at("17:00", end="2026-12-05T19:00"), at("18:00", end="2026-12-05T20:00"), "shifted", id="a wrong zone"
        ),
        pytest.param(
            at("16:30", end="2026-12-05T20:00"), at("18:00", end="2026-12-05T20:00"), "same_end", id="set-up included"
        ),
        pytest.param(at("18:00"), at("20:30"), "hours", id="hours"),
        pytest.param(at("16:00", description="Einlass 18.30 h"), at("18:30"), "hours", id="hours, though it is named"),
        pytest.param(at("10:00"), at("20:00"), "apart", id="morning and evening"),
        pytest.param({"start": "2026-12-05"}, at("18:00"), "all_day", id="only the day"),
        pytest.param({"start": "2026-12-05", "end": "2026-12-08"}, at("18:00"), "inside", id="a festival's evening"),
        pytest.param(
            {"start": "2026-12-04", "end": "2026-12-07"},
            {"start": "2026-12-04T17:00", "end": "2026-12-06T14:00"},
            "same_days",
            id="a weekend told in hours",
        ),
        pytest.param(
            {"start": "2026-12-04", "end": "2026-12-07"},
            {"start": "2026-12-04T17:00", "end": "2026-12-04T19:00", "title": "Wochenende am See"},
            "first_day",
            id="a weekend of which an hour is told",
        ),
        pytest.param(at("18:00"), {"start": "2026-12-06T18:00"}, "other_day", id="the next day"),
        pytest.param(
            at("18:00"),
            {"start": "2026-12-12T18:00", "status": Status.MOVED, "description": "am 12. statt am 5.12."},
            "moved",
            id="moved, and the text says from when",
        ),
        pytest.param({"weeks": 9}, {"weeks": 5}, "one_rhythm", id="one rhythm"),
        pytest.param({"weeks": 9}, at("18:15", weeks=9), "near_rhythm", id="nearly one rhythm"),
        pytest.param({"weeks": 9}, {"start": "2026-12-06T18:00", "weeks": 9}, "other_day", id="another weekday"),
    ],
)
def test_two_starts(record, town, left, right, level):
    one, other = faces(record, town, left, right)
    assert (start_level(one, other), start_level(other, one)) == (level, level)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        pytest.param("2026-12-05T20:00", "2026-12-05T20:00", "equal", id="together"),
        pytest.param("2026-12-05T20:00", "2026-12-05T22:30", "differs", id="hours apart"),
        pytest.param("2026-12-05T20:00", "2026-12-05T20:30", "unknown", id="nearly"),
        pytest.param("2026-12-05T20:00", None, "unknown", id="untold"),
    ],
)
def test_two_ends(record, town, left, right, level):
    assert end_level(*faces(record, town, {"end": left}, {"end": right})) == level
