"""What is over stays reachable, however long ago, and leads nobody into empty years."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app

OLD = (
    town.event("alt-1", "Gründungsfest", "2019-05-04T15:00", by=("museum",)),
    town.event("alt-2", "Zehn Jahre Chor", "2023-06-10T19:00", by=("freiraum",)),
    town.event("neu", "Weinlese", "2026-12-01T10:00"),
)


@pytest.fixture
def archive(sqlite_store: Store) -> FlaskClient:
    town.publish(sqlite_store, town.settings(), OLD)
    return create_app(sqlite_store, town.settings(), fixed_clock(town.NOW)).test_client()


def test_the_list_leads_to_what_is_over_the_latest_first(archive: FlaskClient) -> None:
    assert 'href="/list?to=2026-11-23">Was schon vorbei ist</a>' in archive.get("/list").text
    page = archive.get("/list?to=2026-11-23").text
    assert page.index("Zehn Jahre Chor") < page.index("Gründungsfest")
    assert "Weinlese" not in page.split("rail")[0]
    assert "Alles, was kommt" in page


def test_a_week_of_years_ago_leads_back_to_the_first_that_is_known(archive: FlaskClient) -> None:
    assert 'href="/week/2023-W22"' in archive.get("/week/2023-W23").text
    assert "Zurück:" not in archive.get("/week/2019-W18").text


def test_an_empty_week_between_leads_to_the_next_with_something(archive: FlaskClient) -> None:
    page = archive.get("/week/2021-W10").text
    assert "Samstag, 10. Juni 2023" in page
    assert 'content="noindex"' in page


def test_months_end_where_the_calendar_does(archive: FlaskClient) -> None:
    page = archive.get("/month/2019-05").text
    assert "Gründungsfest" in page
    assert "/month/2019-04" not in page and "/month/2019-06" in page


@pytest.mark.parametrize(
    ("path", "hidden"),
    [
        pytest.param("/", False, id="the calendar"),
        pytest.param("/week/2023-W23", False, id="a week of the archive"),
        pytest.param("/event/alt-1", False, id="an old event"),
        pytest.param("/?lang=en", False, id="in English"),
        pytest.param("/?topic=kultur", True, id="a selection"),
        pytest.param("/month/1950-01", True, id="an empty month"),
    ],
)
def test_search_engines_are_kept_out_of_endless_selections(archive: FlaskClient, path: str, hidden: bool) -> None:
    assert ('<meta name="robots" content="noindex">' in archive.get(path).text) == hidden
