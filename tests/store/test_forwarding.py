"""A census that is brought forward says what one taken anew would."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.model.times import Window
from aggregator.store import calendar, changed, queries
from aggregator.store.census import take
from aggregator.store.forwarding import FEW_OCCURRENCES, MOST_EVENTS, brought_forward
from aggregator.store.tallying import Tally
from tests.store.test_census import LONGEST, shown_as_listed
from tests.store.test_filter_model import EVENTS, FILTERS, WINDOWS, replace_all

all_replaced = replace_all
DECEMBER = Window(date(2026, 12, 1), date(2027, 1, 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(EVENTS, min_size=2, max_size=3), window=WINDOWS, wanted=FILTERS)
def test_it_counts_and_shows_what_the_database_does(town, all_replaced, states, window, wanted):
    wanted = wanted.without_dates
    known = None
    for contents in states:
        written = all_replaced(contents)
        with town.reading() as connection:
            ids = {one.identity.id for one in written}
            known = (
                take(connection, window) if known is None else brought_forward(known, ids | set(known.ids), connection)
            )
            tally = Tally(known, wanted, connection)
            asked = (connection, window, wanted)
            assert tally.number == calendar.event_count(*asked)
            assert tally.topics() == calendar.topic_counts(*asked)
            assert tally.initiatives() == calendar.initiative_counts(*asked)
            assert tally.languages() == calendar.language_counts(*asked)
            assert tally.weekdays() == calendar.weekday_counts(*asked)
            assert tally.places() == calendar.place_counts(*asked)
            assert tally.by_day(LONGEST) == calendar.counts_by_day(*asked, LONGEST)
            shown_as_listed(tally, calendar.listings(*asked))


@pytest.fixture
def generation(town):
    def read():
        with town.reading() as connection:
            return queries.generation(connection)

    return read


def test_only_what_changed_is_read(publish, make_event, town, generation):
    publish(*(make_event(f"e{at}", date(2026, 12, at)) for at in range(1, 9)))
    with town.reading() as connection:
        before = take(connection, DECEMBER)
    known = generation()
    publish(make_event("e3", date(2026, 12, 7), title="Anders"), make_event("neu", date(2026, 12, 2)), removed=("e5",))
    with town.reading() as connection:
        ids = changed.since(connection, known)
        after = brought_forward(before, ids, connection)
        anew = take(connection, DECEMBER)
    assert ids == {"e3", "neu", "e5"}
    assert [after.ids[at] for at in after.event] == [anew.ids[at] for at in anew.event]
    assert (list(after.day), dict(after.starts)) == (list(anew.day), dict(anew.starts))
    assert after.everyone.bit_count() == anew.everyone.bit_count() == 8
    assert [before.ids[at] for at in before.event] == [f"e{at}" for at in range(1, 9)]


def test_where_much_changed_the_census_is_to_be_taken_anew(publish, make_event, town, generation):
    publish(make_event("e1", date(2026, 12, 1)))
    with town.reading() as connection:
        before = take(connection, DECEMBER)
        assert brought_forward(before, {str(at) for at in range(MOST_EVENTS + 1)}, connection) is None
    publish(make_event("e1", *(date(2026, 12, 1 + at % 31) for at in range(FEW_OCCURRENCES + 1))))
    with town.reading() as connection:
        assert brought_forward(before, {"e1"}, connection) is None


def test_the_store_tells_what_changed_since(publish, make_event, town, generation, monkeypatch):
    start = generation()
    publish(make_event("e1"))
    publish(make_event("e2"))
    publish(make_event("e1", title="Anders"))

    def told(known):
        with town.reading() as connection:
            return changed.since(connection, known)

    assert [told(start + number) for number in range(4)] == [{"e1", "e2"}, {"e1", "e2"}, {"e1"}, set()]
    monkeypatch.setattr(changed, "MOST_AT_ONCE", 1)
    assert told(start) is None
    publish(make_event("e1"), make_event("e2"))
    assert [told(start + number) for number in (0, 3, 4)] == [None, None, set()]
    publish(make_event("e2", title="Noch anders"))
    assert [told(start + number) for number in (3, 4)] == [None, {"e2"}]
