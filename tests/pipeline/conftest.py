"""A small world: a feed server on the loopback, a store, and a clock that is set by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aggregator.model.events import PublishedEvent
from aggregator.model.filters import EventFilter
from aggregator.model.health import SourceOverview, SourceReport
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.rounds import refresh_all
from aggregator.store import configuration, queries, sources
from aggregator.store.database import Store

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)


@dataclass
class FeedServer:
    """Serves each path with a status, a body and perhaps an ETag; counts the visits."""

    answers: dict[str, tuple[int, bytes, str]] = field(default_factory=dict)
    visits: list[tuple[str, int]] = field(default_factory=list)
    origin: str = ""

    def put(self, path: str, body: bytes | str, status: int = 200, etag: str = "") -> None:
        content = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, content, etag)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, content, etag = server.answers.get(self.path, (404, b"", ""))
                if etag and self.headers.get("If-None-Match") == etag:
                    status, content = 304, b""
                server.visits.append((self.path, status))
                self.send_response(status)
                if etag:
                    self.send_header("ETag", etag)
                if status == 429:
                    self.send_header("Retry-After", "7200")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def server() -> Iterator[FeedServer]:
    feed_server = FeedServer()
    listener = ThreadingHTTPServer(("127.0.0.1", 0), feed_server.handler())
    feed_server.origin = f"127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield feed_server
    listener.shutdown()
    listener.server_close()
    thread.join()


@dataclass
class World:
    """One site with the sources of a test; `now` is set by hand."""

    store: Store
    server: FeedServer
    sources: tuple[Source, ...]
    now: datetime = NOON

    @property
    def settings(self) -> Settings:
        names = sorted({source.initiative for source in self.sources})
        return Settings(
            path=Path("sources.yaml"),
            site=Site("Town", "Europe/Berlin", base_url="https://town.example.org"),
            fetch=FetchSettings(allow_origins=frozenset({self.server.origin}), total_seconds=5),
            initiatives=tuple(Initiative(name, name.title()) for name in names),
            sources=self.sources,
        )

    def refresh(self, *wanted: str, after: timedelta = timedelta()) -> dict[str, SourceReport]:
        """One forced round `after` the last; the reports by source."""
        self.now += after
        with self.store.writing() as connection:
            configuration.sync(connection, self.settings)
        this_round = Round(self.store, self.settings, lambda: self.now, lambda: 0.0)
        return {report.source: report for report in refresh_all(this_round, wanted, True, lambda _: None)}

    def events(self) -> list[PublishedEvent]:
        """What the public sees, by start."""
        with self.store.reading() as connection:
            found = queries.feed_events(connection, EventFilter())
        return sorted(found, key=lambda published: published.event.start.instant)

    def titles(self) -> list[str]:
        return [published.event.title for published in self.events()]

    def overview(self, source: str) -> SourceOverview:
        with self.store.reading() as connection:
            return next(each for each in sources.overviews(connection) if each.source.id == source)

    def generation(self) -> int:
        with self.store.reading() as connection:
            return queries.generation(connection)


@pytest.fixture
def world(sqlite_store: Store, server: FeedServer) -> Callable[..., World]:
    """`world("chor", "kino")`: a town whose sources are served at /chor and /kino."""

    def build(*names: str) -> World:
        made = tuple(Source(name, name, f"http://{server.origin}/{name}") for name in names)
        return World(sqlite_store, server, made)

    return build


def vevent(uid: str, title: str, start: str, *lines: str) -> str:
    """One VEVENT; `start` is local Berlin time like 20261205T190000."""
    head = (f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;TZID=Europe/Berlin:{start}")
    return "\r\n".join(("BEGIN:VEVENT", *head, *lines, "END:VEVENT"))


def calendar(*vevents: str) -> str:
    """A whole calendar."""
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *vevents, "END:VCALENDAR", ""))


@pytest.fixture
def ics() -> Callable[..., str]:
    """`ics(("1", "Probe", "20261205T190000"), …)`: a calendar of these events."""
    return lambda *events: calendar(*(vevent(*event) for event in events))
