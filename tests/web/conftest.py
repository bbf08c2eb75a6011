"""A client that asks the application about a small town."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.model.filters import parse_filter
from aggregator.store.database import Store, open_store
from tests.web import town
from web.application import create_app
from web.languages import load_tongues
from web.links import Links
from web.scene import Scene


@pytest.fixture
def client(store: Store) -> FlaskClient:
    """The town's calendar, on each database."""
    found = town.settings()
    town.publish(store, found)
    return create_app(store, found, fixed_clock(town.NOW)).test_client()


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests that only read."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('web') / 'town.sqlite'}", key=lambda: bytes(32))
    found = town.settings()
    town.publish(store, found)
    yield create_app(store, found, fixed_clock(town.NOW))
    store.close()


@pytest.fixture
def sqlite_client(sqlite_town: Flask) -> FlaskClient:
    """The town's calendar on SQLite, for tests whose subject is not the store."""
    return sqlite_town.test_client()


@pytest.fixture
def scene() -> Callable[..., Scene]:
    """A visit on Tuesday, 24 November 2026, at 13:53; `query` is what was asked for."""

    def make(language: str = "de", query: str = "", now: datetime = town.NOW) -> Scene:
        found = town.settings()
        tongue = load_tongues(("de", "en"))[language]
        known = {one.id: one for one in found.initiatives}
        return Scene(found, tongue, Links(), now, parse_filter(parse_qsl(query)), known)

    return make
