"""Figures for Prometheus, read from the database when they are asked for: true whichever process answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flask import Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy import Connection

from aggregator.model.health import SourceOverview
from aggregator.store import mails, queries, sources
from aggregator.store.figures import Figures, figures
from aggregator.store.needs import Needs, needs
from web.health.status import kind_of
from web.pages import bare_scene
from web.services import current_services

KINDS = ("ok", "still", "held", "bad")


class StoreFigures(Collector):
    """The families of one moment."""

    def __init__(self, families: tuple[GaugeMetricFamily, ...]) -> None:
        self.families = families

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All of them."""
        yield from self.families


def metrics() -> Response:
    """The text that Prometheus reads."""
    services = current_services()
    with services.store.reading() as connection:
        now = services.clock()
        found = needs(connection, now)
        overviews = sources.overviews(connection)
        counted = figures(connection, bare_scene(now).today)
        families = (
            *of_sources(overviews),
            *of_needs(found, len(mails.unsent(connection))),
            *of_calendar(connection, counted),
        )
    registry = CollectorRegistry(auto_describe=False)
    registry.register(StoreFigures(families))
    response = Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def of_sources(overviews: tuple[SourceOverview, ...]) -> Iterator[GaugeMetricFamily]:
    """How many are in which state, and each one's last success."""
    states = GaugeMetricFamily("buendel_sources", "Sources by state", labels=["state"])
    counted = Counter(map(kind_of, overviews))
    for kind in KINDS:
        states.add_metric([kind], counted[kind])
    success = GaugeMetricFamily(
        "buendel_source_last_success_timestamp_seconds", "When a source was last read well", labels=["source"]
    )
    events = GaugeMetricFamily("buendel_source_events", "Events that a source announces", labels=["source"])
    failures = GaugeMetricFamily("buendel_source_failures", "Failures since the last success", labels=["source"])
    for one in overviews:
        if one.state.last_success_at:
            success.add_metric([one.source.id], one.state.last_success_at.timestamp())
        events.add_metric([one.source.id], one.events)
        failures.add_metric([one.source.id], one.state.failures)
    yield from (states, success, events, failures)


def of_needs(found: Needs, mails_waiting: int) -> Iterator[GaugeMetricFamily]:
    """What waits for people, and the scheduler's heartbeat."""
    waiting = GaugeMetricFamily("buendel_waiting", "What waits for a person", labels=["what"])
    numbers = {
        "registrations": found.registrations,
        "questions": found.questions,
        "reports": found.reports,
        "held": len(found.held),
        "failing": len(found.failing),
        "mails": mails_waiting,
    }
    for what, number in numbers.items():
        waiting.add_metric([what], number)
    yield waiting
    if found.tick:
        at = found.tick.at.timestamp()
        yield GaugeMetricFamily("buendel_scheduler_tick_timestamp_seconds", "When it was last at work", value=at)
        yield GaugeMetricFamily("buendel_disk_free_bytes", "Room on its disk", value=found.tick.free_bytes)


def of_calendar(connection: Connection, counted: Figures) -> Iterator[GaugeMetricFamily]:
    """What the calendar holds, and how often it is taken along."""
    generation = queries.generation(connection)
    yield GaugeMetricFamily("buendel_generation", "Counter of visible changes", value=generation)
    yield GaugeMetricFamily("buendel_events", "Events in the calendar", value=counted.events)
    yield GaugeMetricFamily("buendel_events_shared", "Events that several announce", value=counted.shared)
    feeds = GaugeMetricFamily("buendel_feed_requests_30d", "Requests for feeds in thirty days", labels=["feed"])
    for feed, number in counted.feeds.items():
        feeds.add_metric([feed], number)
    yield feeds
