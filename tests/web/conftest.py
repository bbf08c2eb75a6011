"""A client that asks the application about a small town."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.model.filters import parse_filter
from aggregator.store.database import open_store
from tests.postgresql import create_database, drop_database
from tests.web import town
from web.application import create_app
from web.languages import load_tongues
from web.links import Links
from web.scene import Scene


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application on SQLite for all tests that only read."""
    with published(f"sqlite:///{tmp_path_factory.mktemp('web') / 'town.sqlite'}") as application:
        yield application


@pytest.fixture(scope="session")
def postgresql_town(postgresql_server: dict[str, str]) -> Iterator[Flask]:
    """One application on PostgreSQL for all tests that only read."""
    name = f"buendel_{uuid.uuid4().hex}"
    with published(create_database(postgresql_server["url"], name, postgresql_server["template"])) as application:
        yield application
    drop_database(postgresql_server["url"], name)


@contextmanager
def published(url: str) -> Iterator[Flask]:
    store, found = open_store(url, key=lambda: bytes(32)), town.settings()
    town.publish(store, found)
    yield create_app(store, found, fixed_clock(town.NOW))
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest) -> FlaskClient:
    """The town's calendar, on each database, for tests that only read."""
    application: Flask = request.getfixturevalue(f"{request.param}_town")
    return application.test_client()


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
