"""The list of everything and a search say the same, whether their days are counted in memory or by the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.store.database import open_store
from tests.web import town
from web import derived
from web.application import create_app
from web.services import EXTENSION


@pytest.fixture
def fresh(sqlite_town: Flask) -> Iterator[Callable[[], FlaskClient]]:
    """Applications on the town's store that have counted nothing yet."""
    store = open_store(sqlite_town.extensions[EXTENSION].store.url, lambda: bytes(32))
    yield lambda: create_app(store, town.settings(), fixed_clock(town.NOW)).test_client()
    store.close()


@pytest.mark.parametrize(
    "path",
    [
        "/list",
        "/list?page=2",
        "/list?topic=kultur&after=18:00",
        "/list?to=2026-11-20",
        "/list?near=53.25,10.41",
        "/?q=film",
    ],
)
def test_a_list_is_the_same_however_it_is_counted(
    path: str, fresh: Callable[[], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = fresh().get(path)
    monkeypatch.setattr(derived, "MOST_IN_LONG_SPAN", 0)
    by_the_database = fresh().get(path)
    assert in_memory.status_code == 200
    assert in_memory.data == by_the_database.data
