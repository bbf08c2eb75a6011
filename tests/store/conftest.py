"""A small town in the store: two sources, and makers of records and events with few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent, Statement
from aggregator.model.linkage import Member
from aggregator.model.publishing import EventChanges, EventToWrite, StoredIdentity
from aggregator.model.records import Record, RecordChanges
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.model.times import EventTime
from aggregator.store import configuration, events, records
from aggregator.store.database import Store

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def settings() -> Settings:
    """Two initiatives with one source each."""
    return Settings(
        path=Path("sources.yaml"),
        site=Site("Stadt", ZONE),
        initiatives=(Initiative("umwelt", "Grüne Gruppe"), Initiative("kino", "Kino am Markt", umbrella="umwelt")),
        sources=(
            Source("umwelt-blog", "umwelt", "https://umwelt.example.org/feed"),
            Source("kino-ics", "kino", "https://kino.example.org/feed.ics"),
        ),
    )


@pytest.fixture
def town(store: Store, settings: Settings) -> Store:
    """The store with these settings in it."""
    with store.writing() as connection:
        configuration.sync(connection, settings)
    return store


@pytest.fixture
def make_record() -> Callable[..., Record]:
    def make(record_id: str, **fields: object) -> Record:
        start = EventTime(datetime(2026, 12, 5, 18, 30), ZONE)
        stated = {
            "key": record_id,
            "source": "umwelt-blog",
            "kind": "vevent",
            "title": "Treffen",
            "stated_title": "Treffen",
            "fingerprint": record_id,
            "start": start,
        }
        return Record(record_id, **{**stated, **fields})

    return make


def make_occurrence(first: date | datetime, days: int) -> EventOccurrence:
    """All day long for a date; for a moment, until two hours later on the last of the days."""
    if isinstance(first, datetime):
        start, end = EventTime(first, ZONE), EventTime(first + timedelta(days=days - 1, hours=2), ZONE)
    else:
        start, end = EventTime.of_date(first, ZONE), EventTime.of_date(first + timedelta(days=days), ZONE)
    return EventOccurrence(start, start, end)


@pytest.fixture
def make_event() -> Callable[..., EventToWrite]:
    def make(event_id: str, *starts: date | datetime, days: int = 1, **fields: object) -> EventToWrite:
        """An event on the given starts (default: one evening), each `days` long."""
        occurrences = tuple(make_occurrence(start, days) for start in starts or (datetime(2026, 12, 5, 18, 30),))
        start, record = occurrences[0].start, f"umwelt-blog.{event_id}"
        modified = fields.pop("modified_at", NOW)
        merged = {
            "title": "Treffen",
            "start": start,
            "occurrences": occurrences,
            "statements": (Statement(record, "umwelt-blog", "umwelt", "Treffen", start),),
            "provenance": (("title", record),),
        }
        identity = EventIdentity(event_id, f"{event_id}@example.org", record, 0, NOW, modified, "f")
        published = PublishedEvent(identity, MergedEvent(**{**merged, **fields}))
        return EventToWrite(published, f"ics of {event_id}".encode(), (Member(record),))

    return make


@pytest.fixture
def publish(town: Store) -> Callable[..., None]:
    """Write events with their identities, as a relink does."""

    def write(*written: EventToWrite, **changes: object) -> None:
        identities = tuple(StoredIdentity(event.published.identity) for event in written)
        with town.writing() as connection:
            events.write(connection, EventChanges(**{"identities": identities, "events": written, **changes}), ZONE)

    return write


@pytest.fixture
def apply(town: Store) -> Callable[..., None]:
    """Write changes to the records of one source, as a healthy answer does."""

    def write(at: datetime = NOW, source: str = "umwelt-blog", **changes: object) -> None:
        with town.writing() as connection:
            records.apply(connection, source, RecordChanges(**changes), at)

    return write


@pytest.fixture
def statements() -> Callable[[Store], AbstractContextManager[list[str]]]:
    """`with statements(store) as written`: collects the statements that change rows."""

    @contextmanager
    def collect(store: Store) -> Iterator[list[str]]:
        written: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            if statement.split()[0] in ("INSERT", "UPDATE", "DELETE"):
                written.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        yield written
        event.remove(store.engine, "before_cursor_execute", note)

    return collect
