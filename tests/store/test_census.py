"""What is counted in a census is what the database counts."""

from __future__ import annotations

from array import array
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.store import calendar
from aggregator.store.bits import at_least, bits_of, both, mask_of, places, without
from aggregator.store.census import MOST_REMEMBERED, take
from aggregator.store.tallying import Tally, excerpt, soonest
from tests.store.test_filter_model import EVENTS, FILTERS, WINDOWS, ZONE, replace_all

LONGEST = 3
all_replaced = replace_all


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=EVENTS, window=WINDOWS, wanted=FILTERS)
def test_a_census_counts_and_shows_what_the_database_does(town, all_replaced, contents, window, wanted):
    all_replaced(contents)
    wanted = wanted.without_dates
    with town.reading() as connection:
        tally = Tally(take(connection, window), wanted, connection)
        asked = (connection, window, wanted)
        assert tally.number == calendar.event_count(*asked)
        assert tally.topics() == calendar.topic_counts(*asked)
        assert tally.initiatives() == calendar.initiative_counts(*asked)
        assert tally.languages() == calendar.language_counts(*asked)
        assert tally.weekdays() == calendar.weekday_counts(*asked)
        assert tally.places() == calendar.place_counts(*asked)
        assert tally.umbrellas(("umwelt", "kino")) == calendar.umbrella_counts(*asked, ("umwelt", "kino"))
        assert tally.by_day(LONGEST) == calendar.counts_by_day(*asked, LONGEST)
        shown_as_listed(tally, calendar.listings(*asked))
        once = [(one.published.identity.id, one.day) for one in calendar.soonest(*asked, 4, 1)]
        census = tally.census
        found = soonest(tally, 4, 1)
        assert [(census.ids[census.event[at]], date.fromordinal(census.day[at])) for at in found] == once


def shown_as_listed(tally, listed):
    found, census = excerpt(tally, 2, LONGEST), tally.census
    each = [(one, *one.occurrence.days(ZONE), one.published.identity.id) for one in listed]
    by_day = {}
    for one, first, last, event in each:
        if first == last:
            by_day.setdefault(one.day, []).append(event)
    ids = [census.ids[census.event[at]] for at in found.singles]
    assert ids == [event for events in by_day.values() for event in events[:2]]
    assert {day: n for day, n in found.by_day.items() if n} == {day: len(events) for day, events in by_day.items()}
    assert [census.ids[census.event[at]] for at in found.several] == [e for _, f, last, e in each if last > f]
    short = [one for one, first, last, _ in each if (last - first).days < LONGEST]
    assert found.total == len(short)
    first = tally.census.window.first
    last = min(first + timedelta(days=1), tally.census.window.last - timedelta(days=1))
    on = sum(one.day <= last and one.last_day >= first for one in short)
    assert tally.touching(first, last, LONGEST) == on
    assert tally.touching(date(2030, 1, 1), date(2030, 1, 2), LONGEST) == 0


def test_sets_and_masks_say_the_same():
    mask = mask_of(bits_of({0, 3, 4}, 6), 6)
    assert mask == b"\1\0\0\1\1\0"
    assert without(mask, b"\0\0\0\1\0\0") == b"\1\0\0\0\1\0"
    assert both(mask, b"\1\1\1\1\0\0") == b"\1\0\0\1\0\0"
    assert places(mask, 1, 6, 1) == [3]
    assert (bits_of((), 0), mask_of(0, 0), both(b"", b"")) == (0, b"", b"")


@given(numbers=st.lists(st.integers(-1, 1440)), least=st.integers(0, 1440))
def test_numbers_are_compared_by_their_halves(numbers, least):
    assert at_least(array("h", numbers), least) == bytes(number >= least for number in numbers)


def test_what_is_asked_for_again_is_remembered_longest(publish, make_event, town):
    publish(make_event("e1", date(2026, 12, 1)))
    with town.reading() as connection:
        census = take(connection, calendar.stored_days(connection))
    census.remembered("kept", lambda: 1)
    for number in range(2 * MOST_REMEMBERED):
        census.remembered(number, lambda: 2)
        census.remembered("kept", lambda: 3)
    assert census.remembered("kept", lambda: 4) == 1
    assert census.remembered(0, lambda: 5) == 5
