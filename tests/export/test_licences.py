"""The licence of a text travels with it: into calendars, feeds and what search engines read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.export.jsonld import schema_event
from aggregator.export.wording import source_lines


@pytest.fixture
def licensed(publish):
    """An event whose text stands under a licence."""

    def make(licence):
        published = publish("2026-12-05T18:30", description="Suppe.")
        statements = (replace(published.event.statements[0], licence=licence),)
        return replace(published, event=replace(published.event, statements=statements))

    return make


@pytest.mark.parametrize(("licence", "named"), [("CC BY 4.0", " (CC BY 4.0)"), ("", "")])
def test_calendars_and_feeds_name_it_beside_the_source(licensed, initiatives, licence, named):
    lines = source_lines(licensed(licence).event.statements, initiatives, "de")
    assert lines == [f"Quelle: Repair-Café{named} – https://repair.example.org/plenum"]


@pytest.mark.parametrize(
    ("licence", "written"),
    [
        pytest.param("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", id="one that has an address"),
        pytest.param("eigene Lizenz", "eigene Lizenz", id="any other"),
    ],
)
def test_search_engines_read_of_the_work_that_tells_the_event(licensed, site, initiatives, licence, written):
    published = licensed(licence)
    work = {"@type": "CreativeWork", "url": "https://repair.example.org/plenum", "license": written}
    assert schema_event(published, published.event.occurrences[0], site, initiatives)["subjectOf"] == [work]


def test_without_a_licence_nothing_is_said(licensed, site, initiatives):
    published = licensed("")
    assert "subjectOf" not in schema_event(published, published.event.occurrences[0], site, initiatives)
