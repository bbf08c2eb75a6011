"""Fixtures for all tests: a store on each database, and one way to say that something is missing."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, Protocol

import pytest
from hypothesis import settings
from sqlalchemy import make_url

from aggregator.store.database import Store, open_store
from tests.postgresql import NoServer, PostgresDatabases, create_database, drop_database, find_server, forget_all

# The processes of one run (pytest-xdist) share this folder, and through it one PostgreSQL server.
SHARED_FOLDER = "BUENDEL_TEST_FOLDER"
SHARED_NOTES = "server.json"


# The quick checks try a few examples of every property, always the same ones, so that a failure is never a matter
# of luck; `./run.sh prove properties` tries many. A busy machine is no fault of the code under test: no deadline.
settings.register_profile("quick", deadline=None, max_examples=20, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=200, derandomize=True)
settings.load_profile(os.environ.get("PROPERTIES", "quick"))


def missing(reason: str) -> NoReturn:
    """Skip the test with its reason; where everything must be there (REQUIRE_ALL=1), fail."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"REQUIRE_ALL=1, but: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def require() -> Callable[[str], NoReturn]:
    """`require("khal is not installed")`: the same for tests and fixtures of other folders."""
    return missing


# --- the databases that a test runs on ---------------------------------------------------------------


class Databases(Protocol):
    """One kind of database; each address is fresh, and gone after the test."""

    def empty(self) -> str: ...

    def migrated(self) -> str: ...


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Fresh databases of both kinds, for tests that open them by themselves."""
    found: Databases = request.getfixturevalue(f"{request.param}_databases")
    return found


@pytest.fixture
def store(databases: Databases) -> Iterator[Store]:
    """An empty store at today's tables; the test runs once on each database."""
    with opened(databases.migrated()) as store:
        yield store


@pytest.fixture
def sqlite_store(sqlite_databases: Databases) -> Iterator[Store]:
    """An empty store on SQLite only, for tests whose subject is not the store."""
    with opened(sqlite_databases.migrated()) as store:
        yield store


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = open_store(url, key=lambda: bytes(32))
    yield store
    store.close()


class SqliteDatabases:
    """Files in a test's folder, copied from one that was migrated once."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder, self.template = folder, template

    def empty(self) -> str:
        return f"sqlite:///{self.folder / uuid.uuid4().hex}.sqlite"

    def migrated(self) -> str:
        url = self.empty()
        shutil.copy(self.template, str(make_url(url).database))
        return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_databases(tmp_path: Path, sqlite_template: Path) -> SqliteDatabases:
    return SqliteDatabases(tmp_path, sqlite_template)


@pytest.fixture
def postgresql_databases(postgresql_server: dict[str, str]) -> Iterator[PostgresDatabases]:
    databases = PostgresDatabases(postgresql_server["url"], postgresql_server["template"])
    yield databases
    databases.give_back()


# --- one PostgreSQL server for a whole run -----------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes the folder that all its processes share."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED_FOLDER] = tempfile.mkdtemp(prefix="buendel-test-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process of a run ends last: it stops the server that any of them started."""
    if hasattr(config, "workerinput"):
        forget_all()
        return
    folder = Path(os.environ.pop(SHARED_FOLDER))
    notes = folder / SHARED_NOTES
    if notes.exists():
        server = json.loads(notes.read_text())
        drop_database(server["url"], server["template"])
        forget_all()
        if server["stop"]:
            subprocess.run(server["stop"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server() -> dict[str, str]:
    """The server's address and the name of its migrated template; started by whoever comes first."""
    folder = Path(os.environ[SHARED_FOLDER])
    notes = folder / SHARED_NOTES
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not notes.exists():
            try:
                server = find_server(folder)
            except NoServer as reason:
                missing(str(reason))
            template = f"buendel_template_{uuid.uuid4().hex}"
            open_store(create_database(server["url"], template, "template0")).close()
            notes.write_text(json.dumps({**server, "template": template}))
    found: dict[str, str] = json.loads(notes.read_text())
    return found
