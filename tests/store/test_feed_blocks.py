"""The calendar in stretches is always the calendar of all events, whatever was written since."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from sqlalchemy import select

from aggregator.export.ics import block
from aggregator.export.stitching import stitched
from aggregator.model.filters import EventFilter
from aggregator.store import events, feed_blocks, queries
from aggregator.store.feed_blocks import blocks

DAY = date(2026, 12, 5)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(feed_blocks, "EVENTS_AT_ONCE", 2)
    monkeypatch.setattr(feed_blocks, "MOST_EVENTS", 4)


def rendered(written, text):
    return replace(written, ics=text.encode())


def unpacked(found):
    return gzip.decompress(stitched(found))


def told(connection):
    """The fragments of which stretches had to be made."""
    seen = []

    def make(first, fragments):
        held = list(fragments)
        seen.extend(held)
        return block(first, held)

    feed_blocks.load(connection, make)
    return seen


def test_before_anything_is_kept_it_is_made_of_the_events(publish, make_event, town):
    publish(*(make_event(f"e{number}", DAY) for number in range(7)))
    with town.reading() as connection:
        assert tuple(told(connection)) == queries.feed_fragments(connection, EventFilter())


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_no_stretch_is_stale(publish, make_event, town, seed):
    random = Random(seed)
    for step in range(5):
        names = random.sample([f"e{number:02}" for number in range(20)], random.randint(1, 6))
        removed = () if step == 0 else random.sample(names, len(names) // 2)
        written = (rendered(make_event(name, DAY), f"{name} in step {step}") for name in names if name not in removed)
        publish(*written, removed=removed)
        with town.reading() as connection:
            before = feed_blocks.load(connection, block)
        with town.writing() as connection:
            feed_blocks.renew(connection, block)
        with town.reading() as connection:
            fresh = block("", queries.feed_fragments(connection, EventFilter()))
            after = feed_blocks.load(connection, block)
            assert told(connection) == []
        assert unpacked(before) == unpacked(after) == unpacked([fresh])


def test_one_change_makes_one_stretch_anew(publish, make_event, town):
    publish(*(make_event(f"e{number}", DAY) for number in range(9)))
    with town.writing() as connection:
        feed_blocks.renew(connection, block)
    publish(rendered(make_event("e3", DAY), "new"))
    with town.writing() as connection:
        assert feed_blocks.renew(connection, block) == 1
        assert feed_blocks.renew(connection, block) == 0


def test_dropping_what_is_derived_drops_the_stretches(publish, make_event, town):
    publish(make_event("e1", DAY))
    with town.writing() as connection:
        feed_blocks.renew(connection, block)
        events.drop_derived(connection)
        assert connection.scalar(select(blocks.c.first)) is None
