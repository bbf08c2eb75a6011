"""Each thing that can be set up wrongly is found, with its cure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from aggregator.cli.examining import findings, of_colours, of_holidays, of_site
from aggregator.cli.invocation import Invocation
from aggregator.model.holidays import SchoolHoliday
from aggregator.model.settings import Site
from web.assets import FOLDER

TOWN = "site: {title: Stadt, timezone: Europe/Berlin, base_url: 'https://stadt.example.org', contact: a@example.org}\n"
GOOD = Site("Stadt", "Europe/Berlin", base_url="https://stadt.example.org", contact="a@example.org")

TODAY = date(2026, 11, 24)


@pytest.fixture
def examine(tmp_path):
    def found(text: str = TOWN, **environ: str) -> dict[str, bool]:
        (tmp_path / "sources.yaml").write_text(text, "utf-8")
        given = {"DATABASE_URL": f"sqlite:///{tmp_path / 'town.sqlite'}", **environ}
        looked = findings(Invocation(given, tmp_path / "sources.yaml"))
        return {one.what: one.is_urgent for one in looked}

    return found


def test_a_new_installation_is_told_what_is_left_to_do(examine):
    found = examine()
    assert found["Nothing refreshes the calendar."]
    assert not found["Nobody may log in to /admin."]
    assert not found["The imprint is still a draft."]
    assert not found["No mail server is set up; 0 mails wait."]


def test_school_holidays_that_are_missing_or_end_soon_are_told():
    def told(state: str, *ends: date) -> list[str]:
        holidays = tuple(SchoolHoliday("Ferien", day, day) for day in ends)
        return [one.what for one in of_holidays(replace(GOOD, state=state, school_holidays=holidays), TODAY)]

    assert "are not known" in told("HH")[0]
    assert "end on 2027-01-05" in told("HH", date(2027, 1, 5))[0]
    assert not told("HH", date(2027, 12, 24))
    assert not told("")


def test_every_mistake_of_the_configuration_is_told(examine):
    found = examine("site: {title: Stadt, timezone: Nowhere}\n", PORT="x")
    assert len(found) >= 1
    assert all(found.values())


def test_a_key_that_others_may_read_is_urgent(examine, tmp_path):
    key = tmp_path / "secret.key"
    key.write_text("0123456789abcdef")
    key.chmod(0o644)
    assert examine()[f"Others on this machine may read {key}."]


def test_a_damaged_database_is_told_with_the_way_back(examine, tmp_path):
    (tmp_path / "town.sqlite").write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    assert any(urgent for what, urgent in examine().items() if "Datenbank" in what or "database" in what)


@pytest.mark.parametrize(
    ("site", "words"),
    [
        pytest.param(replace(GOOD, base_url="http://127.0.0.1:8000"), "this machine only", id="an address of our own"),
        pytest.param(replace(GOOD, base_url="http://stadt.example.org"), "not encrypted", id="no encryption"),
        pytest.param(replace(GOOD, contact=""), "Nobody can be asked.", id="no contact"),
    ],
)
def test_what_the_site_lacks_is_told(site, words):
    assert any(words in one.what for one in of_site(site))


def test_a_site_that_lacks_nothing_is_told_nothing():
    assert list(of_site(GOOD)) == []


def test_the_shipped_colours_can_be_read_in_both_lights():
    assert list(of_colours((FOLDER / "tokens.css").read_text("utf-8"))) == []


def test_colours_that_are_hard_to_read_are_told(tmp_path):
    faint = (FOLDER / "tokens.css").read_text("utf-8").replace("--ink: #1b1d19;", "--ink: #999999;", 1)
    assert {one.what.split(" is ")[0] for one in of_colours(faint)} == {"--ink on --paper", "--ink on --paper-sunk"}


def test_shipped_files_are_where_they_are_looked_for():
    assert Path(FOLDER / "tokens.css").is_file()
