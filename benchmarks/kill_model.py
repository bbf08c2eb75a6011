"""What must be true of the store whenever a process died: known from the feeds' side, read from the rows themselves.

Nothing of ours is used to read the store. Every answer of a feed has a version, which stands in its ETag and in each of
its events. So a store is whole if the records, the kept body and the validators of a source speak of one version; and
nothing is lost if that is no older than the last one whose commit was seen.
"""

from __future__ import annotations

import random
import re
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SOURCES, EVENTS = 12, 8
STATES = "SELECT id, state FROM sources"
RECORDS = "SELECT source_id, fields FROM records"
BODIES = "SELECT source_id, content FROM bodies"
PUBLISHED = "SELECT fields FROM events"
ETAG = re.compile(r'"etag": ?"\\"(\d+)\\""')
TITLE = re.compile(r"Reihe (\d+) Abend (\d+) Fassung (\d+)")

Asked = Callable[[str], list[tuple[Any, ...]]]


@dataclass
class Feeds:
    """Twelve calendars; as long as they move, seven answers of ten say something new."""

    chance: random.Random
    versions: list[int] = field(default_factory=lambda: [1] * SOURCES)
    is_moving: bool = True
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, number: int) -> int:
        """The version that is told now."""
        with self.lock:
            self.asked += 1
            if self.is_moving and self.chance.random() < 0.7:
                self.versions[number] += 1
            return self.versions[number]


def calendar(number: int, version: int) -> bytes:
    """All events of a feed, each of which names the version; no two are on one day."""
    lines = ["BEGIN:VCALENDAR"]
    for event in range(EVENTS):
        day = number * EVENTS + event
        start = f"2027{1 + day // 28:02}{1 + day % 28:02}T{8 + version % 12:02}0000Z"
        title = f"Reihe {number} Abend {event} Fassung {version}"
        lines += ["BEGIN:VEVENT", f"UID:{number}-{event}", f"SUMMARY:{title}", f"DTSTART:{start}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@contextmanager
def serving(feeds: Feeds) -> Iterator[str]:
    """The feeds on the loopback; gives host and port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(self.path.strip("/"))
            version = feeds.answer(number)
            is_known = self.headers["If-None-Match"] == f'"{version}"'
            body = b"" if is_known else calendar(number, version)
            self.send_response(304 if is_known else 200)
            self.send_header("Content-Type", "text/calendar")
            self.send_header("ETag", f'"{version}"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                # Whoever asked was killed.
                self.close_connection = True

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.server_address[1]}"
    finally:
        listener.shutdown()
        listener.server_close()


@contextmanager
def asking(url: str) -> Iterator[Asked]:
    """Questions to the store, all answered from one state of it."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            file.execute("BEGIN")
            yield lambda question: file.execute(question).fetchall()
        return
    import psycopg

    with psycopg.connect(url) as server:
        server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield lambda question: server.execute(question).fetchall()


def complaints(url: str, seen: dict[int, int], feeds: Feeds) -> list[str]:
    """What is wrong with the store; `seen` are the versions whose commits were seen before this was called."""
    with asking(url) as asked:
        wrong = [*damage(asked)] if url.startswith("sqlite") else []
        states = {int(name[1:]): number_in(ETAG, state) for name, state in asked(STATES)}
        told = versions_by_source(fields for _, fields in asked(RECORDS))
        bodies = {int(name[1:]): TITLE.findall(zlib.decompress(body).decode()) for name, body in asked(BODIES)}
    for number, validated in states.items():
        versions = told.get(number, [])
        if versions != ([validated] * EVENTS if validated else []):
            wrong.append(f"half imported: source {number} at {validated} holds {versions}")
        if validated and {int(version) for *_, version in bodies.get(number, [])} != {validated}:
            wrong.append(f"the kept body of source {number} is another one")
        if not seen.get(number, 0) <= validated <= feeds.versions[number]:
            wrong.append(f"lost: source {number} was at {seen.get(number)}, is at {validated}")
    return wrong


def damage(asked: Asked) -> Iterator[str]:
    """What SQLite itself finds wrong."""
    yield from (str(row) for row in asked("PRAGMA integrity_check") if row != ("ok",))
    yield from (f"points nowhere: {row}" for row in asked("PRAGMA foreign_key_check"))


def unpublished(url: str, feeds: Feeds) -> list[str]:
    """In what the calendar differs from what the feeds say now."""
    with asking(url) as asked:
        shown = versions_by_source(fields for (fields,) in asked(PUBLISHED))
    wanted = {number: [version] * EVENTS for number, version in enumerate(feeds.versions) if version}
    return [] if shown == wanted else [f"shown {shown}, told {wanted}"]


def number_in(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(found[1]) if found else 0


def versions_by_source(texts: Iterable[str]) -> dict[int, list[int]]:
    """The version of each event, the first time that it names itself, by source."""
    told: dict[int, list[int]] = {}
    for text in texts:
        found = TITLE.search(text)
        if found:
            told.setdefault(int(found[1]), []).append(int(found[3]))
    return told
