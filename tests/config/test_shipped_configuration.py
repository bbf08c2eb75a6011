from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from aggregator.config.loading import load_settings
from aggregator.model.settings import Settings
from aggregator.model.version import VERSION

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shipped() -> Settings:
    return load_settings(ROOT / "sources.yaml", {})


def test_the_shipped_file_names_every_demonstration_feed_once(shipped):
    named = sorted(Path(source.url.removeprefix("file:")) for source in shipped.sources)
    assert named == sorted((ROOT / "demo/feeds").iterdir())
    assert len(named) == 32


def test_the_shipped_initiatives_are_marked_as_invented(shipped):
    assert all(initiative.demo for initiative in shipped.initiatives)


def test_the_shipped_initiatives_are_described(shipped):
    for initiative in shipped.initiatives:
        assert initiative.text, initiative.id
        assert initiative.topics, initiative.id
        assert re.fullmatch(r"https://[a-z-]+\.example\.org/(group/[a-z-]+/)?", initiative.homepage)


def test_two_formats_of_one_calendar_belong_to_one_initiative(shipped):
    for one, other in (("mobilizon", "mobilizon-atom"), ("gancio", "gancio-rss")):
        assert shipped.source(one).initiative == shipped.source(other).initiative


def test_relative_links_of_the_page_without_addresses_have_a_base(shipped):
    assert shipped.source("salzstrasse").base_url == "https://salzstrasse.example.org/"


def test_the_demonstration_starts_in_november(shipped):
    assert shipped.site.demo_now is not None
    assert shipped.site.demo_now.date() == date(2026, 11, 22)


def test_the_entries_to_switch_on_are_right(tmp_path):
    text = (ROOT / "sources.yaml").read_text("utf-8")
    town, _, entries = text.replace("include: [demo/sources.yaml]", "").partition("# initiatives:\n")
    switched_on = re.sub("^# ?", "", "# initiatives:\n" + entries, flags=re.MULTILINE)
    (tmp_path / "sources.yaml").write_text(town + switched_on, "utf-8")
    settings = load_settings(tmp_path / "sources.yaml", {})
    assert [initiative.id for initiative in settings.initiatives] == ["meine-gruppe", "wechange", "repair-cafe"]
    assert settings.source("wechange-alle").within.radius_km == 15


def test_the_version_is_that_of_the_package():
    assert f'\nversion = "{VERSION}"\n' in (ROOT / "pyproject.toml").read_text("utf-8")
