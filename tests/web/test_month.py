"""The month as a table: which day, which line, which bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from aggregator.model.events import Listing
from aggregator.model.times import Window
from tests.web.town import event
from web.calendar.month import LINES_A_DAY, Month, month

DECEMBER = Window(date(2026, 12, 1), date(2027, 1, 1))
MakeScene = Callable[..., Any]


def listing(name: str, start: str, end: str = "", window: Window = DECEMBER) -> Listing:
    published = event(name, name, start, end)
    first, last = published.event.occurrences[0].days("Europe/Berlin")
    return Listing(published, published.event.occurrences[0], max(first, window.first), last)


def bars_of(made: Month) -> list[list[tuple[int, str]]]:
    return [[(bar.columns, bar.title) for bar in row] for week in made.weeks for row in week.bars]


@pytest.mark.parametrize(
    ("window", "weeks"),
    [
        pytest.param(Window(date(2027, 2, 1), date(2027, 3, 1)), 4, id="a February that fits"),
        pytest.param(DECEMBER, 5, id="five weeks"),
        pytest.param(Window(date(2026, 8, 1), date(2026, 9, 1)), 6, id="a month from Saturday on"),
    ],
)
def test_a_month_has_the_weeks_that_it_touches(scene: MakeScene, window: Window, weeks: int) -> None:
    made = month((), window, scene())
    assert [len(week.cells) for week in made.weeks] == [7] * weeks
    inside = [cell.day for week in made.weeks for cell in week.cells if not cell.is_outside]
    assert (inside[0], len(inside)) == (window.first, (window.last - window.first).days)


@pytest.mark.parametrize(("events", "lines", "more"), [(4, 4, 0), (5, 5, 0), (6, LINES_A_DAY, 2), (9, LINES_A_DAY, 5)])
def test_a_full_day_says_how_many_more(scene: MakeScene, events: int, lines: int, more: int) -> None:
    busy = tuple(listing(f"e{hour}", f"2026-12-05T{10 + hour}:00") for hour in range(events))
    fifth = month(busy, DECEMBER, scene()).weeks[0].cells[5]
    assert (len(fifth.entries), fifth.more) == (lines, more)


@pytest.mark.parametrize(
    ("start", "end", "bars"),
    [
        pytest.param("2026-12-11", "2026-12-14", [[(4, ""), (3, "x")]], id="a weekend"),
        pytest.param("2026-12-12", "2026-12-16", [[(5, ""), (2, "x")], [(2, "x"), (5, "")]], id="over Sunday"),
        pytest.param("2026-11-30", "2026-12-03", [[(1, ""), (2, "x"), (4, "")]], id="from the month before"),
        pytest.param("2026-12-31", "2027-01-03", [[(3, ""), (1, "x"), (3, "")]], id="into the next month"),
    ],
)
def test_several_days_are_a_bar(scene: MakeScene, start: str, end: str, bars: list[list[tuple[int, str]]]) -> None:
    assert bars_of(month((listing("x", start, end),), DECEMBER, scene())) == bars


def test_bars_share_a_row_when_they_do_not_overlap(scene: MakeScene) -> None:
    three = (
        listing("a", "2026-12-07", "2026-12-09"),
        listing("b", "2026-12-08", "2026-12-10"),
        listing("c", "2026-12-10", "2026-12-13"),
    )
    assert bars_of(month(three, DECEMBER, scene())) == [
        [(2, "a"), (1, ""), (3, "c"), (1, "")],
        [(1, ""), (2, "b"), (4, "")],
    ]


def test_a_run_of_weeks_is_neither_line_nor_bar(scene: MakeScene) -> None:
    made = month((listing("Schau", "2026-12-01", "2027-03-01"),), DECEMBER, scene())
    assert bars_of(made) == []
    assert [run.title for run in made.runs] == ["Schau"]
    assert not any(cell.entries for week in made.weeks for cell in week.cells)
