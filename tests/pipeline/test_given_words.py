"""Words that operators give to topics reach events and notices with the next relink, and leave them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from aggregator.model.filters import EventFilter
from aggregator.model.records import Occurrence, Record, RecordChanges
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source, Topic
from aggregator.model.times import EventTime
from aggregator.pipeline.relink import relink
from aggregator.store import configuration, notices, queries, records, topic_words

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
START = EventTime(datetime(2026, 12, 5, 18), "Europe/Berlin")
TOPICS = (Topic("essen", (("de", "Essen"),), ("kochen",)), Topic("kultur", (("de", "Kultur"),), ("tanz",)))
SETTINGS = Settings(
    Path("sources.yaml"),
    Site("Town", "Europe/Berlin"),
    initiatives=(Initiative("a", "A"),),
    sources=(Source("a", "a", "https://a.example.org/feed"),),
    topics=TOPICS,
)


def record(name, *categories, start=START, topics=()):
    dates = (Occurrence(start, start, None),) if start else ()
    kind = "vevent" if start else "rss"
    fields = {"uid": name, "fingerprint": name, "start": start, "occurrences": dates, "published": NOW}
    return Record(f"a.{name}", name, "a", kind, name, name, categories=categories, topics=topics, **fields)


@pytest.fixture
def store(sqlite_store):
    told = (
        record("Küche für alle", "KüFa"),
        record("Tanztee", "KüFa", "Tanz", topics=("kultur",)),
        record("Aufruf", "KüFa", start=None),
    )
    with sqlite_store.writing() as connection:
        configuration.sync(connection, SETTINGS)
        records.apply(connection, "a", RecordChanges(added=told), NOW)
    return sqlite_store


def topics(store, settings=SETTINGS):
    """What events and notices are sorted under after a relink."""
    relink(store, settings, NOW)
    with store.reading() as connection:
        found = {one.event.title: one.event.topics for one in queries.feed_events(connection, EventFilter())}
        told = notices.current_notices(connection, date(2026, 11, 22), EventFilter())
        return found | {one.record.title: one.topics for one in told}


def give(store, topic, word):
    with store.writing() as connection:
        topic_words.give(connection, topic, word, "anna", NOW)


def test_a_given_word_sorts_what_sources_call_so(store):
    assert topics(store) == {"Küche für alle": (), "Tanztee": ("kultur",), "Aufruf": ()}
    give(store, "essen", "Küfa")
    assert topics(store) == {"Küche für alle": ("essen",), "Tanztee": ("kultur", "essen"), "Aufruf": ("essen",)}
    with store.writing() as connection:
        topic_words.remove(connection, "kuefa")
        assert topic_words.load(connection) == ()
    assert topics(store) == {"Küche für alle": (), "Tanztee": ("kultur",), "Aufruf": ()}


def test_a_word_of_the_file_means_what_the_file_says(store):
    give(store, "kultur", "KÜFA")
    with_word = (replace(TOPICS[0], words=("kochen", "kuefa")), TOPICS[1])
    assert topics(store, replace(SETTINGS, topics=with_word))["Küche für alle"] == ()


def test_a_topic_that_the_file_lacks_is_left_out(store):
    give(store, "essen", "Küfa")
    assert topics(store, replace(SETTINGS, topics=TOPICS[1:]))["Küche für alle"] == ()
