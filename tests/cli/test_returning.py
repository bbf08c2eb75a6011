"""Delivery reports on standard input: counted once a week, and nothing on it makes the command fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from aggregator.cli.main import commands
from aggregator.model.digests import Digest
from aggregator.store import digests
from aggregator.store.database import open_store
from tests.mail.test_returning import NOW, report

TOWN = "site: {title: Stadt, timezone: Europe/Berlin, base_url: 'https://stadt.example.org'}\n"


@pytest.fixture
def returned(tmp_path: Path, sqlite_databases):
    """Hand a report over as a mail server does; and the store that it is counted in."""
    (tmp_path / "sources.yaml").write_text(TOWN, "utf-8")
    database = sqlite_databases.migrated()
    options = ["--sources", str(tmp_path / "sources.yaml"), "--database", database, "returned"]
    store = open_store(database)
    yield lambda content: CliRunner().invoke(commands, options, input=content), store
    store.close()


def test_the_third_week_in_a_row_ends_the_weekly_mail(returned):
    hand_over, store = returned
    with store.writing() as connection:
        made = digests.ask(connection, Digest("", "anna@example.org", "", "Alles", "de", NOW))
        digests.confirm(connection, made.token, NOW)
    link = f"<https://stadt.example.org/digest/leave/{made.token}>"
    said = []
    for week in (40, 41, 42):
        with store.writing() as connection:
            digests.claim(connection, made.token, f"2026-W{week}")
        said += [hand_over(report(headers=(("List-Unsubscribe", link),))).output for _ in range(2)]
    assert [line.strip() for line in said] == ["Counted."] * 4 + ["The subscription has ended.", "Counted."]
    with store.reading() as connection:
        assert digests.by_token(connection, made.token) is None


@pytest.mark.parametrize("content", [b"", b"hello", bytes(range(256)) * 10, report(status="5.7.1")])
def test_anything_else_is_left_alone_and_is_no_failure(returned, content):
    answer = returned[0](content)
    assert (answer.exit_code, answer.output.strip()) == (0, "No report about a weekly mail.")
