"""The event page's pure parts: which date is meant, what it says of it, who says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from aggregator.model.events import Umbrella
from aggregator.model.records import Status
from aggregator.store.database import Store
from tests.web import town
from tests.web.town import EVENTS, at, event, said
from web.calendar.event import chosen_occurrence, event_page, series_words
from web.calendar.programme import items_of, programme

MakeScene = Callable[..., Any]
WEEKLY = event("w", "Plenum", "2026-11-10T19:00", occurrences=tuple(
    at(f"2026-{day}T19:00", f"2026-{day}T21:00") for day in ("11-10", "11-17", "11-24", "12-01")
), rules=("FREQ=WEEKLY;COUNT=4",))  # fmt: skip


@pytest.mark.parametrize(
    ("on", "now", "day"),
    [
        pytest.param(None, datetime(2026, 11, 24, 12, tzinfo=UTC), "2026-11-24", id="the next"),
        pytest.param(None, datetime(2026, 11, 24, 19, tzinfo=UTC), "2026-11-24", id="going on now"),
        pytest.param(None, datetime(2026, 11, 24, 20, tzinfo=UTC), "2026-12-01", id="over, so the one after"),
        pytest.param(None, datetime(2027, 5, 1, tzinfo=UTC), "2026-12-01", id="all over, so the last"),
        pytest.param(date(2026, 11, 17), datetime(2026, 11, 24, tzinfo=UTC), "2026-11-17", id="the one asked for"),
        pytest.param(date(2026, 11, 18), datetime(2026, 11, 24, tzinfo=UTC), "2026-11-24", id="none on that day"),
    ],
)
def test_which_date_is_meant(scene: MakeScene, on: date | None, now: datetime, day: str) -> None:
    assert chosen_occurrence(WEEKLY, on, scene(now=now)).start.iso()[:10] == day


def test_a_series_that_is_older_than_its_dates_says_since_when(scene: MakeScene) -> None:
    old = event("w", "Plenum", "2019-01-08T19:00", occurrences=WEEKLY.event.occurrences, rules=("FREQ=WEEKLY",))
    assert series_words(old, scene()) == "jeden Dienstag, seit 8. Januar 2019"
    assert series_words(WEEKLY, scene()) == "jeden Dienstag"


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2026-11-24T12:00", "vorbei"), ("2026-11-24T13:00", "läuft gerade"), ("2026-11-24T19:00", "heute"),
        ("2026-11-25T09:00", "morgen"), ("2026-12-19T09:00", "in 25 Tagen"),
    ],
)  # fmt: skip
def test_how_far_off_it_is(scene: MakeScene, start: str, words: str) -> None:
    published = event("x", "Treff", start, start[:11] + "23:30" if start > "2026-11-24T13" else start[:11] + "13:00")
    assert event_page(published, published.event.occurrences[0], (), scene()).relative == words


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.CANCELLED, "cancelled"), (Status.WITHDRAWN, "cancelled"), (Status.SOLD_OUT, "moved"),
        (Status.TENTATIVE, "moved"), (Status.MOVED, "moved"),
    ],
)  # fmt: skip
def test_a_state_stands_above_everything(scene: MakeScene, status: Status, kind: str) -> None:
    published = event("x", "Treff", "2026-12-01T19:00", status=status)
    banner = event_page(published, published.event.occurrences[0], (), scene()).banner
    assert banner is not None
    assert banner.kind == kind


def test_a_plain_event_has_no_banner_and_no_dates(scene: MakeScene) -> None:
    published = event("x", "Treff", "2026-12-01T19:00")
    page = event_page(published, published.event.occurrences[0], (), scene())
    assert (page.banner, page.dates, page.more_dates) == (None, (), ())


def test_a_long_series_shows_the_dates_around_and_folds_the_rest(scene: MakeScene) -> None:
    naehcafe = next(one for one in EVENTS if one.identity.id == "naehcafe")
    page = event_page(naehcafe, naehcafe.event.occurrences[2], (), scene())
    assert [one.day for one in page.dates][:3] == ["Di, 17. November", "Di, 24. November", "Di, 1. Dezember"]
    assert [one.is_here for one in page.dates].index(True) == 1
    assert (len(page.dates), len(page.more_dates)) == (6, 5)


def test_a_statement_that_differs_is_named(scene: MakeScene) -> None:
    statements = (said("klima", "Lesung", "2026-12-01T19:30"), said("stadtblatt", "Lesung", "2026-12-01T19:00"))
    published = event("x", "Lesung", "2026-12-01T19:30", by=("klima", "stadtblatt"), statements=statements)
    leading, other = event_page(published, published.event.occurrences[0], (), scene()).announcements
    assert leading.why == "Führend: der eigene Kalender der Initiative"
    assert leading.differs == ""
    assert other.differs == "Die Angaben weichen ab: hier Di, 1. Dezember 2026, 19:00."


@pytest.mark.parametrize("link", ["javascript:alert(1)", "webcal://x.example", "mailto:a@b.example", ""])
def test_a_source_without_a_web_address_gets_no_link(scene: MakeScene, link: str) -> None:
    published = event("x", "T", "2026-12-01T19:00", statements=(said("klima", "T", "2026-12-01T19:00", link=link),))
    page = event_page(published, published.event.occurrences[0], (), scene())
    assert [one.link for one in page.announcements] == [""]


def test_the_log_ends_with_the_first_announcement(scene: MakeScene) -> None:
    published = event("x", "T", "2026-12-01T19:00")
    page = event_page(published, published.event.occurrences[0], (), scene())
    assert [change.field for entry in page.history for change in entry.changes] == ["zuerst angekündigt"]


def test_a_festival_shows_its_programme_and_an_item_its_festival(scene: MakeScene, sqlite_store: Store) -> None:
    festival = event("fest", "Hafenfest", "2026-12-04", "2026-12-07")
    item = event("item", "Mitsegeln", "2026-12-05T10:00", part_of=(Umbrella("fest", "Hafenfest"),))
    other = event("other", "Plenum", "2026-12-05T19:00")
    town.publish(sqlite_store, town.settings(), (festival, item, other))
    with sqlite_store.reading() as connection:
        items = items_of(festival, connection, scene())
        assert items_of(item, connection, scene()) == ()
    assert [each.title for each in programme(festival, items, scene()).items] == ["Mitsegeln"]
    assert programme(item, (), scene()).whole == (("Hafenfest", "/event/fest"),)


def test_a_place_is_drawn_with_the_way_there_and_what_is_nearby(sqlite_client: FlaskClient) -> None:
    where = sqlite_client.get("/event/podium").text.split("Lage und Weg")[1].split("</details>")[0]
    assert 'href="geo:53.24870,10.40780"' in where
    assert "https://www.openstreetmap.org/directions?to=53.24870%2C10.40780" in where
    assert 'href="/map?near=53.2487,10.4078&amp;radius=0.5"' in where


def test_a_place_that_nobody_knows_has_no_drawing(sqlite_client: FlaskClient) -> None:
    assert "Lage und Weg" not in sqlite_client.get("/event/boese").text


def test_what_is_on_next_at_the_same_house_stands_beside_it(sqlite_client: FlaskClient) -> None:
    beside = sqlite_client.get("/event/repair?on=2026-12-19").text.split("Bald hier: mosaique")[1].split("</div>")[0]
    assert "/event/naehcafe" in beside
    assert "/event/repair" not in beside
