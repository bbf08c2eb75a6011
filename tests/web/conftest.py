"""A client that asks the application about a small town."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app

Ask = Callable[..., Any]


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
