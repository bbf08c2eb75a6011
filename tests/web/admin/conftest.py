"""The small town with an operator, and a browser that has logged in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from aggregator.clock import fixed_clock
from aggregator.model.operators import Operator
from aggregator.store import jobs, operators
from aggregator.store.database import Store, open_store
from tests.web import town
from web.application import create_app

PASSWORD = "vier Störche im Nest"
# Hashing is slow on purpose; this one is not.
HASHED = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
OURS = {"Sec-Fetch-Site": "same-origin"}


def employ(store: Store, name: str = "anna", **fields: str) -> None:
    with store.writing() as connection:
        operators.save(connection, Operator(name, fields.pop("email", ""), town.SEEN, HASHED, **fields))


@dataclass
class Browser:
    """Somebody at the operators' pages."""

    client: FlaskClient
    store: Store
    headers: dict[str, str] = field(default_factory=lambda: dict(OURS))

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def token(self, path: str = "/admin/login") -> str:
        found = TOKEN.search(self.client.get(path).text)
        assert found, path
        return found[1]

    def post(self, path: str, page: str = "/admin", **data: Any) -> TestResponse:
        """Press a button of `page`."""
        return self.client.post(path, data={"csrf_token": self.token(page), **data}, headers=self.headers)

    def log_in(self, name: str = "anna", password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/admin/login", "/admin/login", name=name, password=password, **more)

    def jobs(self) -> list[str]:
        """What the pipeline was asked for."""
        with self.store.writing() as connection:
            asked = []
            while job := jobs.claim(connection):
                asked.append(job.kind.value)
        return asked


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town with its operator, published once; every test gets a copy."""
    path = tmp_path_factory.mktemp("operators") / "town.sqlite"
    store = open_store(f"sqlite:///{path}", key=lambda: bytes(32))
    town.publish(store, town.settings())
    employ(store)
    store.close()
    return path


@pytest.fixture
def town_store(template: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "town.sqlite"
    shutil.copy(template, path)
    store = open_store(f"sqlite:///{path}", key=lambda: bytes(32))
    yield store
    store.close()


@pytest.fixture
def application(town_store: Store) -> Flask:
    return create_app(town_store, town.settings(), fixed_clock(town.NOW))


@pytest.fixture
def browsers(application: Flask, town_store: Store) -> Callable[[], Browser]:
    """Makes more browsers in the same town."""
    return lambda: Browser(application.test_client(), town_store)


@pytest.fixture
def stranger(browsers: Callable[[], Browser]) -> Browser:
    """Somebody who has not logged in."""
    return browsers()


@pytest.fixture
def anna(stranger: Browser, town_store: Store) -> Browser:
    """An operator at work; logging in by password is tried elsewhere, since it is slow on purpose."""
    with stranger.client.session_transaction(base_url="http://localhost/admin") as cookie:
        cookie["token"] = "of anna"
    with town_store.writing() as connection:
        operators.start_session(connection, "anna", "of anna", town.NOW)
    return stranger
