"""What an alliance shows of its members, asked and counted alike on both databases."""

from __future__ import annotations

import pytest

from aggregator.model.corrections import APPROVED, REFUSED
from aggregator.model.filters import EventFilter
from aggregator.model.times import Window, horizon
from aggregator.store import alliance_pages, alliances, calendar, queries, topic_words
from aggregator.store.census import take
from aggregator.store.tallying import Tally
from tests.web import town

UNDER = EventFilter(umbrellas=("mosaique",))
AHEAD = Window(town.NOW.date(), horizon(town.NOW.date()).last)


@pytest.fixture
def connection(store):
    town.publish(store, town.settings())
    with store.writing() as connection:
        yield connection


def ids(connection, wanted=UNDER):
    return {one.identity.id for one in queries.feed_events(connection, wanted)}


def counts(connection, wanted=UNDER):
    """The same number, asked in three ways."""
    listed = {one.published.identity.id for one in calendar.listings(connection, AHEAD, wanted)}
    tallied = Tally(take(connection, AHEAD), wanted, connection).number
    return {len(listed), calendar.event_count(connection, AHEAD, wanted), tallied}


def test_who_chooses_shows_its_own_and_what_it_approved(connection):
    everything, own = ids(connection), ids(connection, EventFilter(initiatives=("mosaique",)))
    first, second = sorted(everything - own)[:2]
    alliance_pages.choose(connection, "mosaique", town.NOW)
    assert ids(connection) == own
    alliance_pages.approve(connection, "mosaique", [first, second], "owner:mosaique", town.NOW)
    assert ids(connection) == own | {first, second}
    alliance_pages.refuse(connection, "mosaique", [second], "owner:mosaique", town.NOW)
    assert ids(connection) == own | {first}
    assert len(counts(connection)) == 1
    alliance_pages.choose_no_more(connection, "mosaique")
    assert ids(connection) == everything - {second}
    assert len(counts(connection)) == 1


def test_each_alliance_decides_for_itself(connection):
    alliances.move(connection, "museum", "stadtblatt", town.NOW)
    both = EventFilter(umbrellas=("mosaique", "stadtblatt"))
    before = ids(connection, both)
    event = sorted(ids(connection, EventFilter(initiatives=("museum",))))[0]
    alliance_pages.choose(connection, "mosaique", town.NOW)
    alliance_pages.refuse(connection, "mosaique", [event], "x", town.NOW)
    assert event in ids(connection, both) < before
    assert len(counts(connection, both)) == 1
    assert alliance_pages.events_said(connection, REFUSED, "stadtblatt") == set()
    assert alliance_pages.events_said(connection, APPROVED, "mosaique") == set()


def test_a_name_inside_another_is_not_meant(connection):
    event = sorted(ids(connection))[0]
    alliance_pages.refuse(connection, "mosaique-chor", [event], "x", town.NOW)
    assert event in ids(connection)
    assert alliance_pages.events_said(connection, REFUSED, "mosaique") == set()


def test_words_are_given_anew_and_taken_back(connection):
    for topic in ("kultur", "begegnung"):
        topic_words.give(connection, topic, "Küfa & Co.", "anna", town.NOW)
    [given] = topic_words.load(connection)
    assert (given.topic, given.written) == ("begegnung", "Küfa & Co.")
    assert topic_words.meant_by(("KÜFA & CO",), topic_words.in_force((given,), town.TOPICS)) == ("begegnung",)
    topic_words.remove(connection, given.word)
    assert topic_words.load(connection) == ()
