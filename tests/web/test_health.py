"""Health for machines, and the sources' state for people: a sentence for each failure, never an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.errors import StoreError
from aggregator.model.health import SourceOverview
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.store import sources
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app
from web.health.status import kind_of, source_line


class BrokenStore:
    """A store whose database is away."""

    @contextmanager
    def reading(self) -> Iterator[Any]:
        raise StoreError("Die Datenbank antwortet nicht")
        yield


@pytest.fixture
def broken_client() -> FlaskClient:
    return create_app(BrokenStore(), town.settings(), fixed_clock(town.NOW)).test_client()  # type: ignore[arg-type]


def test_healthz_asks_nobody(broken_client: FlaskClient) -> None:
    answer = broken_client.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_readyz_counts_the_sources_by_state(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["sources"] == {"ok": 2, "still": 1, "held": 1, "bad": 1}


def test_readyz_is_503_without_a_database(broken_client: FlaskClient) -> None:
    assert broken_client.get("/readyz").status_code == 503


@pytest.mark.parametrize(
    "path",
    ["/", "/event/podium", "/calendar.ics", "/api/v1/events", "/embed", "/sources", "/map", "/initiatives",
     "/initiatives.csv", "/exchange/events/", "/exchange/groups/", "/sitemap.xml"],
)  # fmt: skip
def test_without_a_database_every_path_says_to_come_again(broken_client: FlaskClient, path: str) -> None:
    answer = broken_client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert "Bitte in ein paar Minuten noch einmal versuchen." in answer.text


def test_each_failing_source_stands_on_the_page_with_its_sentence(client: FlaskClient) -> None:
    page = client.get("/sources").text
    assert "Der Kalender ist plötzlich leer. Wir zeigen weiter die bisherigen Termine und fragen nach." in page
    assert "Die gesicherte Verbindung kommt nicht zustande (museum.example.org)." in page
    assert "gestört seit 21. November" in page
    assert "2 Hinweise zu einzelnen Terminen" in page
    assert "5 Quellen, 2 davon in Ordnung." in page


def test_no_address_of_a_source_is_shown_anywhere(sqlite_client: FlaskClient) -> None:
    for path in ("/", "/sources", "/event/podium", "/readyz", "/api/v1/events", "/calendar.ics", "/calendar.atom"):
        page = sqlite_client.get(path).text
        assert "hunter2" not in page
        assert "secret-path" not in page


def test_a_new_failure_shows_at_once_though_no_event_changed(sqlite_store: Store) -> None:
    found = town.settings()
    town.publish(sqlite_store, found)
    client = create_app(sqlite_store, found, fixed_clock(town.NOW)).test_client()
    before = client.get("/sources")
    with sqlite_store.writing() as connection:
        sources.save_state(connection, "klima-ics", town.FAILURES["museum-ics"])
    after = client.get("/sources", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.text.count("gestört seit") == 2


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param(
            "https://user:pass@cal.example.org:8443/private-123/basic.ics?key=1", "cal.example.org", id="login"
        ),
        pytest.param("file:/home/someone/feeds/x.ics", "Datei auf diesem Rechner", id="local file"),
        pytest.param("https://[::1", "", id="no address at all"),
    ],
)
def test_a_source_is_shown_by_its_host_only(scene: Callable[..., Any], url: str, host: str) -> None:
    overview = SourceOverview(Source("x", "klima", url), "Klima", town.FAILURES["klima-ics"], 1, 0, ())
    assert source_line(overview, scene()).host == host


@pytest.mark.parametrize(
    ("source", "kind"), [("freiraum", "held"), ("museum", "bad"), ("klima", "ok"), ("stadtblatt", "still")]
)
def test_the_state_of_a_source_in_one_word(sqlite_store: Store, source: str, kind: str) -> None:
    found: Settings = town.settings()
    town.publish(sqlite_store, found)
    with sqlite_store.reading() as connection:
        kinds = {overview.source.initiative: kind_of(overview) for overview in sources.overviews(connection)}
    assert kinds[source] == kind
