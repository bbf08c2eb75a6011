"""Which days a page shows, and where paging leads."""

from __future__ import annotations

from datetime import date

import pytest

from aggregator.model.filters import EventFilter
from aggregator.model.times import Window
from web.calendar.windows import agenda_page, known_days, narrowed, search_window, weekend

TODAY = date(2026, 11, 24)
KNOWN = Window(date(2024, 3, 1), date(2028, 2, 24))


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("first", "last", "window", "later"),
    [
        pytest.param(None, None, ("11-24", "12-01"), ("12-01", "12-07"), id="seven days from today"),
        pytest.param("12-10", None, ("12-10", "12-17"), ("12-17", "12-23"), id="seven days from a day"),
        pytest.param("12-05", "12-05", ("12-05", "12-06"), ("12-06", "12-06"), id="one day"),
        pytest.param("12-05", "12-06", ("12-05", "12-07"), ("12-07", "12-08"), id="a weekend"),
        pytest.param("09-01", "12-31", ("09-01", "10-02"), ("10-02", "12-31"), id="a long span goes on to its end"),
        pytest.param(None, "11-25", ("11-24", "11-26"), ("11-26", "11-27"), id="until tomorrow"),
        pytest.param(None, "11-20", ("11-14", "11-21"), ("11-21", "11-27"), id="only an end, in the past"),
    ],
)
def test_an_agenda_page(first: str | None, last: str | None, window: tuple[str, str], later: tuple[str, str]) -> None:
    wanted = EventFilter(first=day(first) if first else None, last=day(last) if last else None)
    page = agenda_page(wanted, TODAY, KNOWN)
    assert page.window == Window(day(window[0]), day(window[1]))
    assert page.later == (day(later[0]), day(later[1]))


def test_paging_ends_where_the_calendar_does() -> None:
    assert agenda_page(EventFilter(first=date(2031, 1, 1)), TODAY, KNOWN).later is None
    assert agenda_page(EventFilter(first=date(2020, 1, 1)), TODAY, KNOWN).earlier is None


def test_paging_reaches_back_to_the_first_day_that_is_stored() -> None:
    assert agenda_page(EventFilter(first=date(2024, 3, 8)), TODAY, KNOWN).earlier == (
        date(2024, 3, 1),
        date(2024, 3, 7),
    )
    assert known_days(Window(date(2024, 3, 1), date(2025, 1, 1)), TODAY) == KNOWN
    assert known_days(None, TODAY).first == TODAY


@pytest.mark.parametrize(
    ("today", "days"),
    [
        pytest.param("11-24", ("11-28", "11-29"), id="on a Tuesday"),
        pytest.param("11-28", ("11-28", "11-29"), id="on Saturday"),
        pytest.param("11-29", ("11-29", "11-29"), id="on Sunday it is that day alone"),
    ],
)
def test_the_weekend(today: str, days: tuple[str, str]) -> None:
    assert weekend(day(today)) == (day(days[0]), day(days[1]))


def test_a_search_looks_ahead_unless_days_are_given() -> None:
    assert search_window(EventFilter(text="x"), TODAY).first == TODAY
    given = EventFilter(first=day("10-01"), last=day("10-31"), text="x")
    assert search_window(given, TODAY) == Window(day("10-01"), day("11-01"))
    assert search_window(EventFilter(last=day("10-31"), text="x"), TODAY).first < day("10-31")


def test_a_month_shows_only_the_days_that_the_filter_leaves() -> None:
    december = Window(day("12-01"), date(2027, 1, 1))
    assert narrowed(december, EventFilter(first=day("12-24"))) == Window(day("12-24"), date(2027, 1, 1))
    nothing = narrowed(december, EventFilter(last=day("11-01")))
    assert nothing.first == nothing.last
