"""For machines: the exchange with WECHANGE by its key rules, the table, the sitemap, security.txt."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.errors import ErrorClass, Failure
from aggregator.export.exchange import TOPICS
from aggregator.model.fetching import SourceState
from aggregator.store import sources
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app

READ = SourceState(last_success_at=town.NOW - timedelta(hours=1))
FAILED = SourceState(failure=Failure(ErrorClass.TLS), first_failure_at=town.NOW)
# What the portal's serializers read: every key must be there; "null" among the kinds may be null.
EVENT_KEYS = {
    "url": "text", "title": "text", "from_date": "time", "to_date": "time null", "note": "text null",
    "location": "text null", "location_lat": "number null", "location_lon": "number null", "image": "text null",
    "tags": "texts", "topics": "texts",
}  # fmt: skip
GROUP_KEYS = {
    "url": "text", "name": "text", "description": "text null", "avatar": "text null", "locations": "places",
    "tags": "texts", "topics": "texts",
}  # fmt: skip
PLACE_KEYS = {"location": "text null", "lat": "number null", "lon": "number null"}
LONGEST_KEY = 255


def is_time(value: Any) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() is not None


KINDS: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str) and bool(value),
    "time": is_time,
    "number": lambda value: isinstance(value, int | float),
    "texts": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "places": lambda value: all(broken_rules(one, PLACE_KEYS) == [] for one in value),
}


def broken_rules(item: dict[str, Any], keys: dict[str, str]) -> list[str]:
    """The key rules of the exchange (a WECHANGE portal fails on the first of them)."""
    broken = [f"{name} is missing" for name in keys if name not in item]
    for name, rule in keys.items():
        kind, _, null = rule.partition(" ")
        value = item.get(name)
        if name in item and not (value is None and null) and (value is None or not KINDS[kind](value)):
            broken.append(f"{name} is no {kind}: {value!r}")
    if len(item.get("url", "")) > LONGEST_KEY:
        broken.append("url is longer than the primary key")
    return broken + [f"{topic} is no label of the portal" for topic in item.get("topics", ()) if topic not in TOPICS]


@pytest.fixture
def exchange(store: Store) -> Callable[..., FlaskClient]:
    """A client of the town whose sources are all in one state; `lost` empties it of its events."""

    def make(state: SourceState = READ, lost: bool = False) -> FlaskClient:
        found = town.settings()
        town.publish(store, found, () if lost else town.EVENTS)
        with store.writing() as connection:
            for source in found.sources:
                sources.save_state(connection, source.id, state)
        return create_app(store, found, fixed_clock(town.NOW)).test_client()

    return make


def pages(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    while path:
        answer = client.get(path, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.content_type) == (200, "application/json")
        yield answer.get_json()
        parts = urlsplit(answer.get_json()["next"] or "")
        path = f"{parts.path}?{parts.query}" if parts.path else ""


@pytest.mark.parametrize(("name", "keys"), [("events", EVENT_KEYS), ("groups", GROUP_KEYS)])
def test_every_item_keeps_the_key_rules(exchange: Callable[..., FlaskClient], name: str, keys: dict[str, str]) -> None:
    client = exchange()
    items = [item for page in pages(client, f"/exchange/{name}/") for item in page["results"]]
    assert len(items) > 4
    assert [broken for item in items for broken in broken_rules(item, keys)] == []


def test_the_rules_notice_what_they_are_for() -> None:
    wrong = {"url": "x" * 300, "title": "", "from_date": "2026-12-05T10:00", "to_date": None, "topics": ["Klima"]}
    assert broken_rules(wrong, {name: EVENT_KEYS[name] for name in (*wrong, "note")}) == [
        "note is missing",
        "title is no text: ''",
        "from_date is no time: '2026-12-05T10:00'",
        "url is longer than the primary key",
        "Klima is no label of the portal",
    ]


def test_following_next_brings_every_coming_event_once(exchange: Callable[..., FlaskClient]) -> None:
    client = exchange()
    by_pages = [item["url"] for page in pages(client, "/exchange/events/?limit=4") for item in page["results"]]
    assert len(by_pages) == len(set(by_pages)) == 18
    assert not any(url.endswith(("/rueckblick", "/weg")) for url in by_pages)


def test_a_series_is_told_with_its_next_date_and_a_cancelled_event_by_its_title(
    exchange: Callable[..., FlaskClient],
) -> None:
    items = {item["url"].rsplit("/", 1)[1]: item for item in exchange().get("/exchange/events/").get_json()["results"]}
    assert items["naehcafe"]["from_date"] == "2026-11-24T15:00:00+01:00"
    assert items["naehcafe"]["location_lat"] == 53.24873
    assert items["ringvorlesung"]["title"].startswith("Abgesagt: ")


def test_a_filter_chooses_for_the_portal(exchange: Callable[..., FlaskClient]) -> None:
    client = exchange()
    assert len(client.get("/exchange/events/?initiative=klima").get_json()["results"]) == 2
    assert client.get("/exchange/events/?q=quatsch").get_json() == {"results": [], "next": None}
    assert [one["url"] for one in client.get("/exchange/groups/?topic=kultur").get_json()["results"]] == [
        "https://kalender.example.org/initiatives/mosaique"
    ]


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param({"state": SourceState()}, id="sources not read yet"),
        pytest.param({"state": FAILED}, id="no source can be read"),
        pytest.param({"lost": True}, id="no events at all"),
    ],
)
def test_trouble_is_503_and_never_an_empty_list(exchange: Callable[..., FlaskClient], trouble: dict[str, Any]) -> None:
    answer = exchange(**trouble).get("/exchange/events/")
    assert (answer.status_code, answer.content_type) == (503, "application/json")
    assert answer.headers["Retry-After"] == "600"
    assert "results" not in answer.get_json()


def test_the_address_works_without_its_last_slash(exchange: Callable[..., FlaskClient]) -> None:
    assert exchange().get("/exchange/groups").status_code == 200


def test_the_table_has_a_line_for_every_date(client: FlaskClient) -> None:
    answer = client.get("/events.csv?initiative=mosaique&from=2026-12-01&to=2026-12-31")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [row["date"] for row in rows if row["id"] == "naehcafe"] == [
        "2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22", "2026-12-29",
    ]  # fmt: skip
    assert rows[0]["status"] == "cancelled"
    assert rows[1]["place"] == "Gemeindesaal"
    assert rows[0]["page"] == "https://kalender.example.org/event/naehcafe?on=2026-12-01"


def test_the_table_begins_today_unless_asked(sqlite_client: FlaskClient) -> None:
    rows = list(csv.DictReader(StringIO(sqlite_client.get("/events.csv").data.decode("utf-8-sig"), newline="")))
    assert min(row["date"] for row in rows if row["id"] != "ausstellung") == "2026-11-24"
    assert len(rows) > 20


def test_the_sitemap_names_every_page_with_its_last_change(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {url.findtext("s:loc", "", names): url.findtext("s:lastmod", "", names) for url in root}
    assert found["https://kalender.example.org/event/repair"] == "2026-09-01T08:00:00+00:00"
    assert {client.get(urlsplit(address).path).status_code for address in found} == {200}
    assert "https://kalender.example.org/umbrellas/mosaique" in found


def test_robots_are_told_of_the_sitemap(sqlite_client: FlaskClient) -> None:
    assert "Sitemap: https://kalender.example.org/sitemap.xml\n" in sqlite_client.get("/robots.txt").text


def test_a_finder_of_holes_knows_whom_to_tell(sqlite_client: FlaskClient, sqlite_store: Store) -> None:
    answer = sqlite_client.get("/.well-known/security.txt")
    assert answer.text.splitlines()[:2] == ["Contact: mailto:kontakt@example.org", "Expires: 2027-05-23T00:00:00Z"]
    silent = town.settings(contact="")
    town.publish(sqlite_store, silent)
    there = create_app(sqlite_store, replace(silent), fixed_clock(town.NOW)).test_client()
    assert there.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("path", ["/?topic=kultur&from=2026-12-01", "/month/2026-12?topic=kultur"])
def test_a_calendar_page_names_its_feeds_with_the_present_filter(sqlite_client: FlaskClient, path: str) -> None:
    page = sqlite_client.get(path).text
    for kind, name in (
        ("text/calendar", "ics"), ("application/atom+xml", "atom"), ("application/rss+xml", "rss"),
        ("application/feed+json", "json"),
    ):  # fmt: skip
        assert f'<link rel="alternate" type="{kind}" title="' in page
        assert f'href="/calendar.{name}?topic=kultur">' in page
