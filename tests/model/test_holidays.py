"""Public holidays follow from Easter and the state."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aggregator.model.holidays import STATES, SchoolHoliday, easter, holidays_between, public_holidays


@pytest.mark.parametrize(
    ("year", "day"),
    [
        pytest.param(1961, date(1961, 4, 2), id="an ordinary year"),
        pytest.param(2008, date(2008, 3, 23), id="nearly the earliest"),
        pytest.param(2038, date(2038, 4, 25), id="the latest there is"),
        pytest.param(2026, date(2026, 4, 5), id="this year"),
        pytest.param(2049, date(2049, 4, 18), id="where the old formula of Gauss needs its exception"),
        pytest.param(2076, date(2076, 4, 19), id="where it needs the other one"),
    ],
)
def test_easter_falls_on_the_day_that_the_churches_publish(year: int, day: date) -> None:
    assert easter(year) == day


def test_easter_is_always_a_sunday_between_22_march_and_25_april() -> None:
    found = [easter(year) for year in range(1900, 2300)]
    assert {day.weekday() for day in found} == {6}
    assert min((day.month, day.day) for day in found) == (3, 22)
    assert max((day.month, day.day) for day in found) == (4, 25)


def test_lower_saxony_has_ten_public_holidays() -> None:
    assert [f"{one.day:%d.%m.} {one.german}" for one in public_holidays(2027, "NI")] == [
        "01.01. Neujahr",
        "26.03. Karfreitag",
        "29.03. Ostermontag",
        "01.05. Tag der Arbeit",
        "06.05. Christi Himmelfahrt",
        "17.05. Pfingstmontag",
        "03.10. Tag der Deutschen Einheit",
        "31.10. Reformationstag",
        "25.12. Erster Weihnachtstag",
        "26.12. Zweiter Weihnachtstag",
    ]


@pytest.mark.parametrize(
    ("state", "count"),
    [("BW", 12), ("BY", 12), ("BE", 10), ("BB", 12), ("HB", 10), ("HH", 10), ("HE", 10), ("MV", 11), ("NI", 10),
     ("NW", 11), ("RP", 11), ("SL", 12), ("SN", 11), ("ST", 11), ("SH", 10), ("TH", 11)],
)  # fmt: skip
def test_every_state_has_as_many_holidays_as_its_law_names(state: str, count: int) -> None:
    assert len(public_holidays(2026, state)) == count


def test_the_day_of_repentance_is_the_wednesday_before_23_november() -> None:
    days = [holiday.day for year in range(2026, 2040) for holiday in public_holidays(year, "SN")]
    november = [day for day in days if day.month == 11]
    assert {day.weekday() for day in november} == {2}
    assert all(date(day.year, 11, 16) <= day <= date(day.year, 11, 22) for day in november)


def test_a_town_outside_the_states_has_no_holidays_that_we_know() -> None:
    assert public_holidays(2026, "") == ()


def test_a_span_over_new_year_finds_the_holidays_of_both_years() -> None:
    found = holidays_between(date(2026, 12, 26), date(2027, 1, 1), "NI")
    assert [holiday.name("en") for holiday in found] == ["Boxing Day", "New Year’s Day"]


def test_school_holidays_hold_their_first_and_their_last_day() -> None:
    autumn = SchoolHoliday("Herbstferien", date(2026, 10, 12), date(2026, 10, 24))
    around = [autumn.first - timedelta(days=1), autumn.first, autumn.last, autumn.last + timedelta(days=1)]
    assert [autumn.contains(day) for day in around] == [False, True, True, False]


def test_states_are_sixteen() -> None:
    assert len(set(STATES)) == 16
