"""Notices that may tell a date: owners make events of them, change them first, or say no."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest

from aggregator.model.jobs import JobKind
from aggregator.model.prose import Suggestion
from aggregator.model.records import Record, RecordChanges
from aggregator.model.times import EventTime
from aggregator.store import own_dates, records, registered, suggestions

START = EventTime(datetime(2027, 1, 9, 15), "Europe/Berlin")
MAYBE = Suggestion(START, 0.55, "am Samstag, 10. Januar, um 15 Uhr")
NOTICE = Record(
    "chor/1", "1", "chor", "rss", "Adventsbasar", "Adventsbasar", "f1",
    link="https://chor.example.org/basar", description="Wir laden ein.", suggestions=(MAYBE,),
)  # fmt: skip
BUTTON = re.compile(r'name="suggestion" value="([0-9a-f]{32})"')


def say(store, now, *notices):
    with store.writing() as connection:
        records.apply(connection, "chor", RecordChanges(added=notices), now)


@pytest.fixture
def doubted(choir, sqlite_store):
    """The console of a choir, one of whose notices may tell a date."""
    say(sqlite_store, choir.visitor.clock.now, NOTICE)
    return choir


def press(console, deed):
    asked = BUTTON.search(console.get("/suggestions").text)[1]
    return console.post("/suggestions", deed=deed, suggestion=asked)


def dates_of(console):
    theirs = console.read(registered.sources_of, "chor")
    return [one for each in theirs if each.source.is_own for one in console.read(own_dates.load, each.source.id)]


def test_the_first_page_of_the_console_leads_to_what_we_are_not_sure_of(doubted):
    assert "In einer eurer Meldungen steht vielleicht ein Termin." in doubted.get().text
    page = doubted.get("/suggestions").text
    assert "Sa, 9. Januar 2027, 15" in page
    assert "„am Samstag, 10. Januar, um 15 Uhr“" in page


def test_yes_enters_it_as_a_date_that_leads_to_its_notice(doubted):
    assert press(doubted, "take").status_code == 303
    [date] = dates_of(doubted)
    assert (date.title, date.start, date.link) == ("Adventsbasar", "2027-01-09T15:00", NOTICE.link)
    assert len(doubted.jobs(JobKind.REFRESH)) == 1
    assert "vielleicht" not in doubted.get().text


def test_no_is_remembered_until_it_is_taken_back(doubted):
    press(doubted, "dismiss")
    assert dates_of(doubted) == []
    assert "Adventsbasar: kein Termin" in doubted.get("/suggestions").text
    press(doubted, "back")
    assert "Ja, so eintragen" in doubted.get("/suggestions").text


def test_taking_a_yes_back_takes_the_date_away(doubted):
    press(doubted, "take")
    press(doubted, "back")
    assert dates_of(doubted) == []


def test_it_can_be_changed_before_it_is_entered(doubted):
    asked = BUTTON.search(doubted.get("/suggestions").text)[1]
    assert 'value="2027-01-09"' in doubted.get(f"/dates?suggestion={asked}").text
    fields = {"title": "Basar", "day": "2027-01-10", "from": "15:00"}
    doubted.post("/dates", deed="save", suggestion=asked, **fields)
    assert [date.start for date in dates_of(doubted)] == ["2027-01-10T15:00"]
    assert doubted.read(suggestions.waiting, doubted.visitor.clock.now) == ()


def test_another_date_in_the_same_notice_is_asked_about_anew(doubted, sqlite_store):
    press(doubted, "dismiss")
    later = replace(MAYBE, start=START.shifted(datetime(2027, 1, 9) - datetime(2027, 1, 8)))
    say(sqlite_store, doubted.visitor.clock.now, replace(NOTICE, fingerprint="f2", suggestions=(later,)))
    assert "So, 10. Januar 2027, 15" in doubted.get("/suggestions").text


def test_what_is_over_is_not_asked_about(doubted, sqlite_store):
    past = replace(MAYBE, start=EventTime(datetime(2026, 1, 10, 15), "Europe/Berlin"))
    say(sqlite_store, doubted.visitor.clock.now, replace(NOTICE, fingerprint="f2", suggestions=(past,)))
    assert "Zurzeit nichts." in doubted.get("/suggestions").text


def test_nobody_answers_for_others(doubted, klima):
    asked = BUTTON.search(doubted.get("/suggestions").text)[1]
    assert klima.post("/suggestions", deed="take", suggestion=asked).status_code == 404
    press(doubted, "dismiss")
    assert klima.post("/suggestions", deed="back", suggestion=asked).status_code == 404
