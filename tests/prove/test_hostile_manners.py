"""What one visit does not show: how often a troubled server is asked, who waits for whom, and names that change."""

from __future__ import annotations

import importlib.util
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from types import ModuleType

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.client import fetch_from_web
from aggregator.fetch.schedule import is_switched_off
from aggregator.model.fetching import Answer, Body, FetchFailed, SourceState
from aggregator.model.health import Outcome, SourceReport
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source
from aggregator.pipeline.rounds import refresh_all
from tests.prove.hostile.scoring import GOOD
from tests.prove.hostile.server import FOLDER, HostileServer
from tests.prove.hostile.timeline import live_through
from tests.prove.hostile.town import Town, town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PUBLIC, MORNING = "93.184.216.34", datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.prove


def test_a_week_of_errors_is_asked_at_most_sixty_times(server: HostileServer, sqlite_template: Path) -> None:
    with town(sqlite_template, server.origin, f"{server.base}/live/outage") as place:
        asked = live_through(place, server, "outage", [(HOUR, "good10"), (7 * DAY, "status-502"), (2 * DAY, "good10")])
        assert place.titles() == GOOD
        assert place.overview().state.failures == 0
    during = [case for _, case in asked if case == "status-502"]
    assert 7 <= len(during) <= 60


def test_nobody_is_asked_again_before_they_wish(server: HostileServer, sqlite_template: Path) -> None:
    with town(sqlite_template, server.origin, f"{server.base}/live/busy") as place:
        eras = [(HOUR, "good10"), (12 * HOUR, "status-429-3600"), (DAY, "good10")]
        asked = live_through(place, server, "busy", eras)
        assert place.titles() == GOOD
    times = [at for at, _ in asked]
    refused = [(later - at) for (at, case), later in zip(asked, times[1:], strict=False) if case != "good10"]
    assert len(refused) > 2
    assert min(refused) >= HOUR


def test_a_feed_that_is_gone_is_left_alone_and_its_events_stay(server: HostileServer, sqlite_template: Path) -> None:
    with town(sqlite_template, server.origin, f"{server.base}/live/gone") as place:
        asked = live_through(place, server, "gone", [(HOUR, "good10"), (9 * DAY, "status-410")])
        state = place.overview().state
        assert place.titles() == GOOD
        assert is_switched_off(state)
        assert state.failure is not None
        assert state.failure.error_class is ErrorClass.GONE
    assert asked[-1][0] - asked[0][0] < 4 * DAY


def test_one_host_is_never_crowded(server: HostileServer, sqlite_template: Path) -> None:
    urls = [f"{server.base}/c/crowd?k=crowd-{number}" for number in range(50)]
    with town(sqlite_template, server.origin, *urls, per_exempt_host=1) as place:
        reports = refresh_all(place.round, (), True, lambda _: None)
    assert {report.outcome for report in reports} == {Outcome.UPDATED}
    assert server.crowd_peak() <= 2


JUMPS = [timedelta(hours=1), timedelta(days=1), timedelta(days=3650)]


@pytest.mark.parametrize("jump", [*JUMPS, *(-jump for jump in JUMPS)], ids=str)
def test_a_clock_that_jumps_loses_nothing(server: HostileServer, sqlite_template: Path, jump: timedelta) -> None:
    with town(sqlite_template, server.origin, f"{server.base}/seq/good10,good9,good10?k=jump{jump}") as place:
        place.refresh()
        for _ in range(3):
            assert place.refresh(after=jump).outcome in (Outcome.UPDATED, Outcome.UNCHANGED)
            assert place.titles() == GOOD
        assert place.client().get("/").status_code == 200


BOMBS = (
    *("slow-drip", "slow-headers", "hang", "hang-mid", "endless-body", "endless-line", "endless-headers"),
    *("endless-100", "gzip-bomb-1g", "rrule-secondly", "tz-bomb", "xml-attrs"),
)
# What hangs ends when the watchdog comes; on a busy machine everything else takes its time too.
WATCHDOG = 20.0
NEIGHBOURS = 10


def test_neither_other_feeds_nor_visitors_wait_for_a_bad_one(server: HostileServer, sqlite_template: Path) -> None:
    """Twelve bad feeds and ten good ones in one round, while somebody reads the calendar."""
    urls = [f"{server.base}/c/{case}?k=crew" for case in (*BOMBS, *["good10"] * NEIGHBOURS)]
    with town(sqlite_template, server.origin, *urls, total_seconds=WATCHDOG, per_exempt_host=64) as place:
        begun, done = perf_counter(), dict[str, float]()

        def told(report: SourceReport) -> None:
            done[report.source] = perf_counter() - begun

        with visitor(place) as waits:
            refresh_all(place.round, (), True, told)
        good = [done[f"feed-{len(BOMBS) + number}"] for number in range(NEIGHBOURS)]
        assert place.titles()[:10] == GOOD
    hung = done[f"feed-{BOMBS.index('hang')}"]
    assert hung >= WATCHDOG - 2
    assert max(good) < hung
    assert len(waits) > 10
    assert max(waits) < WATCHDOG / 2


class visitor:
    """Somebody who reads the calendar over and over; gives the seconds that each page took."""

    def __init__(self, place: Town) -> None:
        self.client, self.waits, self.gone = place.client(), list[float](), threading.Event()
        self.client.get("/")
        self.thread = threading.Thread(target=self._read)

    def __enter__(self) -> list[float]:
        self.thread.start()
        return self.waits

    def __exit__(self, *_: object) -> None:
        self.gone.set()
        self.thread.join()

    def _read(self) -> None:
        while not self.gone.wait(0.1):
            begun = perf_counter()
            with self.client.get("/") as answer:
                assert answer.status_code == 200
            self.waits.append(perf_counter() - begun)


@pytest.fixture(scope="module")
def fake_dns(server: HostileServer) -> ModuleType:
    specification = importlib.util.spec_from_file_location("fake_dns", FOLDER / "fake_dns.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


NAMES = {
    "rebind.test": [[PUBLIC], ["127.0.0.1"]],
    "both.test": [PUBLIC, "10.0.0.7"],
    "six.test": ["::1"],
    "nat64.test": ["64:ff9b::7f00:1"],
    "nowhere.test": [],
}


def ask(server: HostileServer, name: str) -> Answer:
    settings = FetchSettings(allow_origins=frozenset({server.origin}), total_seconds=5)
    return fetch_from_web(Source("s", "i", f"http://{name}/c/good10"), SourceState(), settings, MORNING)


@pytest.mark.parametrize("name", ["both.test", "six.test", "nat64.test", "nowhere.test", "unheard-of.test"])
def test_a_name_with_any_private_address_is_refused(server: HostileServer, fake_dns: ModuleType, name: str) -> None:
    with fake_dns.Resolver(NAMES), fake_dns.Connects() as net:
        answer = ask(server, name)
    assert isinstance(answer, FetchFailed)
    assert answer.failure.error_class in (ErrorClass.ADDRESS, ErrorClass.DNS)
    assert net.seen == []


def test_a_name_that_is_bound_anew_reaches_nobody(server: HostileServer, fake_dns: ModuleType) -> None:
    """Public at the first look-up and loopback at the second: one look-up serves check and connection."""
    port = int(server.origin.rpartition(":")[2])
    with fake_dns.Resolver(NAMES) as dns, fake_dns.Connects(redirect={(PUBLIC, 80): ("127.0.0.1", port)}) as net:
        first, looked_up = ask(server, "rebind.test"), len(dns.asked)
        second = ask(server, "rebind.test")
    assert isinstance(first, Body)
    assert looked_up == 1
    assert isinstance(second, FetchFailed)
    assert second.failure.error_class is ErrorClass.ADDRESS
    assert net.seen == [(PUBLIC, 80)]
    assert net.forbidden == []
