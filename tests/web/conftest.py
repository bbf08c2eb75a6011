"""A client that asks the application about a small town."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.model.filters import parse_filter
from aggregator.store.database import Store
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


@pytest.fixture
def sqlite_client(sqlite_store: Store) -> FlaskClient:
    """The town's calendar on SQLite, for tests whose subject is not the store."""
    found = town.settings()
    town.publish(sqlite_store, found)
    return create_app(sqlite_store, found, fixed_clock(town.NOW)).test_client()


@pytest.fixture
def scene() -> Callable[..., Scene]:
    """A visit on Tuesday, 24 November 2026, at 13:53; `query` is what was asked for."""

    def make(language: str = "de", query: str = "", now: datetime = town.NOW) -> Scene:
        found = town.settings()
        tongue = load_tongues(("de", "en"))[language]
        known = {one.id: one for one in found.initiatives}
        return Scene(found, tongue, Links(), now, parse_filter(parse_qsl(query)), known)

    return make
