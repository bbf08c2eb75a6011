"""What a page may cost, in numbers that are the same on every machine: statements, calls, bytes; never time."""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from aggregator.clock import fixed_clock
from aggregator.store.database import Store
from tests.web import town
from web import compression
from web.application import create_app
from web.doorkeeper import Doorkeeper

MONTH = "/month/2026-12"


@pytest.fixture
def app(store: Store) -> Flask:
    found = town.settings()
    town.publish(store, found)
    return create_app(store, found, fixed_clock(town.NOW))


def statements_of(store: Store, client: FlaskClient, path: str) -> list[str]:
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)
    assert client.get(path).status_code == 200
    event.remove(store.engine, "before_cursor_execute", hear)
    return asked


def calls_of(ask: Any) -> int:
    """How many functions of Python are called."""
    counted: Counter[str] = Counter()
    sys.setprofile(lambda _frame, what, _argument: counted.update((what,)))
    try:
        ask()
    finally:
        sys.setprofile(None)
    return counted["call"]


def test_a_month_asks_the_store_little_and_the_next_filter_less(store: Store, app: Flask) -> None:
    client = app.test_client()
    first, filtered = (statements_of(store, client, path) for path in (MONTH, f"{MONTH}?topic=kultur"))
    # Two censuses of five questions; then what is shown, how far the calendar goes, the directory. 19 and 8 today.
    assert len(first) <= 26, first
    assert len(filtered) <= 12, filtered


def test_a_kept_answer_asks_the_store_for_the_generation_alone(store: Store, app: Flask) -> None:
    client = app.test_client()
    client.get(MONTH)
    # The generation is asked for on a connection of its own.
    assert statements_of(store, client, MONTH) == []


@pytest.mark.parametrize("path", [MONTH, "/calendar.ics"])
def test_that_nothing_is_new_is_said_in_some_hundred_calls(sqlite_town: Flask, path: str) -> None:
    client = sqlite_town.test_client()
    headers = {"If-None-Match": client.get(path).headers["ETag"]}
    client.get(path, headers=headers)
    door: Any = sqlite_town.wsgi_app
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_IF_NONE_MATCH": headers["If-None-Match"],
    }
    told: list[str] = []
    calls = calls_of(lambda: door(environ, lambda status, _headers: told.append(status)))
    assert isinstance(door, Doorkeeper)
    assert told == ["304 NOT MODIFIED"]
    # 33 today; through Flask it would be more than a thousand.
    assert calls <= 100


def test_a_month_of_the_town_weighs_little(sqlite_client: FlaskClient) -> None:
    sent = sqlite_client.get(MONTH, headers={"Accept-Encoding": "gzip"}).data
    assert len(sent) <= 12_000
    assert len(gzip.decompress(sent)) <= 80_000


def test_what_is_too_large_to_be_kept_is_unpacked_while_it_is_sent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    packed = client.get("/calendar.ics", headers={"Accept-Encoding": "gzip"}).data
    monkeypatch.setattr(compression, "LARGEST_AT_ONCE", 0)
    monkeypatch.setattr(compression, "PIECE", 100)
    answers = [client.get("/calendar.ics", headers={"Accept-Encoding": "identity"}) for _ in range(2)]
    assert [one.data for one in answers] == [gzip.decompress(packed)] * 2
    assert answers[0].headers["Content-Length"] == str(len(answers[0].data))
    assert "Accept-Encoding" in answers[0].headers["Vary"]
