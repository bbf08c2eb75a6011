"""An alliance decides which events of its members its own page shows; the town's calendar stays as it is."""

from __future__ import annotations

import re

import pytest

from aggregator.model.filters import EventFilter
from aggregator.model.times import Window, horizon
from aggregator.store import calendar, queries, refusals
from aggregator.store.census import take
from aggregator.store.tallying import Tally
from tests.web import town
from tests.web.manage.conftest import Console

UNDER = EventFilter(umbrellas=("mosaique",))
BUTTON = re.compile(r'value="refuse"><input type="hidden" name="event" value="([\w-]+)"')


@pytest.fixture
def alliance(sqlite_store, visitor):
    """The console of an alliance whose members have events."""
    return Console(sqlite_store, visitor, "mosaique")


def event_ids(console, wanted):
    return {one.identity.id for one in console.read(queries.feed_events, wanted)}


def first_of_members(console):
    return BUTTON.search(console.get("/alliance").text)[1]


def test_what_is_left_out_is_left_out_there_only(alliance):
    event = first_of_members(alliance)
    everything = event_ids(alliance, EventFilter())
    before = event_ids(alliance, UNDER)
    assert alliance.post("/alliance", deed="refuse", event=event).status_code == 303
    assert event_ids(alliance, UNDER) == before - {event}
    assert event_ids(alliance, EventFilter()) == everything
    assert event_ids(alliance, EventFilter(umbrellas=("klima",))) >= set()


def test_counts_and_pages_agree(alliance):
    alliance.post("/alliance", deed="refuse", event=first_of_members(alliance))
    ahead = Window(town.NOW.date(), horizon(town.NOW.date()).last)
    counted = alliance.read(calendar.event_count, ahead, UNDER)
    listed = {one.published.identity.id for one in alliance.read(calendar.listings, ahead, UNDER)}
    tallied = alliance.read(lambda connection: Tally(take(connection, ahead), UNDER, connection).number)
    assert counted == len(listed) == tallied


def test_it_is_shown_again_on_a_word(alliance):
    event = first_of_members(alliance)
    before = event_ids(alliance, UNDER)
    alliance.post("/alliance", deed="refuse", event=event)
    assert "Weggelassen" in alliance.get("/alliance").text
    alliance.post("/alliance", deed="admit", event=event)
    assert event_ids(alliance, UNDER) == before


def test_nobody_leaves_out_what_no_member_announces(alliance, choir):
    foreign = next(iter(event_ids(alliance, EventFilter()) - event_ids(alliance, UNDER)))
    alliance.post("/alliance", deed="refuse", event=foreign)
    choir.post("/alliance", deed="refuse", event=first_of_members(alliance))
    assert alliance.read(refusals.refused_events, ("mosaique", "chor")) == set()
