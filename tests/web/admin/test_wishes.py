"""How a source is read: changed on the page where it registered, else as lines for the file."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
import yaml

from aggregator.model.registrations import Registration, WantedSource
from aggregator.model.sources import Priority
from aggregator.store import registered

CHOIR = Registration("Chor", "chor@example.org", sources=(WantedSource("https://chor.example.org/secret.ics", "ics"),))
WISHED = {"minutes": "120", "priority": "1", "topic": "kultur"}


@pytest.fixture
def choir(anna, town_store):
    """An operator in a town in which a choir has registered."""
    with town_store.writing() as connection:
        registered.add(connection, CHOIR)
    return anna


def test_of_a_registered_source_interval_priority_and_topics_are_changed(choir, town_store):
    assert choir.post("/admin/sources/chor/change", **WISHED).location.endswith("told=done")
    with town_store.reading() as connection:
        [one] = registered.sources_of(connection, "chor")
    assert one.source.interval == timedelta(hours=2)
    assert (one.source.priority, one.source.topics) == (Priority(1), ("kultur",))
    assert 'value="kultur" checked' in choir.get("/admin/sources/chor").text


def test_for_a_source_of_the_file_the_page_writes_the_lines(choir):
    page = choir.get("/admin/sources/klima-ics?minutes=120&priority=1&topic=kultur").text
    text = unescape(page.partition('aria-labelledby="zeilen">')[2].partition("</pre>")[0])
    [entry] = yaml.safe_load(text)
    assert (entry["topics"], entry["sources"][0]["id"]) == (["kultur"], "klima-ics")
    assert entry["sources"][0]["interval"] == "120 min"
    assert "://" not in text


def test_the_file_itself_is_not_touched(choir, town_store):
    choir.post("/admin/sources/klima-ics/change", **WISHED)
    with town_store.reading() as connection:
        [one] = [each for each in registered.sources_of(connection, "klima") if each.source.id == "klima-ics"]
    assert one.source.interval != timedelta(hours=2)


@pytest.mark.parametrize("fields", [{"minutes": "5"}, {"minutes": "00120000"}, {"priority": "9"}, {"minutes": "x"}])
def test_what_makes_no_sense_is_not_taken(choir, fields):
    assert choir.post("/admin/sources/chor/change", **{**WISHED, **fields}).location.endswith("told=wrong")
