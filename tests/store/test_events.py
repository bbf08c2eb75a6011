"""What a relink writes is what pages and feeds read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from aggregator.model.filters import EventFilter
from aggregator.model.health import Change, HistoryEntry
from aggregator.model.linkage import Member, Relation
from aggregator.model.publishing import EventChanges, StoredIdentity, StoredMember
from aggregator.model.times import Window
from aggregator.store import events, queries
from aggregator.store.calendar import listings
from aggregator.store.schema import event_initiatives, event_topics, members, occurrences

DERIVED = (members, occurrences, event_topics, event_initiatives)
EVERYTHING = EventFilter()


@pytest.fixture
def connection(town):
    with town.reading() as connection:
        yield connection


def identity(written, **changes):
    return replace(written.published.identity, **changes)


def test_a_published_event_comes_back_with_its_identity_and_bytes(publish, make_event, connection):
    written = make_event("e1", topics=("klima",), initiatives=("umwelt",), description="Größer\n\nals gedacht")
    publish(written)
    assert queries.published(connection, "e1") == written.published
    assert queries.feed_fragments(connection, EVERYTHING) == (b"ics of e1",)
    assert queries.feed_events(connection, EVERYTHING) == (written.published,)
    assert events.load_published(connection) == (written.published,)


def test_the_members_come_back(publish, make_event, connection):
    member = Member("kino-ics.1", Relation.INSTANCE_OF, "2026-12-05T18:30:00+01:00", "same_uid", "umwelt-blog.e1")
    publish(replace(make_event("e1"), members=(member,)))
    assert events.load_members(connection) == {"kino-ics.1": StoredMember("e1", member)}


def test_writing_raises_the_generation_by_one_and_nothing_by_none(publish, make_event, town):
    def generation():
        with town.reading() as connection:
            return queries.generation(connection)

    before = generation()
    publish(make_event("e1"), make_event("e2"))
    assert generation() == before + 1
    publish()
    assert generation() == before + 1


def test_an_event_written_again_leaves_nothing_of_before(publish, make_event, connection):
    days = (date(2026, 12, 1), date(2026, 12, 8))
    publish(make_event("e1", *days, topics=("klima",), initiatives=("umwelt",)))
    publish(make_event("e1", days[1], topics=("kultur",), initiatives=("kino",), title="Anders"))
    assert [len(connection.execute(select(table)).all()) for table in DERIVED] == [1, 1, 1, 1]
    assert connection.scalar(select(event_topics.c.topic)) == "kultur"


def test_a_removed_event_takes_its_rows_along_but_keeps_its_identity(publish, make_event, connection):
    written = make_event("e1", topics=("klima",), initiatives=("umwelt",))
    publish(written)
    publish(removed=("e1",))
    assert queries.published(connection, "e1") is None
    assert [connection.scalar(select(func.count()).select_from(table)) for table in DERIVED] == [0, 0, 0, 0]
    assert events.load_identities(connection) == (StoredIdentity(written.published.identity),)


def test_a_record_can_move_from_one_event_to_another(publish, make_event, connection):
    moved = Member("umwelt-blog.x")
    publish(replace(make_event("e1"), members=(moved,)), make_event("e2"))
    publish(replace(make_event("e2"), members=(moved,)))
    assert events.load_members(connection) == {"umwelt-blog.x": StoredMember("e2", moved)}


def test_an_event_without_an_identity_is_refused(publish, make_event):
    with pytest.raises(IntegrityError):
        publish(make_event("e1"), identities=())


def test_topics_and_initiatives_that_are_named_twice_count_once(publish, make_event, connection):
    publish(make_event("e1", topics=("klima", "klima"), initiatives=("umwelt", "umwelt")))
    assert [event.identity.id for event in queries.feed_events(connection, EVERYTHING)] == ["e1"]


def test_an_alias_is_followed_to_its_end_and_never_in_circles(publish, make_event, connection):
    ids = ("e1", "e2", "e3", "e4")
    targets = {"e1": "e2", "e2": "e3", "e4": "e4"}
    stored = tuple(StoredIdentity(identity(make_event(name)), targets.get(name)) for name in ids)
    publish(identities=stored)
    assert [queries.alias_of(connection, name) for name in ids] == ["e3", "e3", None, None]
    assert queries.alias_of(connection, "never-heard-of") is None
    assert events.load_identities(connection) == stored


def test_the_history_is_told_newest_first_and_outlives_the_event(publish, make_event, connection, now):
    change, later = Change("title", "Treffen", "Plenum"), now + timedelta(hours=1)
    publish(make_event("e1"))
    publish(replace(make_event("e1"), history=(change,)))
    publish(replace(make_event("e1", modified_at=later), history=(change, change)))
    publish(removed=("e1",))
    assert queries.history(connection, "e1") == (HistoryEntry(later, (change, change)), HistoryEntry(now, (change,)))


def test_the_most_recently_changed_come_first(publish, make_event, connection, now):
    ages = {"e1": 2, "e2": 0, "e3": 1, "e4": 0}
    publish(*(make_event(name, modified_at=now - timedelta(days=age)) for name, age in ages.items()))
    newest = queries.recently_changed(connection, EVERYTHING, limit=3)
    assert [event.identity.id for event in newest] == ["e2", "e4", "e3"]


def test_fragments_come_in_the_order_of_ids_whatever_the_server_speaks(publish, make_event, connection):
    ids = ["B-1", "a.2", "a1", "Ä", "_", "b"]
    publish(*(make_event(name) for name in ids))
    assert [event.identity.id for event in queries.feed_events(connection, EVERYTHING)] == sorted(ids)


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        pytest.param(lambda event: (event.published, event.members, ""), False, id="nothing"),
        pytest.param(lambda event: (event.published, (), ""), True, id="members"),
        pytest.param(lambda event: (event.published, event.members, "new site"), True, id="rendering"),
        pytest.param(
            lambda event: (replace(event.published, identity=identity(event, sequence=1)), event.members, ""),
            True,
            id="sequence",
        ),
    ],
)
def test_the_digest_tells_whether_anything_is_to_be_written(publish, make_event, connection, change, differs):
    written = make_event("e1")
    publish(written)
    assert (events.load_digests(connection)["e1"] != events.digest(*change(written))) is differs


def test_dropping_all_that_is_derived_and_writing_it_again_gives_the_same(publish, make_event, town):
    written = make_event("e1", date(2026, 12, 1), topics=("klima",), initiatives=("umwelt",))

    def seen():
        with town.reading() as connection:
            rows = [connection.execute(select(table)).all() for table in DERIVED]
            return rows, listings(connection, Window(date(2026, 12, 1), date(2027, 1, 1)), EVERYTHING)

    publish(written)
    before = seen()
    with town.writing() as connection:
        events.drop_derived(connection)
    assert seen() == ([[], [], [], []], ())
    publish(written)
    assert seen() == before


def test_a_night_is_listed_on_its_evening_in_the_zone_of_the_site(town, publish, make_event):
    night = make_event("e1", date(2026, 12, 31))
    start = replace(night.published.event.start, wall=night.published.event.start.wall.replace(hour=23), kind="zoned")
    occurrence = replace(night.published.event.occurrences[0], start=start, end=start.shifted(timedelta(hours=4)))
    published = replace(night.published, event=replace(night.published.event, occurrences=(occurrence,)))
    publish(replace(night, published=published))
    with town.reading() as connection:
        assert connection.execute(select(occurrences.c.first_day, occurrences.c.last_day)).all() == [
            (date(2026, 12, 31), date(2026, 12, 31))
        ]


def test_more_events_than_one_statement_takes(publish, make_event, connection):
    many = [make_event(f"e{number:04}") for number in range(2200)]
    publish(*many)
    publish(*many)
    assert len(events.load_published(connection, {written.id for written in many})) == 2200
    assert len(queries.feed_fragments(connection, EVERYTHING)) == 2200


def test_nothing_is_written_for_no_changes(town, statements):
    with statements(town) as written, town.writing() as connection:
        events.write(connection, EventChanges(), "Europe/Berlin")
    assert written == []
