"""The agenda reads only the lines that it shows, and shows what it would if it read all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection

from aggregator.model.filters import EventFilter
from aggregator.model.times import Window
from aggregator.store import calendar
from aggregator.store.database import Store
from tests.web import town
from web.calendar import agenda_excerpts
from web.calendar.agenda import agenda, shortened
from web.calendar.reading import deadlines_between
from web.derived import LONGEST_SPAN, Derived
from web.scene import Scene

MakeScene = Callable[..., Scene]
DAY = timedelta(days=1)


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    town.publish(store, town.settings())
    with store.reading() as connection:
        yield connection


@contextmanager
def lines_a_day(number: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in ("web.calendar.agenda", "web.calendar.agenda_excerpts"):
            patch.setattr(f"{module}.LINES_A_DAY", number)
        yield


@pytest.mark.parametrize("lines", [1, 3])
@pytest.mark.parametrize("query", ["", "topic=kultur", "weekday=tu,sa", "after=18:00", "q=fest"])
def test_it_shows_what_it_would_if_it_read_all(
    connection: Connection, scene: MakeScene, query: str, lines: int
) -> None:
    # In the evening a part of today is over.
    visit = scene(query=query, now=datetime(2026, 11, 24, 19, 30, tzinfo=UTC))
    wanted = visit.wanted.without_dates
    for number in (0, 9):
        for length in (1, 7, 31):
            first = visit.today + number * DAY
            window = Window(first, first + length * DAY)
            due = deadlines_between(window, visit, connection)
            listings = calendar.listings(connection, window, wanted)
            with lines_a_day(lines):
                found = agenda_excerpts.shown_agenda(window, visit, due, connection)
                assert found.agenda == shortened(agenda(listings, window, visit, due), visit)
            assert set(found.events) == {one.published.identity.id for one in listings}


def test_of_a_longer_span_all_is_read(connection: Connection, scene: MakeScene) -> None:
    visit = scene()
    window = Window(visit.today, visit.today + LONGEST_SPAN + DAY)
    listings = calendar.listings(connection, window, visit.wanted)
    found = agenda_excerpts.shown_agenda(window, visit, (), connection)
    assert found.agenda == shortened(agenda(listings, window, visit), visit)


def test_only_the_lines_that_are_shown_are_read(
    connection: Connection, scene: MakeScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    whole = calendar.listed_at
    monkeypatch.setattr(calendar, "listed_at", lambda asked, places: read.append(len(places)) or whole(asked, places))
    visit = replace(scene(), derived=Derived())
    week = Window(visit.today, visit.today + 7 * DAY)
    with lines_a_day(1):
        agenda_excerpts.shown_agenda(week, visit, (), connection)
    with lines_a_day(40):
        agenda_excerpts.shown_agenda(week, visit, (), connection)
    assert 0 < read[0] < read[1] <= 40


def test_what_ended_is_told_by_its_end(connection: Connection) -> None:
    today = Window(date(2026, 11, 24), date(2026, 11, 25))
    listings = calendar.listings(connection, today, EventFilter())
    over = calendar.over(connection, today, town.NOW)
    ended = {
        (one.published.identity.id, one.published.event.occurrences.index(one.occurrence))
        for one in listings
        if one.occurrence.ends_at <= town.NOW
    }
    assert over == ended
    assert 0 < len(over) < len(listings)


def test_the_page_goes_on_with_what_it_does_not_hold(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Weiter voraus" in page
