"""The agenda's pure parts: rows, days, runs, states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from aggregator.model.events import EventOccurrence, Listing, MergedEvent, PublishedEvent
from aggregator.model.linkage import Relation
from aggregator.model.places import Place
from aggregator.model.records import Status
from aggregator.model.times import Window
from tests.web.town import at, event, said
from web.calendar.agenda import LINES_A_DAY, agenda, shortened, soonest_of_each
from web.calendar.rows import Row, row, time_words

MakeScene = Callable[..., Any]
WEEK = Window(date(2026, 11, 24), date(2026, 12, 1))


def listing(published: PublishedEvent, occurrence: EventOccurrence | None = None, window: Window = WEEK) -> Listing:
    occurrence = occurrence or published.event.occurrences[0]
    first, last = occurrence.days("Europe/Berlin")
    return Listing(published, occurrence, max(first, window.first), last)


def row_of(scene: Any, occurrence: EventOccurrence, **fields: Any) -> Row:
    start, end = fields.pop("start", "2026-11-24T19:00"), fields.pop("end", "")
    published = event("x", "Plenum", start, end, occurrences=(occurrence,), **fields)
    return row(listing(published), max(WEEK.first, occurrence.days("Europe/Berlin")[0]), scene)


@pytest.mark.parametrize(
    ("start", "end", "day", "words"),
    [
        pytest.param("2026-11-24T19:00", "", 24, ("19:00", ""), id="no end"),
        pytest.param("2026-11-24T19:00", "2026-11-24T21:30", 24, ("19:00", "bis 21:30"), id="an evening"),
        pytest.param("2026-11-24T22:00", "2026-11-25T03:00", 24, ("22:00", "bis 03:00"), id="a night"),
        pytest.param("2026-11-24T20:00", "2026-11-25T00:00", 24, ("20:00", "bis 24:00"), id="until midnight"),
        pytest.param("2026-11-24", "2026-11-25", 24, ("ganz\u00adtägig", ""), id="a whole day"),
        pytest.param("2026-11-24", "2026-11-27", 24, ("ganz\u00adtägig", "bis Do 26.11."), id="whole days"),
        pytest.param("2026-11-24T10:00", "2026-11-26T18:00", 24, ("10:00", "bis Do 26.11."), id="first of three days"),
        pytest.param("2026-11-24T10:00", "2026-11-26T18:00", 25, ("läuft", "bis Do 26.11."), id="second of three days"),
        pytest.param("2026-11-24T10:00", "2026-11-26T18:00", 26, ("läuft", "bis 18:00"), id="last of three days"),
    ],
)
def test_the_time_column_says_when(scene: MakeScene, start: str, end: str, day: int, words: tuple[str, str]) -> None:
    assert time_words(at(start, end), date(2026, 11, day), scene()) == words


@pytest.mark.parametrize(
    ("occurrence", "fields", "word"),
    [
        pytest.param(at("2026-11-24T19:00"), {}, "", id="nothing special"),
        pytest.param(at("2026-11-24T19:00", status=Status.CANCELLED), {}, "Fällt aus", id="this date cancelled"),
        pytest.param(at("2026-11-24T19:00"), {"status": Status.CANCELLED}, "Fällt aus", id="all cancelled"),
        pytest.param(at("2026-11-24T19:00"), {"status": Status.SOLD_OUT}, "Ausgebucht", id="sold out"),
        pytest.param(at("2026-11-24T19:00"), {"status": Status.MOVED}, "Verlegt", id="moved, nobody says from when"),
        pytest.param(at("2026-11-24T19:00", original="2026-11-17T19:00"), {}, "Verlegt vom 17. November", id="day"),
        pytest.param(at("2026-11-24T19:00", original="2026-11-24T18:30"), {}, "Verlegt von 18:30 Uhr", id="other hour"),
        pytest.param(
            at("2026-11-24T19:00", place=Place("Saal")), {"place": "Hof"}, "Diesmal an anderem Ort", id="another hall"
        ),
        pytest.param(at("2026-11-24T19:00", place=Place("HOF")), {"place": "Hof"}, "", id="only spelt differently"),
        pytest.param(
            at("2026-11-24T19:00", original="2026-11-17T19:00", status=Status.CANCELLED), {}, "Fällt aus",
            id="cancelled weighs more than moved",
        ),
    ],
)  # fmt: skip
def test_a_state_is_told_in_words(scene: MakeScene, occurrence: EventOccurrence, fields: Any, word: str) -> None:
    assert [state.word for state in row_of(scene(), occurrence, **fields).states] == ([word] if word else [])


@pytest.mark.parametrize(
    ("place", "by"),
    [
        pytest.param("mosaique – Haus der Kulturen, Saal", "", id="the house itself"),
        pytest.param("Utopia", "mosaique – Haus der Kulturen", id="elsewhere"),
        pytest.param("", "mosaique – Haus der Kulturen", id="no place"),
    ],
)
def test_the_house_is_not_named_twice(scene: MakeScene, place: str, by: str) -> None:
    assert row_of(scene(), at("2026-11-24T19:00"), by=("mosaique",), place=place).by == by


def test_others_who_announce_one_date_of_a_series_are_named_there_only(scene: MakeScene) -> None:
    first, second = at("2026-11-24T19:00"), at("2026-12-01T19:00")
    statements = (
        said("freiraum", "Plenum", "2026-11-24T19:00"),
        said("klima", "Plenum", "2026-12-01T19:00", relation=Relation.INSTANCE_OF, occurrence=second.original.iso()),
    )
    published = event("x", "Plenum", "2026-11-24T19:00", occurrences=(first, second), statements=statements)
    rows = [row(listing(published, one), one.start.wall.date(), scene()) for one in (first, second)]
    assert [one.also for one in rows] == [(), ("Klimaentscheid Lüneburg",)]


def test_three_days_are_listed_on_each_and_weeks_in_one_line(scene: MakeScene) -> None:
    market = listing(event("m", "Markt", "2026-11-27", "2026-11-30"))
    show = listing(event("a", "Schau", "2026-10-01", "2027-01-01", place="Museum"))
    made = agenda((market, show), WEEK, scene(query="topic=kultur"))
    assert [day.day.day for day in made.days] == [27, 28, 29]
    assert [(run.title, run.until) for run in made.runs] == [("Schau", "Museum, läuft bis 31. Dezember")]
    assert made.total == 1


def test_a_run_that_has_not_begun_says_from_when(scene: MakeScene) -> None:
    show = listing(event("a", "Schau", "2026-11-28", "2027-01-01"))
    assert agenda((show,), WEEK, scene()).runs[0].until == "28. November bis 31. Dezember"


@pytest.mark.parametrize(
    ("minute", "past"),
    [pytest.param(59, 0, id="before its end"), pytest.param(0, 1, id="at its end")],
)
def test_what_is_over_today_is_folded_at_its_end_and_not_before(scene: MakeScene, minute: int, past: int) -> None:
    now = datetime(2026, 11, 24, 12 if minute else 13, minute, tzinfo=UTC)
    lunch = listing(event("l", "Kolloquium", "2026-11-24T12:15", "2026-11-24T14:00"))
    today = agenda((lunch,), WEEK, scene(now=now)).days[0]
    assert (len(today.past), len(today.rows)) == (past, 1 - past)


def test_today_is_shown_even_when_nothing_is_on(scene: MakeScene) -> None:
    assert [day.is_today for day in agenda((), WEEK, scene()).days] == [True]


def test_a_search_keeps_the_next_date_of_each_event() -> None:
    published = event("x", "Plenum", "2026-11-24T19:00", occurrences=(at("2026-11-24T19:00"), at("2026-12-01T19:00")))
    both = [listing(published, occurrence) for occurrence in published.event.occurrences]
    assert soonest_of_each(both) == (both[0],)


def test_a_series_links_to_the_date_that_is_meant(scene: MakeScene) -> None:
    series = event("x", "Plenum", "2026-11-24T19:00", rules=("FREQ=WEEKLY",))
    moved: MergedEvent = replace(series.event, occurrences=(at("2026-11-25T19:00", original="2026-11-24T19:00"),))
    published = replace(series, event=moved)
    assert row(listing(published), date(2026, 11, 25), scene()).link == "/event/x?on=2026-11-25"


def busy(day: int, number: int) -> list[Listing]:
    start = f"2026-11-{day}T19:00"
    return [listing(event(f"x{day}-{each}", f"Plenum {each}", start)) for each in range(number)]


def test_a_day_among_others_shows_its_first_lines_and_leads_to_the_others(scene: MakeScene) -> None:
    first, second = shortened(agenda([*busy(25, LINES_A_DAY + 3), *busy(26, 2)], WEEK, scene()), scene()).days[-2:]
    assert (len(first.rows), first.more, first.link) == (LINES_A_DAY, 3, "/?from=2026-11-25&to=2026-11-25")
    assert (len(second.rows), second.more) == (2, 0)


def test_a_page_of_one_day_shows_all_of_it(scene: MakeScene) -> None:
    there, day = scene(query="from=2026-11-25&to=2026-11-25"), Window(date(2026, 11, 25), date(2026, 11, 26))
    (only,) = shortened(agenda(busy(25, LINES_A_DAY + 3), day, there), there).days
    assert (len(only.rows), only.more) == (LINES_A_DAY + 3, 0)
