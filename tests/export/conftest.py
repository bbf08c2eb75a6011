"""A small town: one site, two initiatives, two topics, and events said in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from aggregator.export.description import FeedDescription
from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent, Statement
from aggregator.model.records import Recurrence, Status
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic
from aggregator.model.times import EventTime, TimeKind

CREATED = datetime(2026, 9, 1, 8, tzinfo=UTC)
MODIFIED = datetime(2026, 10, 2, 9, 30, tzinfo=UTC)

Moment = Callable[..., EventTime]
Publish = Callable[..., PublishedEvent]


@pytest.fixture(scope="session")
def moment() -> Moment:
    """ "2026-12-05" is a date, "2026-12-05T18:30" wall time in `zone`."""

    def make(text: str, zone: str = "Europe/Berlin", kind: TimeKind = TimeKind.ZONED, fold: int = 0) -> EventTime:
        if len(text) == 10:
            return EventTime.of_date(date.fromisoformat(text), zone)
        return EventTime(datetime.fromisoformat(text), zone, kind, fold)

    return make


@pytest.fixture(scope="session")
def at(moment: Moment) -> Callable[..., EventOccurrence]:
    """An occurrence from texts; `original` is the start unless given."""

    def make(
        start: str, end: str = "", original: str = "", zone: str = "Europe/Berlin", **more: Any
    ) -> EventOccurrence:
        ending = moment(end, zone) if end else None
        return EventOccurrence(moment(original or start, zone), moment(start, zone), ending, **more)

    return make


@pytest.fixture(scope="session")
def publish(moment: Moment) -> Publish:
    """A published event from a start, an end and whatever else the test is about."""

    def make(start: str, end: str = "", zone: str = "Europe/Berlin", **more: Any) -> PublishedEvent:
        beginning = more.pop("exactly", moment(start, zone))
        ending = moment(end, zone) if end else None
        statement = Statement("r1", "blog", "repair", "Plenum", beginning, link="https://repair.example.org/plenum")
        whole = EventOccurrence(beginning, beginning, ending, more.get("status", Status.CONFIRMED))
        rules = more.pop("rules", ())
        fields = {
            "title": "Plenum",
            "start": beginning,
            "end": ending,
            "occurrences": (whole,),
            "statements": (statement,),
            "provenance": (("title", "r1"),),
            "recurrence": Recurrence(rules, more.pop("dates", ()), more.pop("exceptions", ())),
            "initiatives": ("repair",),
            **more,
        }
        identity = EventIdentity("ab12", "ab12@kalender.example.org", "r1", 3, CREATED, MODIFIED, "f")
        return PublishedEvent(identity, MergedEvent(**fields))

    return make


@pytest.fixture(scope="session")
def site() -> Site:
    return Site("Stadt im Kalender", "Europe/Berlin", base_url="https://kalender.example.org")


@pytest.fixture(scope="session")
def initiatives() -> dict[str, Initiative]:
    repair = Initiative("repair", "Repair-Café", homepage="https://repair.example.org")
    return {"repair": repair, "klima": Initiative("klima", "Klimaplenum; e. V.")}


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    return (
        Topic("klima", (("de", "Klima, Umwelt"), ("en", "Climate"))),
        Topic("bildung", (("de", "Bildung"), ("en", "Education"))),
    )


@pytest.fixture(scope="session")
def feed(site: Site, initiatives: dict[str, Initiative], topics: tuple[Topic, ...]) -> FeedDescription:
    base = "https://kalender.example.org"
    return FeedDescription(
        "Neu & geändert", f"{base}/calendar.atom", f"{base}/", site, initiatives, topics, "de", MODIFIED
    )
