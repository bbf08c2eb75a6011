"""Builders shared by the tests of the normalise room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from aggregator.model.components import Component, ParsedFeed, StatedRecurrence, StatedTime
from aggregator.model.records import FeedReading, Record, Recurrence
from aggregator.model.sources import Source, Topic
from aggregator.model.times import EventTime, TimeKind, Window
from aggregator.normalise.records import NormaliseContext, normalise
from aggregator.normalise.timezones import Zones

BERLIN = "Europe/Berlin"
WINDOW = Window(date(2025, 11, 21), date(2028, 2, 22))


@pytest.fixture
def zones() -> Zones:
    return Zones(home=BERLIN, floating=BERLIN)


@pytest.fixture
def window() -> Window:
    return WINDOW


@pytest.fixture
def component() -> Callable[..., Component]:
    """A VEVENT on 5 December 2026, 18:30 to 20:30 in Berlin; `rule`, `exceptions`, `dates` make it a series."""

    def build(**fields: Any) -> Component:
        rules = (fields.pop("rule"),) if "rule" in fields else fields.pop("rules", ())
        recurrence = StatedRecurrence(rules, fields.pop("dates", ()), fields.pop("exceptions", ()))
        stated: dict[str, Any] = {
            "kind": "vevent",
            "uid": "one@example.org",
            "title": "Offenes Treffen",
            "start": StatedTime("20261205T183000", BERLIN),
            "end": None if "duration" in fields or "start" in fields else StatedTime("20261205T203000", BERLIN),
            "recurrence": recurrence,
        }
        return Component(**(stated | fields))

    return build


@pytest.fixture
def read() -> Callable[..., FeedReading]:
    """Components through the front door; keywords are fields of the feed, the source, or the context."""

    def through(*components: Component, **known: Any) -> FeedReading:
        source_fields = {name: known.pop(name) for name in ("timezone", "default_place", "within") if name in known}
        context_fields = {name: known.pop(name) for name in ("topics", "window", "max_events") if name in known}
        source = Source(id="source", initiative="group", url="https://group.example.org/feed", **source_fields)
        context = NormaliseContext(source, **({"topics": (), "window": WINDOW} | context_fields))
        return normalise(ParsedFeed(components, **known), context)

    return through


@pytest.fixture
def series() -> Callable[..., Record]:
    """A judged series record that starts at `wall` and lasts two hours."""

    def build(rule: str, wall: datetime = datetime(2026, 12, 7, 19), **fields: Any) -> Record:
        kind, zone = fields.pop("kind", TimeKind.ZONED), fields.pop("zone", BERLIN)
        length = timedelta(days=1) if kind is TimeKind.DATE else timedelta(hours=2)
        recurrence = Recurrence((rule,), fields.pop("dates", ()), fields.pop("exceptions", ()))
        return Record(
            id="source.series",
            key="uid:series",
            source="source",
            kind="vevent-series",
            title="Plenum",
            stated_title="Plenum",
            fingerprint="",
            uid="series",
            start=EventTime(wall, zone, kind),
            end=EventTime(wall + length, zone, kind),
            recurrence=recurrence,
            **fields,
        )

    return build


@pytest.fixture
def klima() -> Topic:
    return Topic("klimaschutz", (("de", "Klimaschutz"), ("en", "Climate protection")), ("klima",))
