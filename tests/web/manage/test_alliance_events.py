"""An alliance decides which events of its members its own page shows; the town's calendar stays as it is."""

from __future__ import annotations

import re

import pytest

from aggregator.model.corrections import REFUSED
from aggregator.model.filters import EventFilter
from aggregator.model.times import Window, horizon
from aggregator.store import alliance_pages, calendar, notices, queries
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
    for name in ("mosaique", "chor"):
        assert alliance.read(alliance_pages.events_said, REFUSED, name) == set()


FORMS = (
    "/calendar.ics",
    "/calendar.atom",
    "/calendar.rss",
    "/calendar.json",
    "/embed",
    "/api/v1/events",
    "/month/2026-11",
    "/print",
    "/events.csv",
    "/",
)
WAITING = re.compile(r'type="checkbox" name="event" value="([\w-]+)"')


@pytest.fixture
def choosing(alliance):
    """The same, after it chose to approve each event and took one away again; gives that event."""
    event = first_of_members(alliance)
    alliance.post("/alliance", deed="choose")
    with alliance.store.writing() as connection:
        connection.exec_driver_sql("UPDATE corrections SET undone_at = given_at WHERE event_id = ?", (event,))
    return event


def test_who_chooses_keeps_what_stands_there_today(alliance):
    before = set(BUTTON.findall(alliance.get("/alliance").text))
    alliance.post("/alliance", deed="choose")
    page = alliance.get("/alliance").text
    assert before and set(BUTTON.findall(page)) == before <= event_ids(alliance, UNDER)
    assert "Zurzeit wartet nichts auf eure Freigabe" in page


def test_a_new_event_waits_and_is_shown_nowhere_under_the_alliance(alliance, choosing):
    assert WAITING.findall(alliance.get("/alliance").text) == [choosing]
    assert choosing not in event_ids(alliance, UNDER)
    assert choosing in event_ids(alliance, EventFilter())
    for path in FORMS:
        answer = alliance.visitor.client.get(f"{path}?umbrella=mosaique")
        assert answer.status_code == 200, path
        assert choosing not in answer.text, path


def test_counts_agree_where_an_alliance_chooses(alliance, choosing):
    ahead = Window(town.NOW.date(), horizon(town.NOW.date()).last)
    for wanted in (UNDER, EventFilter(umbrellas=("mosaique", "freiraum"))):
        counted = alliance.read(calendar.event_count, ahead, wanted)
        listed = {one.published.identity.id for one in alliance.read(calendar.listings, ahead, wanted)}
        tallied = alliance.read(lambda connection, w=wanted: Tally(take(connection, ahead), w, connection).number)
        assert counted == len(listed) == tallied


def test_what_is_approved_is_shown_and_what_is_refused_is_not_asked_again(alliance, choosing):
    alliance.post("/alliance", deed="refuse", event=choosing)
    assert WAITING.findall(alliance.get("/alliance").text) == []
    assert choosing not in event_ids(alliance, UNDER)
    alliance.post("/alliance", deed="admit", event=choosing)
    assert choosing in event_ids(alliance, UNDER)


def test_the_alliances_own_events_need_no_approval(alliance, choosing):
    own = event_ids(alliance, EventFilter(initiatives=("mosaique",)))
    assert own <= event_ids(alliance, UNDER)


def test_the_other_way_shows_everything_again(alliance, choosing):
    alliance.post("/alliance", deed="show-all")
    assert choosing in event_ids(alliance, UNDER)
    assert "Nur zeigen, was wir freigeben" in alliance.get("/alliance").text


def test_who_chooses_shows_no_notices_of_members(alliance):
    day = town.NOW.date()
    everything = alliance.read(notices.current_notices, day, EventFilter())
    alliance.post("/alliance", deed="choose")
    shown = alliance.read(notices.current_notices, day, UNDER)
    assert {one.initiative for one in shown} <= {"mosaique"}
    assert alliance.read(notices.current_notices, day, EventFilter()) == everything


def test_the_console_counts_what_waits(alliance, choosing):
    assert re.search(r'Gemeinsam mit anderen</span> <span class="count">1<', alliance.get().text)


def test_what_was_approved_stays_so_after_a_merger(alliance, choosing):
    alliance.post("/alliance", deed="admit", event=choosing)
    other = sorted(event_ids(alliance, EventFilter()) - {choosing})[0]
    with alliance.store.writing() as connection:
        connection.exec_driver_sql("UPDATE identities SET merged_into = ? WHERE id = ?", (other, choosing))
    assert other in alliance.read(alliance_pages.events_said, "approved", "mosaique")
