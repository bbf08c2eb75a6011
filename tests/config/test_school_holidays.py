"""School holidays: what we ship, and what an operator adds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from aggregator.config.school_holidays import school_holidays, shipped
from aggregator.errors import ConfigurationError
from aggregator.model.holidays import STATES, SchoolHoliday


def test_the_shipped_holidays_of_a_state_follow_one_another() -> None:
    for state, holidays in shipped().items():
        assert state in STATES
        assert all(one.first <= one.last for one in holidays)
        assert all(one.last < other.first for one, other in pairwise(holidays))


def test_lower_saxony_has_school_holidays_for_three_years() -> None:
    names = [one.name for one in shipped()["NI"] if one.first.year == 2027]
    assert names == [
        "Halbjahresferien", "Osterferien", "Tag nach Himmelfahrt", "Pfingstferien", "Sommerferien", "Herbstferien",
        "Weihnachtsferien",
    ]  # fmt: skip
    summers = [one for one in shipped()["NI"] if one.name == "Sommerferien"]
    assert [one.last - one.first for one in summers] == [timedelta(days=41)] * 3


def test_an_operator_adds_holidays_to_the_shipped_ones() -> None:
    own = SchoolHoliday("Sommerferien", date(2029, 7, 19), date(2029, 8, 29))
    assert school_holidays("NI", (own,))[-1] == own
    assert school_holidays("", (own,)) == (own,)


def test_a_configuration_names_its_state_and_further_holidays(load):
    settings = load(
        "site: {title: Town, timezone: Europe/Berlin, state: ni,"
        " school_holidays: [{name: Sommerferien, first: 2029-07-19, last: 2029-08-29}]}"
    )
    assert settings.site.state == "NI"
    assert len(settings.site.school_holidays) == len(shipped()["NI"]) + 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        pytest.param("state: NX", "not a German state", id="no such state"),
        pytest.param("school_holidays: [{name: A, first: 2029-08-01, last: 2029-07-01}]", "end before", id="backwards"),
        pytest.param("school_holidays: [{name: A, first: 2029-08-01T10:00, last: 2029-08-02}]", "more than a date",
                     id="with an hour"),
    ],
)  # fmt: skip
def test_mistakes_about_holidays_are_told(load, more, sentence):
    with pytest.raises(ConfigurationError, match=sentence):
        load(f"site: {{title: Town, timezone: Europe/Berlin, {more}}}")
