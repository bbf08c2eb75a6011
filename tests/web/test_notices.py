"""Mitmachen and deadlines: what is shown, for how long, and what programs get of it."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from aggregator.clock import fixed_clock
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


def seen(client: FlaskClient, path: str) -> str:
    return client.get(path).text.replace("\u00ad", "")


@pytest.fixture
def on_day(sqlite_store: Store):
    """The same town on another day."""
    town.publish(sqlite_store, town.settings())

    def look(days: int) -> FlaskClient:
        return create_app(sqlite_store, town.settings(), fixed_clock(town.NOW + timedelta(days=days))).test_client()

    return look


def test_calls_offers_and_news_stand_apart(client: FlaskClient) -> None:
    page = seen(client, "/notices")
    parts = [page.split(f'id="{name}"')[1].split("</section>")[0] for name in ("fristen", "hilfe", "angebote", "neues")]
    titles = ("Jugendklimakonferenz", "Kurspatinnen", "Lastenanhänger", "So war unser Sommerfest")
    assert [title in part for title, part in zip(titles, parts, strict=True)] == [True] * 4


def test_what_is_older_than_sixty_days_or_past_its_deadline_is_gone(client: FlaskClient) -> None:
    page = seen(client, "/notices")
    assert "Frühlingsfest" not in page
    assert "Bücherspenden" not in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        pytest.param(0, "noch 3 Tage", id="three days before"),
        pytest.param(2, "noch 1 Tag", id="the day before"),
        pytest.param(3, "nur noch heute", id="on the last day"),
        pytest.param(4, None, id="the day after"),
    ],
)
def test_a_deadline_tells_how_long_is_left_and_goes_the_day_after(on_day, days: int, words: str | None) -> None:
    page = seen(on_day(days), "/deadlines")
    assert ("Jugendklimakonferenz" in page) == (words is not None)
    assert words is None or f"<small>{words}</small>" in page


def test_deadlines_come_by_their_day(client: FlaskClient) -> None:
    page = seen(client, "/deadlines")
    assert page.index("Jugendklimakonferenz") < page.index("Nachbarschaftsprojekte")
    assert "in 9 Wochen" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("topic=klima-umwelt", {"Jugendklimakonferenz"}, id="topic"),
        pytest.param("initiative=stadtblatt", {"Nachbarschaftsprojekte"}, id="initiative"),
        pytest.param("umbrella=mosaique", {"Jugendklimakonferenz"}, id="umbrella"),
        pytest.param("q=foerdermittel antrag", {"Nachbarschaftsprojekte"}, id="words"),
        pytest.param("q=stadtblatt", {"Nachbarschaftsprojekte"}, id="name of who tells it"),
        pytest.param("q=!", set(), id="no words"),
    ],
)
def test_the_filter_narrows_deadlines(client: FlaskClient, query: str, shown: set[str]) -> None:
    page = seen(client, f"/deadlines?{query}")
    assert {title for title in ("Jugendklimakonferenz", "Nachbarschaftsprojekte") if title in page} == shown


@pytest.mark.parametrize("path", ["/notices", "/deadlines", "/notices.atom", "/deadlines.ics"])
def test_what_can_only_be_asked_of_events_is_refused(sqlite_client: FlaskClient, path: str) -> None:
    answer = sqlite_client.get(f"{path}?free=1")
    assert answer.status_code == 400
    assert "Danach lassen sich Aufrufe nicht auswählen (free)" in answer.text


def test_the_feed_holds_the_newest_first(client: FlaskClient) -> None:
    feed = ElementTree.fromstring(client.get("/notices.atom").data)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[0] == "Kurspatinnen und -paten für Deutschkurse gesucht"
    assert titles[-1] == "So war unser Sommerfest"
    assert feed.find(".//{http://purl.org/rss/1.0/modules/event/}startdate") is None


def test_a_deadline_is_a_day_that_blocks_no_time(client: FlaskClient) -> None:
    first, *_ = Calendar.from_ical(client.get("/deadlines.ics").data).walk("VEVENT")
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 11, 27), date(2026, 11, 28))
    assert first["transp"] == "TRANSPARENT"
    assert str(first["summary"]) == "Frist: Anmeldung zur Jugendklimakonferenz"
    assert str(first["url"]) == "https://klima.example.org/konferenz"


def test_a_deadline_is_a_task_where_that_is_wanted(client: FlaskClient) -> None:
    calendar = Calendar.from_ical(client.get("/deadlines.ics?as=todo").data)
    assert calendar.walk("VEVENT") == []
    assert [task.decoded("due") for task in calendar.walk("VTODO")] == [date(2026, 11, 27), date(2027, 1, 31)]


def test_another_form_of_a_deadline_is_refused(sqlite_client: FlaskClient) -> None:
    assert sqlite_client.get("/deadlines.ics?as=note").status_code == 400


def test_the_agenda_names_a_deadline_on_its_day(client: FlaskClient) -> None:
    friday = seen(client, "/").split('id="d2026-11-27"')[1].split("</section>")[0]
    assert friday.index("Frist endet") < friday.index("Ringvorlesung")
    assert "event--deadline" in friday
    assert "bis 24 Uhr" in friday


def test_the_agenda_of_what_no_notice_can_have_names_none(client: FlaskClient) -> None:
    assert "Frist endet" not in seen(client, "/?after=18:00")
    assert "Frist endet" in seen(client, "/?topic=klima-umwelt")


def test_an_empty_list_leads_on(sqlite_client: FlaskClient) -> None:
    page = seen(sqlite_client, "/notices?q=quatsch")
    assert "Zu dieser Auswahl ist nichts eingetragen." in page
    assert '<a href="/notices"><span>Ohne Auswahl zeigen' in page


def test_a_new_notice_gives_the_pages_a_new_etag(sqlite_store: Store) -> None:
    town.publish(sqlite_store, town.settings())
    client = create_app(sqlite_store, town.settings(), fixed_clock(town.NOW)).test_client()
    before = client.get("/notices").headers["ETag"]
    town.tell(sqlite_store, town.notice("neu", "Wer hilft beim Umzug?", "2026-11-24"))
    after = client.get("/notices")
    assert after.headers["ETag"] != before
    assert "Wer hilft beim Umzug?" in after.text
