"""Operators are added, changed and removed at the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from werkzeug.security import generate_password_hash

from aggregator.cli.main import commands
from aggregator.store import audit, operators
from aggregator.store.database import open_store

TOWN = "site: {title: Stadt, timezone: Europe/Berlin, base_url: 'https://stadt.example.org'}\n"
PASSWORD = "vier Störche im Nest"
Type = Callable[..., Result]


@pytest.fixture
def database(sqlite_databases) -> str:
    return sqlite_databases.migrated()


@pytest.fixture
def type_in(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Type:
    """`operator …` with a password on standard input; hashing is quick here."""
    (tmp_path / "sources.yaml").write_text(TOWN, "utf-8")
    monkeypatch.setattr(operators, "hashed", lambda password: generate_password_hash(password, "scrypt:1024:8:1"))

    def run(*words: str, password: str = PASSWORD) -> Result:
        options = ["--sources", str(tmp_path / "sources.yaml"), "--database", database]
        return CliRunner().invoke(commands, [*options, "operator", *words], input=f"{password}\n")

    return run


def stored(database: str, name: str):
    store = open_store(database)
    with store.reading() as connection:
        found = operators.load(connection, name), [deed.action for deed in audit.recent(connection, 9)]
    store.close()
    return found


def test_an_operator_is_added_with_an_address_and_noted(type_in: Type, database: str) -> None:
    said = type_in("add", "anna", "--email", "anna@Example.org", "--password-stdin")
    assert said.output == "anna may log in at https://stadt.example.org/admin\n"
    anna, deeds = stored(database, "anna")
    assert (anna.email, operators.is_right(anna, PASSWORD)) == ("anna@example.org", True)
    assert deeds == ["operator added"]
    assert PASSWORD not in said.output


@pytest.mark.parametrize("password", ["short", "anna anna anna", "aaaaaaaaaaaaaaaa", "x" * 201])
def test_a_password_that_is_easy_to_guess_is_refused(type_in: Type, database: str, password: str) -> None:
    assert type_in("add", "anna", "--password-stdin", password=password).exit_code == 1
    assert stored(database, "anna") == (None, [])


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 41, "command line"])
def test_a_name_that_would_break_a_log_is_refused(type_in: Type, name: str) -> None:
    assert type_in("add", name, "--password-stdin").exit_code == 1


def test_another_password_ends_every_session(type_in: Type, database: str) -> None:
    type_in("add", "anna", "--password-stdin")
    store = open_store(database)
    with store.writing() as connection:
        operators.start_session(connection, "anna", "token", stored(database, "anna")[0].created_at)
    type_in("password", "anna", "--password-stdin", password="fünf Störche im Nest")
    with store.reading() as connection:
        anna = operators.load(connection, "anna")
        assert operators.session(connection, "token", anna.created_at) is None
    store.close()
    assert operators.is_right(anna, "fünf Störche im Nest")


def test_a_second_factor_is_shown_once_and_stored_sealed(type_in: Type, database: str) -> None:
    type_in("add", "anna", "--password-stdin")
    said = type_in("second-factor", "anna").output
    secret = said.split("type in: ")[1].split()[0]
    anna, _ = stored(database, "anna")
    assert len(secret) == 32
    assert secret not in anna.second_factor
    assert "with a code" in type_in("list").output
    type_in("second-factor", "anna", "--off")
    assert stored(database, "anna")[0].second_factor == ""


def test_a_removed_operator_is_gone_and_the_deed_remains(type_in: Type, database: str) -> None:
    type_in("add", "anna", "--password-stdin")
    type_in("remove", "anna")
    assert stored(database, "anna") == (None, ["operator removed", "operator added"])
    assert type_in("remove", "anna").exit_code == 1
    assert "Nobody may log in yet" in type_in("list").output


def test_an_operator_is_not_added_twice(type_in: Type) -> None:
    type_in("add", "anna", "--password-stdin")
    assert type_in("add", "anna", "--password-stdin").exit_code == 1
