"""Real calendar programs see the same events at the same local times as we do, over both clock changes.

`tests/prove/clients.sh` installs them. A missing one is skipped with its reason; with REQUIRE_ALL=1 that fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import ProxyHandler, build_opener
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar, Component

from aggregator.export.ics import assemble, render_event, render_expanded
from aggregator.export.wording import headline, overall
from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent
from aggregator.model.records import Recurrence, Status
from aggregator.model.settings import Site
from aggregator.model.times import EventTime

pytestmark = pytest.mark.prove

ROOT = Path(__file__).parent.parent.parent
CLIENTS = ROOT / "var" / "clients"
ZONE = "Europe/Berlin"
FIRST, LAST = date(2026, 10, 1), date(2027, 5, 1)
SITE = Site("Stadt im Kalender", ZONE, base_url="https://kalender.example.org")
WEEK = timedelta(days=7)

Seen = tuple[str, str]


# The calendar: every quirk that programs are known to disagree about, as a person would put it.


@dataclass(frozen=True)
class Planned:
    """One event of the calendar with every occurrence that a person expects."""

    id: str
    title: str
    occurrences: tuple[EventOccurrence, ...]
    recurrence: Recurrence = Recurrence()
    deviations: tuple[EventOccurrence, ...] = ()
    status: Status = Status.CONFIRMED

    def published(self) -> PublishedEvent:
        created = datetime(2026, 9, 1, tzinfo=UTC)
        identity = EventIdentity(self.id, f"{self.id}@kalender.example.org", "r", 1, created, created, "f")
        first = self.occurrences[0]
        fields = {"recurrence": self.recurrence, "deviations": self.deviations, "status": self.status}
        return PublishedEvent(
            identity, MergedEvent(self.title, first.start, self.occurrences, (), (), end=first.end, **fields)
        )

    def seen(self) -> list[Seen]:
        return [
            (told(each.start), headline(self.title, overall(each.status, self.status), "de"))
            for each in self.occurrences
        ]


def told(moment: EventTime) -> str:
    """The moment as every client below is asked to print it."""
    return f"{moment.wall:%Y-%m-%d}" if moment.is_date else f"{moment.local(ZONE):%Y-%m-%d %H:%M}"


def moment(text: str, zone: str = ZONE, fold: int = 0) -> EventTime:
    if len(text) == 10:
        return EventTime.of_date(date.fromisoformat(text), zone)
    return EventTime(datetime.fromisoformat(text), zone, fold=fold)


def once(start: str, end: str = "", zone: str = ZONE, fold: int = 0) -> EventOccurrence:
    beginning = moment(start, zone, fold)
    return EventOccurrence(beginning, beginning, moment(end, zone) if end else None)


def every(step: timedelta, count: int, start: str, end: str, zone: str = ZONE) -> list[EventOccurrence]:
    """`count` occurrences, one each `step` on the wall clock."""
    first = once(start, end, zone)
    assert first.end is not None
    starts = [first.start.shifted(step * turn) for turn in range(count)]
    return [EventOccurrence(start, start, first.end.shifted(step * turn)) for turn, start in enumerate(starts)]


def plenum() -> Planned:
    """Every Tuesday over both clock changes: one left out, one moved to another day and hour, one cancelled."""
    turns = every(WEEK, 25, "2026-10-20T18:00", "2026-10-20T20:00")
    moved = replace(turns[2], start=moment("2026-11-04T19:00"), end=moment("2026-11-04T21:00"), status=Status.MOVED)
    cancelled = replace(turns[23], status=Status.CANCELLED)
    left_out = turns[10]
    kept = [each for each in turns if each not in (turns[2], turns[23], left_out)]
    occurrences = sorted([*kept, moved, cancelled], key=lambda each: each.start.instant)
    rule = Recurrence(("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270406T160000Z",), exceptions=(left_out.start,))
    return Planned("plenum", "Plenum; offen, für alle", tuple(occurrences), rule, (moved, cancelled))


def second_saturdays() -> Planned:
    """Every second Saturday of a month and one more, also on the eve of the spring clock change."""
    by_rule = ("2026-10-10", "2026-11-14", "2026-12-12", "2027-01-09", "2027-02-13", "2027-03-13", "2027-04-10")
    days = sorted([*by_rule, "2027-03-27"])
    turns = tuple(once(f"{day}T14:00", f"{day}T17:00") for day in days)
    rule = Recurrence(("FREQ=MONTHLY;BYDAY=2SA;COUNT=7",), (moment("2027-03-27T14:00"),))
    return Planned("repair", "Repair-Café", turns, rule)


def whole_days() -> Planned:
    """Three days each week over the spring clock change, one of them called off by the initiative."""
    turns = every(WEEK, 4, "2027-03-19", "2027-03-22")
    rule = Recurrence(("FREQ=WEEKLY;COUNT=4",), exceptions=(turns[3].start,))
    return Planned("tage", "Wochenende im Garten", tuple(turns[:3]), rule)


def calendar_plan() -> list[Planned]:
    return [
        plenum(),
        second_saturdays(),
        whole_days(),
        Planned("utc", "Funkrunde", tuple(every(WEEK, 3, "2026-10-22T17:00", "2026-10-22T18:00", "UTC")),
                Recurrence(("FREQ=WEEKLY;COUNT=3",))),
        Planned("nacht", "Nachtwache", tuple(every(WEEK, 25, "2026-10-18T03:30", "2026-10-18T05:00")),
                Recurrence(("FREQ=WEEKLY;COUNT=25",))),
        Planned("fest", "Fest der Vielfalt", (once("2027-03-27", "2027-03-30"),)),
        Planned("tag", "Tag der offenen Tür", (once("2026-10-25"),)),
        Planned("emoji", "Küche für alle 👩🏽‍🍳 " + "ü" * 60, (once("2026-12-05T18:30", "2026-12-05T21:00"),)),
        Planned("punkt", "Einlass", (once("2026-12-05T18:00", "2026-12-05T18:00"),)),
        Planned("aus", "Vortrag", (once("2026-12-06T18:00", "2026-12-06T20:00"),), status=Status.CANCELLED),
        Planned("zweite", "Uhren umstellen", (once("2026-10-25T02:30", fold=1),)),
        Planned("london", "Gespräch mit London", (once("2026-12-07T18:00", "2026-12-07T19:00", "Europe/London"),)),
    ]  # fmt: skip


def expected() -> list[Seen]:
    return sorted(each for planned in calendar_plan() for each in planned.seen())


# Serving and running


@pytest.fixture(scope="module")
def town_calendar() -> bytes:
    fragments = [render_event(planned.published(), SITE, {}, ()) for planned in calendar_plan()]
    return assemble(fragments, SITE, SITE.title)


@pytest.fixture(scope="module")
def calendar_url(town_calendar: bytes) -> Iterator[str]:
    """The calendar on a loopback address, as a subscriber reaches it."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", str(len(town_calendar)))
            self.end_headers()
            self.wfile.write(town_calendar)

        def log_message(self, *_: object) -> None:
            """Nothing: the tests' own output is enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/calendar.ics"
    server.shutdown()
    thread.join()
    server.server_close()


def needed(path: str | Path | None, name: str) -> str:
    """The client's path; skips the test when there is none, or fails it where all are required."""
    if path is not None and Path(path).exists():
        return str(path)
    reason = f"{name} is not installed; tests/prove/clients.sh does that"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


Run = Callable[[Sequence[str]], str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a home of its own, on a machine that stands in our town; what it prints."""
    environment = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "TZ": ZONE,
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }

    def execute(command: Sequence[str]) -> str:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return execute


# The proofs


def by_icalendar(calendars: Sequence[bytes]) -> list[Seen]:
    """What icalendar with recurring-ical-events makes of calendars."""
    expansions = [recurring_ical_events.of(Calendar.from_ical(body)).between(FIRST, LAST) for body in calendars]
    return sorted((local_start(event), str(event["SUMMARY"])) for events in expansions for event in events)


def local_start(event: Component) -> str:
    start = event["DTSTART"].dt
    return f"{start.astimezone(ZoneInfo(ZONE)):%Y-%m-%d %H:%M}" if isinstance(start, datetime) else start.isoformat()


def test_the_plan_covers_both_clock_changes() -> None:
    nights = {start for start, title in expected() if title == "Nachtwache"}
    assert {"2026-10-25 03:30", "2027-03-28 03:30"} <= nights


def test_icalendar_sees_our_occurrences(town_calendar: bytes) -> None:
    assert by_icalendar([town_calendar]) == expected()


def test_the_expanded_calendar_shows_the_same_without_any_rule() -> None:
    fragments = [render_expanded(planned.published(), SITE, {}, ()) for planned in calendar_plan()]
    expanded = assemble(fragments, SITE, SITE.title)
    events = Calendar.from_ical(expanded).events
    assert sorted((local_start(event), str(event["SUMMARY"])) for event in events) == expected()
    assert len({event["UID"] for event in events}) == len(events)
    assert not any("RRULE" in event for event in events)


def test_ical_js_sees_our_occurrences(calendar_url: str, run: Run) -> None:
    node = needed(shutil.which("node"), "node")
    module = needed(CLIENTS / "ical.js-2.2.1/node_modules/ical.js/dist/ical.js", "ical.js 2.2.1")
    script = Path(__file__).with_name("expand.mjs")
    seen = json.loads(run([node, str(script), module, calendar_url, ZONE, str(FIRST), str(LAST)]))
    assert sorted((each["start"], each["title"]) for each in seen) == expected()
    assert {each["end"] for each in seen if each["uid"].startswith("fest")} == {"2027-03-30"}


def test_khal_imports_and_lists_our_occurrences(calendar_url: str, run: Run, tmp_path: Path) -> None:
    khal = needed(CLIENTS / "khal-0.14.1/bin/khal", "khal 0.14.1")
    body = build_opener(ProxyHandler({})).open(calendar_url).read()
    (tmp_path / "calendar.ics").write_bytes(body)
    (tmp_path / "vdir").mkdir()
    (tmp_path / "khal.conf").write_text(KHAL.format(path=tmp_path, zone=ZONE))
    start = [khal, "-c", str(tmp_path / "khal.conf")]
    run([*start, "import", "--batch", "-a", "town", str(tmp_path / "calendar.ics")])
    fields = ("--json", "start-long-full", "--json", "title", "--json", "all-day")
    listed = run([*start, "list", *fields, str(FIRST), str(LAST)])
    # A set, as khal lists an event of several days on each of them.
    assert sorted({khal_seen(each) for line in listed.splitlines() for each in json.loads(line)}) == expected()


def khal_seen(listed: dict[str, str]) -> Seen:
    """khal writes whole days as midnight."""
    start = listed["start-long-full"]
    return start.removesuffix(" 00:00") if listed["all-day"] == "True" else start, listed["title"]


def test_vdirsyncer_keeps_our_events_apart_and_whole(calendar_url: str, run: Run, tmp_path: Path) -> None:
    vdirsyncer = needed(CLIENTS / "vdirsyncer-0.21.0/bin/vdirsyncer", "vdirsyncer 0.21.0")
    (tmp_path / "files").mkdir()
    (tmp_path / "vdirsyncer.conf").write_text(VDIRSYNCER.format(path=tmp_path, url=calendar_url))
    start = [vdirsyncer, "-c", str(tmp_path / "vdirsyncer.conf")]
    run([*start, "discover", "--no-list"])
    run([*start, "sync"])
    files = sorted((tmp_path / "files").glob("*.ics"))
    written = {path: path.stat().st_mtime_ns for path in files}
    assert len(files) == len(calendar_plan())
    assert by_icalendar([path.read_bytes() for path in files]) == expected()
    run([*start, "sync"])
    assert {path: path.stat().st_mtime_ns for path in sorted((tmp_path / "files").glob("*.ics"))} == written


KHAL = """
[calendars]
[[town]]
path = {path}/vdir
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {path}/khal.db
"""

VDIRSYNCER = """
[general]
status_path = "{path}/status"
[pair town]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{path}/files"
fileext = ".ics"
"""
