"""A share link goes in, and its token comes out nowhere: not of the store, a page, a feed, a report or a log."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.cli.listing import record_object
from aggregator.model.sources import Source
from aggregator.store import records
from tests.pipeline.conftest import World, calendar, vevent
from web.application import create_app

TOKEN = "HUSHHUSHHUSH"
PATH = f"/remote.php/dav/public-calendars/{TOKEN}"
SHARED = f"{PATH}?export"
PAGES = ("/", "/sources", "/calendar.ics", "/calendar.atom", "/calendar.json", "/api/v1/events", "/healthz")


def feed(start: str) -> str:
    return calendar(vevent("1", "Probe", start, f"URL:{{origin}}{PATH}?event=1"))


@pytest.fixture
def secret_world(world) -> World:
    """A town that has read a share link, seen it change, fail and move for good, in this order."""
    made: World = world("chor")
    url = f"http://{made.server.origin}{SHARED}"
    made = replace(made, sources=(Source("chor", "chor", url),))
    for start in ("20261205T190000", "20261205T200000"):
        made.server.put(SHARED, feed(start).format(origin=f"http://{made.server.origin}"))
        made.refresh("chor", after=timedelta(hours=7))
    made.server.put(SHARED, "", 500)
    made.refresh("chor", after=timedelta(hours=7))
    return made


def test_the_store_holds_no_token(secret_world: World) -> None:
    file = Path(secret_world.store.url.removeprefix("sqlite:///"))
    secret_world.store.close()
    held = [path.name for path in file.parent.glob(f"{file.name}*") if TOKEN.encode() in path.read_bytes()]
    assert not held


def test_no_page_and_no_feed_shows_the_token(secret_world: World) -> None:
    client = create_app(secret_world.store, secret_world.settings, lambda: secret_world.now).test_client()
    event = secret_world.events()[0].identity.id
    shown = {path: client.get(path).get_data(as_text=True) for path in (*PAGES, f"/event/{event}")}
    assert "Probe" in shown["/calendar.ics"] and "127.0.0.1" in shown["/sources"]
    assert not [path for path, text in shown.items() if TOKEN in text]


def test_no_record_and_no_report_holds_the_token(secret_world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        report = secret_world.refresh("chor", after=timedelta(days=1))["chor"]
    with secret_world.store.reading() as connection:
        told = [record_object(each, {}) for each in records.load(connection)]
    assert told and report.failure is not None
    assert TOKEN not in f"{told} {report} {report.failure.sentence()} {caplog.text}"
