"""Figures for machines that watch us."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from aggregator.clock import fixed_clock
from aggregator.store.database import Store
from aggregator.store.ticks import Tick, note
from tests.web import town
from web.application import create_app
from web.counting import WRITTEN_EVERY


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_the_figures_are_those_of_the_store_on_each_database(client: FlaskClient) -> None:
    answer = client.get("/metrics")
    found = samples(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert {kind: found["buendel_sources", kind] for kind in ("ok", "still", "held", "bad")} == {
        "ok": 2, "still": 1, "held": 1, "bad": 1,
    }  # fmt: skip
    assert found[("buendel_events",)] == len(town.EVENTS)
    assert found["buendel_waiting", "failing"] == 1


def test_they_show_no_address_and_no_name_of_a_person(sqlite_client: FlaskClient) -> None:
    text = sqlite_client.get("/metrics").text
    assert "example.org" not in text
    assert "hunter2" not in text


@pytest.fixture
def beating(sqlite_store: Store):
    """A town whose scheduler was last seen so long ago, with so much room."""
    found = town.settings()

    def make(age: timedelta, free: int = 10**12) -> FlaskClient:
        with sqlite_store.writing() as connection:
            note(connection, Tick(town.NOW - age, free))
        return create_app(sqlite_store, found, fixed_clock(town.NOW)).test_client()

    return make


@pytest.mark.parametrize(
    ("age", "free", "status"),
    [
        pytest.param(timedelta(seconds=40), 10**12, "ready", id="at work"),
        pytest.param(timedelta(hours=1), 10**12, "degraded", id="not seen for an hour"),
        pytest.param(timedelta(seconds=40), 1000, "degraded", id="no room"),
    ],
)
def test_readyz_tells_how_the_scheduler_is_and_stays_200(beating, age, free, status) -> None:
    answer = beating(age, free).get("/readyz")
    assert (answer.status_code, answer.get_json()["status"]) == (200, status)
    assert answer.get_json()["scheduler"]["age_seconds"] == age.total_seconds()


def test_feeds_are_counted_as_numbers_and_pages_are_not(sqlite_store: Store) -> None:
    moments = [town.NOW]
    app = create_app(sqlite_store, town.settings(), lambda: moments[-1])
    client = app.test_client()
    for path in ("/calendar.ics", "/calendar.ics", "/calendar.rss", "/", "/admin"):
        client.get(path)
    moments.append(town.NOW + WRITTEN_EVERY)
    client.get("/calendar.atom")
    found = samples(client.get("/metrics").text)
    assert {key[1]: value for key, value in found.items() if key[0] == "buendel_feed_requests_30d"} == {
        "calendar": 2, "rss": 1, "atom": 1,
    }  # fmt: skip
