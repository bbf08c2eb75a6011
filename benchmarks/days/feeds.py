"""Feeds on the loopback that change as months go by, and break in every way that feeds break."""

from __future__ import annotations

import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LASTS = timedelta(hours=2)
LOGIN_PAGE = b"<!doctype html><title>Anmelden</title><form><input name=user></form>"
# `blank` is a healthy calendar without events, `empty` an answer of no bytes.
FAULTS = ("503", "hang", "html", "empty", "cut", "mixed", "blank")
BROKEN = FAULTS[:5]
HANGS_FOR_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a feed says of an event: title, start (UTC), and whether it was called off."""

    title: str
    start: datetime
    cancelled: bool = False
    rule: str = ""

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended; a series never does."""
        return not self.rule and self.start + LASTS <= at


Listing = dict[str, Said]


@dataclass(slots=True)
class Feed:
    """One calendar: what it lists, what it listed once, and how it fails at present ("" for not at all)."""

    number: int
    listed: Listing = field(default_factory=dict)
    removed: Listing = field(default_factory=dict)
    fault: str = ""
    heals_at: datetime | None = None
    last_removal: datetime | None = None
    version: int = 0

    def put(self, uid: str, said: Said) -> None:
        """Add or change an entry."""
        self.listed[uid] = said
        self.removed.pop(uid, None)
        self.version += 1

    def drop(self, uid: str) -> None:
        """List an entry no longer."""
        self.removed[uid] = self.listed.pop(uid)
        self.version += 1

    @property
    def etag(self) -> str:
        """The validator of the present calendar."""
        return f'"{self.number}-{self.version}"'

    def body(self) -> bytes:
        """The calendar as iCalendar."""
        entries = (entry(f"{uid}-{self.number}@feeds.example", said, self.number) for uid, said in self.listed.items())
        return calendar(*entries)


def calendar(*entries: str) -> bytes:
    """A calendar of these VEVENTs."""
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//days//", *entries, "END:VCALENDAR", "")
    return "\r\n".join(lines).encode()


SYLLABLES = ("ka", "mo", "fe", "ru", "dabi", "lon", "ti", "sarn", "we", "gul", "pa", "nor", "zi", "bel", "hu", "mart")


def coined(number: int) -> str:
    """A word of its own for each number: what is the same event is not the question here."""
    digits = [SYLLABLES[number >> shift & 15] for shift in (0, 4, 8, 12)]
    return "".join(digits).capitalize()


def entry(uid: str, said: Said, place: int) -> str:
    """One VEVENT."""
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{said.title}", "DURATION:PT2H", f"LOCATION:{coined(place)}haus"]
    # A series keeps its hour on the wall when the clocks change.
    at = f";TZID=Europe/Berlin:{said.start:%Y%m%dT%H%M%S}" if said.rule else f":{said.start:%Y%m%dT%H%M%SZ}"
    lines += [f"DTSTART{at}", *([f"RRULE:{said.rule}"] if said.rule else []), *(["STATUS:CANCELLED"] * said.cancelled)]
    return "\r\n".join((*lines, "END:VEVENT"))


@dataclass(slots=True)
class Delivery:
    """A whole good answer that was handed to somebody."""

    number: int
    listing: Listing


@dataclass
class Server:
    """Serves /<number>; `delivered` and `asked` are what happened since they were last emptied."""

    feeds: list[Feed]
    origin: str = ""
    delivered: list[Delivery] = field(default_factory=list)
    asked: list[tuple[int, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    answers: Counter[str] = field(default_factory=Counter)

    def answer(self, number: int, validator: str | None, out: BaseHTTPRequestHandler) -> None:
        """Answer one request, as the feed does at present."""
        with self.lock:
            feed = self.feeds[number]
            fault = BROKEN[len(self.asked) % len(BROKEN)] if feed.fault == "mixed" else feed.fault
            etag, listing = feed.etag, dict(feed.listed)
            body = b"" if validator == etag and not fault else feed.body()
            self.asked.append((number, feed.fault))
            self.answers[fault or ("304" if validator == etag else "200")] += 1
        if fault:
            fail(fault, body, out)
        elif validator == etag:
            send(out, 304, b"", etag)
        else:
            send(out, 200, body, etag)
        if not fault:
            with self.lock:
                self.delivered.append(Delivery(number, listing))

    def taken(self) -> tuple[list[Delivery], list[tuple[int, str]]]:
        """What was delivered and asked since the last time."""
        with self.lock:
            found = self.delivered, self.asked
            self.delivered, self.asked = [], []
        return found


def send(out: BaseHTTPRequestHandler, status: int, body: bytes, etag: str = "", promised: int | None = None) -> None:
    """One answer; `promised` is the length that is told where it is not the true one."""
    out.send_response(status)
    out.send_header("Content-Type", "text/html" if body is LOGIN_PAGE else "text/calendar")
    out.send_header("Content-Length", str(len(body) if promised is None else promised))
    if etag:
        out.send_header("ETag", etag)
    out.end_headers()
    out.wfile.write(body)


def fail(fault: str, body: bytes, out: BaseHTTPRequestHandler) -> None:
    """One answer that is none."""
    if fault == "503":
        send(out, 503, b"")
    elif fault == "html":
        send(out, 200, LOGIN_PAGE)
    elif fault == "empty":
        send(out, 200, b"")
    elif fault == "blank":
        send(out, 200, calendar())
    else:
        send(out, 200, body[: len(body) // 2], promised=len(body))
        if fault == "hang":
            # Until the other side has had enough.
            out.connection.settimeout(HANGS_FOR_SECONDS)
            try:
                out.connection.recv(1)
            except OSError:
                pass


class Listener(ThreadingHTTPServer):
    """Takes a whole round of requests at once, and threads of hanging answers do not outlive it."""

    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who was killed or had enough is no news."""


@contextmanager
def serving(feeds: list[Feed]) -> Iterator[Server]:
    """The feeds on a port of the loopback."""
    server = Server(feeds)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(int(self.path.strip("/")), self.headers.get("If-None-Match"), self)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    listener = Listener(("127.0.0.1", 0), Handler)
    listener.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.origin = f"127.0.0.1:{listener.server_address[1]}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


REMOVALS_APART = timedelta(days=4)
EVERY_NIGHT = "FREQ=DAILY"


class Life:
    """What happens to the feeds as time goes by: a few changes each hour, and a share of them always broken."""

    def __init__(self, feeds: list[Feed], seed: int, changes_a_day: float, faulty: float) -> None:
        self.feeds, self.random = feeds, random.Random(seed)
        self.changes_an_hour, self.broken_at_once = changes_a_day / 24, round(faulty * len(feeds))
        self.last = 0
        self.done: Counter[str] = Counter()

    def begin(self, entries: int, start: datetime) -> None:
        """Fill the feeds with coming events; every twentieth has a series in the hour that DST skips and doubles."""
        for feed in self.feeds:
            for _ in range(entries):
                self.add(feed, start)
            if feed.number % 20 == 0:
                night = start.replace(hour=2, minute=30, tzinfo=None)
                title = f"{coined(40_000 + feed.number)} K{feed.number}xnight R0"
                feed.put("night", Said(title, night, rule=EVERY_NIGHT))

    def hour(self, now: datetime) -> None:
        """One hour later."""
        whole = int(self.changes_an_hour) + (self.random.random() < self.changes_an_hour % 1)
        deeds = (self.add, self.change, self.cancel, self.remove, self.restore)
        for _ in range(whole):
            feed = self.random.choice(self.feeds)
            what = self.random.choices(deeds, (3, 4, 1, 3, 1))[0]
            self.done[what.__name__] += what(feed, now)
        for feed in self.feeds:
            if feed.fault and feed.heals_at and feed.heals_at <= now:
                feed.fault, feed.heals_at = "", None
        healthy = [feed for feed in self.feeds if not feed.fault]
        missing = self.broken_at_once - (len(self.feeds) - len(healthy))
        for feed in self.random.sample(healthy, max(0, missing)):
            feed.fault = self.random.choices(FAULTS, (4, 1, 4, 4, 4, 2, 2))[0]
            # An empty calendar is believed after three days, which is no fault of ours.
            feed.heals_at = now + timedelta(hours=self.random.uniform(2, 60 if feed.fault == "blank" else 96))
            self.done[f"fault {feed.fault}"] += 1

    def add(self, feed: Feed, now: datetime) -> bool:
        """An event in the next seven weeks."""
        self.last += 1
        start = now.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=5 * self.random.randrange(288 * 49))
        feed.put(f"e{self.last}", Said(f"{self.word()} K{feed.number}xe{self.last} {coined(self.last)} R0", start))
        return True

    def change(self, feed: Feed, now: datetime) -> bool:
        """Another title or another hour."""
        if (uid := self.coming(feed, now)) is None:
            return False
        old = feed.listed[uid]
        head, _, revision = old.title.rpartition(" R")
        later = timedelta(minutes=5 * self.random.randrange(1, 36)) * self.random.randrange(2)
        feed.put(uid, replace(old, title=f"{head} R{int(revision) + 1}", start=old.start + later))
        return True

    def cancel(self, feed: Feed, now: datetime) -> bool:
        """Called off."""
        if (uid := self.coming(feed, now)) is None:
            return False
        feed.put(uid, replace(feed.listed[uid], cancelled=True))
        return True

    def remove(self, feed: Feed, now: datetime) -> bool:
        """Listed no longer; never so many that it would look like a broken feed."""
        uid = self.coming(feed, now)
        lately = feed.last_removal is not None and now - feed.last_removal < REMOVALS_APART
        if uid is None or lately or len(feed.listed) < 3:
            return False
        feed.last_removal = now
        feed.drop(uid)
        return True

    def restore(self, feed: Feed, now: datetime) -> bool:
        """Listed again, as it was."""
        if not feed.removed:
            return False
        uid = self.random.choice(sorted(feed.removed))
        feed.put(uid, feed.removed[uid])
        return True

    def coming(self, feed: Feed, now: datetime) -> str | None:
        """Any single event that is not over, also not for a clock that goes wrong by a day."""
        found = [uid for uid, said in feed.listed.items() if not said.rule and said.start > now + timedelta(days=2)]
        return self.random.choice(found) if found else None

    def word(self) -> str:
        """The first word of a title, as frequent ones are."""
        return self.random.choice(("Treffen", "Vortrag", "Konzert", "Werkstatt", "Plenum", "Lesung", "Film", "Tanz"))
