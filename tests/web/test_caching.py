"""A question that was answered before costs nothing: ETag, 304, and what changes an ETag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from aggregator.clock import fixed_clock
from aggregator.store.database import Store, open_store
from tests.web import town
from web.application import create_app
from web.services import EXTENSION, Services

CACHED = (
    "/", "/week/2026-W49", "/month/2026-12", "/event/podium", "/event/podium.ics", "/calendar.ics",
    "/calendar.ics?expand=1", "/calendar.atom", "/calendar.rss", "/calendar.json", "/api/v1/events",
    "/api/v1/openapi.json", "/embed", "/sources", "/embed.json?view=month", "/embed/builder", "/subscribe", "/print",
    "/print.txt", "/clash?date=2026-12-05", "/upcoming.rss", "/upcoming.atom", "/event/podium.png",
    "/calendar.ics?cancelled=hide",
)  # fmt: skip


@pytest.mark.parametrize("path", CACHED)
def test_the_same_question_again_is_304_without_a_body(sqlite_client: FlaskClient, path: str) -> None:
    first = sqlite_client.get(path)
    second = sqlite_client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert second.headers.get("Vary") == first.headers.get("Vary")


@pytest.fixture(scope="module")
def twins(sqlite_town: Flask) -> list[FlaskClient]:
    """Clients of two processes with one store."""
    services: Services = sqlite_town.extensions[EXTENSION]
    another = create_app(services.store, services.settings, services.clock)
    return [sqlite_town.test_client(), another.test_client()]


@pytest.mark.parametrize("path", CACHED)
def test_another_process_gives_the_same_etag(twins: list[FlaskClient], path: str) -> None:
    assert len({client.get(path).headers["ETag"] for client in twins}) == 1


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[str, TestResponse]]]:
    """By path: the ETag before an event changed, and the answer to who shows that tag afterwards."""
    found = town.settings()
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('renamed') / 'town.sqlite'}", key=lambda: bytes(32))
    town.publish(store, found)
    client = create_app(store, found, fixed_clock(town.NOW)).test_client()
    before = {path: client.get(path).headers["ETag"] for path in CACHED}
    podium = next(one for one in town.EVENTS if one.identity.id == "podium")
    town.publish(store, found, (replace(podium, event=replace(podium.event, title="Podium, neuer Titel")),))
    yield {path: (tag, client.get(path, headers={"If-None-Match": tag})) for path, tag in before.items()}
    store.close()


@pytest.mark.parametrize("path", [path for path in CACHED if path not in ("/sources", "/api/v1/openapi.json")])
def test_a_changed_event_changes_the_etag(renamed: dict[str, tuple[str, TestResponse]], path: str) -> None:
    before, answer = renamed[path]
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        pytest.param("/", True, id="an agenda knows what is over"),
        pytest.param("/embed", True, id="so does an embed"),
        pytest.param("/calendar.ics", False, id="a calendar does not depend on the hour"),
        pytest.param("/api/v1/events", False, id="nor does the interface"),
    ],
)
def test_time_alone_changes_only_what_depends_on_it(sqlite_store: Store, path: str, changes: bool) -> None:
    found = town.settings()
    town.publish(sqlite_store, found)
    moments = (town.NOW, town.NOW + timedelta(hours=1))
    tags = {
        create_app(sqlite_store, found, fixed_clock(now)).test_client().get(path).headers["ETag"] for now in moments
    }
    assert (len(tags) == 2) == changes


def test_languages_and_filters_have_etags_of_their_own(sqlite_client: FlaskClient) -> None:
    paths = ("/", "/?lang=en", "/?lang=de", "/?topic=kultur", "/?topic=kultur&lang=en", "/month/2026-11")
    assert len({sqlite_client.get(path).headers["ETag"] for path in paths}) == len(paths)


def test_spellings_of_one_filter_share_an_etag(sqlite_client: FlaskClient) -> None:
    paths = ("/?topic=kultur,begegnung", "/?topic=begegnung&topic=kultur", "/?topic=kultur,begegnung&q=&utm_source=x")
    assert len({sqlite_client.get(path).headers["ETag"] for path in paths}) == 1


def test_a_page_varies_by_language_and_a_calendar_does_not(sqlite_client: FlaskClient) -> None:
    english = {"Accept-Language": "en"}
    assert sqlite_client.get("/").headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert sqlite_client.get("/calendar.ics").headers["Vary"] == "Accept-Encoding"
    tags = {sqlite_client.get("/calendar.atom", headers=headers).headers["ETag"] for headers in ({}, english)}
    assert len(tags) == 1


def test_a_new_title_of_the_site_gives_new_etags(sqlite_store: Store) -> None:
    titles = ("Ein Titel", "Ein anderer")
    clients = [
        create_app(sqlite_store, town.settings(title=title), fixed_clock(town.NOW)).test_client() for title in titles
    ]
    assert len({client.get("/calendar.ics").headers["ETag"] for client in clients}) == 2
