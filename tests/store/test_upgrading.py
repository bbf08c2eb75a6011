"""A database of the first version is brought forward: what it holds can be filtered at once."""

import shutil
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select

from aggregator.model.filters import EventFilter
from aggregator.store import events as event_store
from aggregator.store import queries
from aggregator.store.database import open_store
from aggregator.store.engines import checked_url, make_engine
from aggregator.store.migrating import MIGRATIONS, migrate
from aggregator.store.schema import events, identities, occurrences

ZONE = "Europe/Berlin"
NEW = {"free", "accessible", "children", "online", "weekdays", "start_minute"}


@pytest.fixture
def first_version(tmp_path):
    """A folder with nothing but the first step."""
    folder = tmp_path / "first"
    shutil.copytree(MIGRATIONS, folder, ignore=lambda _, names: [n for n in names if n[1:5].isdigit() and n > "v0002"])
    return folder


@pytest.fixture
def upgraded(databases, first_version, make_event):
    """Write the events into a database of the first version, and open it with today's program."""
    opened = []

    def upgrade(*written):
        url = databases.empty()
        migrate(checked_url(url), first_version)
        engine = make_engine(checked_url(url))
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            for one in written:
                write_old(connection, one)
        engine.dispose()
        opened.append(open_store(url))
        return opened[-1]

    yield upgrade
    for store in opened:
        store.close()


def write_old(connection, written):
    """The rows of an event without the columns that came later."""
    identity = written.published.identity
    stored = {"id": identity.id, "uid": identity.uid, "founder": "a", "sequence": 0, "fingerprint": "f"}
    moments = {"created_at": identity.created_at, "modified_at": identity.modified_at}
    connection.execute(insert(identities).values(**stored, **moments))
    rows = [(events, event_store.event_row(written, "")), *((occurrences, row) for row in dates_of(written))]
    for table, row in rows:
        connection.execute(insert(table).values(**{name: value for name, value in row.items() if name not in NEW}))


def dates_of(written):
    return event_store.occurrence_rows(written, ZONE)


def ids(store, **wanted):
    with store.reading() as connection:
        return [one.identity.id for one in queries.feed_events(connection, EventFilter(**wanted))]


def test_stored_dates_get_their_weekdays_and_hours(upgraded, make_event):
    saturday_evening, monday = datetime(2026, 12, 5, 18, 30), date(2026, 12, 7)
    store = upgraded(make_event("evening", saturday_evening), make_event("days", monday, days=3))
    with store.reading() as connection:
        rows = connection.execute(select(occurrences).order_by(occurrences.c.event_id)).all()
    assert [(row.event_id, row.weekdays, row.start_minute) for row in rows] == [
        ("days", 0b111, None),
        ("evening", 0b100000, 18 * 60 + 30),
    ]


def test_what_is_filled_in_is_what_would_be_written_today(upgraded, make_event):
    written = make_event("e", datetime(2026, 12, 5, 23, 30), date(2026, 12, 24), datetime(2027, 7, 1, 9), days=9)
    store = upgraded(written)
    with store.reading() as connection:
        stored = connection.execute(select(occurrences).order_by(occurrences.c.position)).all()
    assert [(row.weekdays, row.start_minute) for row in stored] == [
        (row["weekdays"], row["start_minute"]) for row in dates_of(written)
    ]


def test_an_old_database_can_be_filtered_and_is_written_anew_by_the_next_relink(upgraded, make_event):
    store = upgraded(
        make_event("evening", datetime(2026, 12, 5, 18, 30)), make_event("morning", datetime(2026, 12, 7, 9))
    )
    assert ids(store, weekdays=(5, 6)) == ["evening"]
    assert ids(store, free=True) == []
    with store.reading() as connection:
        assert set(event_store.load_digests(connection).values()) == {""}
        assert queries.published(connection, "evening").identity.modified_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
