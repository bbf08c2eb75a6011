"""What the directory reads: the next dates of each initiative."""

from datetime import UTC, date, datetime

import pytest

from aggregator.store import directory

TODAY = date(2026, 12, 5)
NOW = datetime(2026, 12, 5, 8, tzinfo=UTC)


@pytest.fixture
def connection(town):
    with town.reading() as connection:
        yield connection


def coming(connection):
    found = directory.coming_by_initiative(connection, TODAY, NOW)
    return {name: [listing.published.identity.id for listing in listings] for name, listings in found.items()}


def test_each_initiative_has_its_next_three_and_nothing_that_is_over(publish, make_event, connection):
    days = [date(2026, 12, day) for day in (1, 6, 7, 8, 9)]
    publish(
        *(make_event(f"e{number}", day, initiatives=("umwelt",)) for number, day in enumerate(days)),
        make_event("both", date(2026, 12, 20), initiatives=("kino", "umwelt")),
    )
    assert coming(connection) == {"umwelt": ["e1", "e2", "e3"], "kino": ["both"]}


def test_what_began_before_today_comes_last(publish, make_event, connection):
    publish(
        make_event("run", date(2026, 11, 1), days=90, initiatives=("kino",)),
        make_event("film", date(2026, 12, 24), initiatives=("kino",)),
    )
    assert coming(connection) == {"kino": ["film", "run"]}
    listing = directory.coming_by_initiative(connection, TODAY, NOW)["kino"][1]
    assert listing.day == TODAY


def test_every_shown_event_tells_when_it_last_changed(publish, make_event, connection):
    publish(make_event("e2"), make_event("e1"))
    found = directory.last_changes(connection)
    assert [event for event, _ in found] == ["e1", "e2"]
    assert all(at.tzinfo is UTC for _, at in found)
