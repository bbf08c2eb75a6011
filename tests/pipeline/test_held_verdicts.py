"""What an operator says of a held answer: kept for as long as nobody says otherwise, or believed as it was seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aggregator.store import held

THREE_DAYS = timedelta(hours=73)
SIX = tuple((str(n), f"Probe {n}", f"2026122{n}T190000") for n in range(1, 7))


@pytest.fixture
def emptied(world, ics, server):
    """A calendar of six events that is suddenly empty."""
    town = world("chor")
    server.put("/chor", ics(*SIX))
    town.refresh()
    server.put("/chor", ics())
    town.refresh(after=timedelta(hours=7))
    return town


def lost(town):
    with town.store.reading() as connection:
        found = held.of_source(connection, "chor")
        return len(found.lost) if found else 0


def say(town, verdict):
    with town.store.writing() as connection:
        held.judge(connection, "chor", verdict, "anna")


def still_announced(town):
    return sum(one.event.status.value != "withdrawn" for one in town.events())


def test_what_would_vanish_is_known_and_after_three_days_it_is_believed(emptied):
    assert (lost(emptied), still_announced(emptied)) == (6, 6)
    emptied.refresh(after=THREE_DAYS)
    assert (lost(emptied), still_announced(emptied)) == (0, 0)


def test_what_an_operator_keeps_stays_beyond_that(emptied):
    say(emptied, held.KEEP)
    for _ in range(4):
        emptied.refresh(after=THREE_DAYS)
    assert (lost(emptied), still_announced(emptied)) == (6, 6)
    say(emptied, held.ACCEPT)
    emptied.refresh(after=timedelta(minutes=1))
    assert (lost(emptied), still_announced(emptied)) == (0, 0)


def test_only_what_was_seen_is_accepted(emptied, ics, server):
    server.put("/chor", ics(*SIX))
    emptied.refresh(after=timedelta(hours=7))
    server.put("/chor", ics(SIX[0]))
    emptied.refresh(after=timedelta(hours=7))
    assert lost(emptied) == 5
    say(emptied, held.ACCEPT)
    server.put("/chor", ics())
    emptied.refresh(after=timedelta(minutes=1))
    assert (lost(emptied), still_announced(emptied)) == (6, 6)


def test_a_calendar_that_is_right_again_needs_no_verdict(emptied, ics, server):
    say(emptied, held.KEEP)
    server.put("/chor", ics(*SIX))
    emptied.refresh(after=timedelta(hours=7))
    assert (lost(emptied), still_announced(emptied)) == (0, 6)


def test_what_is_kept_stays_though_less_and_less_of_it_is_to_come(world, ics, server):
    town = world("chor")
    early = tuple((str(n), f"Probe {n}", f"2026120{n}T190000") for n in range(1, 7))
    server.put("/chor", ics(*early, SIX[5]))
    town.refresh()
    server.put("/chor", ics(SIX[5]))
    town.refresh(after=timedelta(hours=7))
    assert lost(town) == 6
    say(town, held.KEEP)
    for _ in range(13):
        town.refresh(after=timedelta(hours=24))
    assert still_announced(town) == 7
