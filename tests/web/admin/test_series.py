"""Operators correct the hours of a series, and single days of it."""

from __future__ import annotations

import re

import pytest

from aggregator.store import corrections

SERIES = "/admin/events/naehcafe"
DAY = re.compile(r'<option value="(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[^"]*)">')


def said(store):
    with store.reading() as connection:
        return {one.field: one.value for one in corrections.of_event(connection, "naehcafe")}


def first_day(browser):
    return DAY.search(browser.get(SERIES).text)[1]


def test_the_hours_of_all_days_are_corrected(anna, town_store):
    assert anna.post(f"{SERIES}/correct", start="19:45", end="21:15").location.endswith("told=saved")
    assert said(town_store) == {"start": "19:45", "end": "21:15"}
    assert anna.post(f"{SERIES}/correct", start="2026-12-05 18:30").location.endswith("told=wrong")
    assert anna.post("/admin/events/podium/correct", start="19:45").location.endswith("told=wrong")


def test_a_single_day_is_moved_and_taken_back(anna, town_store):
    day = first_day(anna)
    fields = {"date": day, "date_start": f"{day[:10]}T09:00", "date_end": f"{day[:10]}T11:00"}
    assert anna.post(f"{SERIES}/date", **fields).location.endswith("told=saved")
    field = f"at:{day[:16]}"
    assert said(town_store) == {field: f"{day[:10]}T09:00/{day[:10]}T11:00"}
    assert f"{day[:10]} 09:00 – {day[:10]} 11:00" in anna.get(SERIES).text
    anna.post(f"{SERIES}/undo", field=field)
    assert said(town_store) == {}


def test_a_single_day_does_not_take_place(anna, town_store):
    day = first_day(anna)
    anna.post(f"{SERIES}/date", date=day, gone="1")
    assert said(town_store) == {f"at:{day[:16]}": "cancelled"}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"date": "2020-01-01", "gone": "1"}, id="no day of the series"),
        pytest.param({"date_start": "soon"}, id="no time"),
        pytest.param({}, id="nothing"),
    ],
)
def test_what_makes_no_sense_is_not_noted(anna, town_store, fields):
    posted = {"date": first_day(anna), **fields}
    assert anna.post(f"{SERIES}/date", **posted).location.endswith("told=wrong")
    assert said(town_store) == {}
