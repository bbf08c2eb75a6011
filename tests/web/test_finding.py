"""The list of everything and a search say the same, whether their days are counted in memory or by the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.store.database import open_store
from tests.web import town
from web import derived
from web.application import create_app
from web.services import EXTENSION


@pytest.fixture(params=["memory", "database"])
def counting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "database":
        monkeypatch.setattr(derived, "MOST_IN_LONG_SPAN", 0)
    return str(request.param)


@pytest.fixture
def fresh(sqlite_town: Flask) -> Iterator[FlaskClient]:
    """The town's store behind an application that has counted nothing yet."""
    store = open_store(sqlite_town.extensions[EXTENSION].store.url, lambda: bytes(32))
    yield create_app(store, town.settings(), fixed_clock(town.NOW)).test_client()
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
    path: str, counting: str, fresh: FlaskClient, sqlite_client: FlaskClient
) -> None:
    assert fresh.get(path).data == sqlite_client.get(path).data
