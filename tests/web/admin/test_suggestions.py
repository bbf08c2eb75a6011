"""Operators look at notices that may tell a date, and say yes or no in the initiative's name."""

from __future__ import annotations

import re
from datetime import date

import pytest

from aggregator.model.jobs import JobKind
from aggregator.model.prose import Suggestion
from aggregator.model.records import Record, RecordChanges
from aggregator.model.times import EventTime
from aggregator.store import own_dates, records, registered, suggestions
from tests.web import town

MAYBE = Suggestion(EventTime.of_date(date(2027, 1, 9), "Europe/Berlin"), 0.5, "am 9. oder 10. Januar")
NOTICE = Record("n1", "n1", "freiraum-ics", "rss", "Werkstatt-Tag", "Werkstatt-Tag", "f1", suggestions=(MAYBE,))
WAY = re.compile(r'action="(/admin/suggestions/[0-9a-f]{32})"')


@pytest.fixture
def doubting(anna, town_store):
    """An operator with a notice to look at."""
    with town_store.writing() as connection:
        records.apply(connection, "freiraum-ics", RecordChanges(added=(NOTICE,)), town.NOW)
    return anna


def press(browser, button):
    way = WAY.search(browser.get("/admin/review").text)[1]
    return browser.post(way, "/admin/review", v=button)


def test_today_leads_to_the_notice_and_its_words(doubting):
    assert "1 Meldung nennt vielleicht ein Datum" in doubting.get("/admin").text
    page = doubting.get("/admin/review").text
    assert "Werkstatt-Tag" in page
    assert "„am 9. oder 10. Januar“" in page


def test_yes_enters_it_in_the_initiatives_name_and_no_asks_no_more(doubting, town_store):
    assert press(doubting, "take").location.endswith("told=saved")
    assert doubting.jobs() == [JobKind.REFRESH.value]
    with town_store.reading() as connection:
        [source] = [one.source for one in registered.sources_of(connection, "freiraum") if one.source.is_own]
        assert [one.start for one in own_dates.load(connection, source.id)] == ["2027-01-09"]
    assert "Werkstatt-Tag: eingetragen (anna)" in doubting.get("/admin/review").text
    press(doubting, "back")
    press(doubting, "dismiss")
    with town_store.reading() as connection:
        assert suggestions.waiting(connection, town.NOW) == ()
        assert own_dates.load(connection, source.id) == ()
    assert "Über ein vermutetes Datum entschieden" in doubting.get("/admin/log").text


def test_who_comes_late_is_told_so(doubting):
    way = WAY.search(doubting.get("/admin/review").text)[1]
    doubting.post(way, "/admin/review", v="dismiss")
    assert doubting.post(way, "/admin/review", v="take").location.endswith("told=late")
    assert doubting.post("/admin/suggestions/nix", "/admin/review", v="back").location.endswith("told=late")
