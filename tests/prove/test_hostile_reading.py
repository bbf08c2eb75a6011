"""One bad event never costs its neighbours, and no rule of repetition costs more than two seconds."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NoReturn

import pytest

from aggregator.errors import Failure
from aggregator.model.fetching import Body
from aggregator.model.records import FeedReading
from aggregator.model.settings import ReadingLimits
from aggregator.model.sources import Source
from aggregator.model.times import horizon
from aggregator.pipeline.children import collect_seldom
from aggregator.pipeline.reading import ReadJob, read_body
from tests.prove.hostile.scoring import GOOD
from tests.prove.hostile.server import FOLDER, TODAY

FEWEST_DEFECTS, RECURRENCES = 99, 42
LONGEST = 2.0

pytestmark = pytest.mark.prove

Bodies = dict[str, tuple[dict[str, Any], bytes]]


@pytest.fixture(scope="module")
def bodies(require: Callable[[str], NoReturn], tmp_path_factory: pytest.TempPathFactory) -> Bodies:
    """The static bodies of the hostile server by case, with what is known of the case."""
    if not FOLDER.is_dir():
        require(f"no hostile feed server at {FOLDER}")
    folder = tmp_path_factory.mktemp("bodies")
    server = [sys.executable, str(FOLDER / "server.py"), "--now", TODAY]
    subprocess.run([*server, "--dump", str(folder)], check=True, stdout=subprocess.DEVNULL)
    listed = json.loads(subprocess.run([*server, "--list"], check=True, capture_output=True).stdout)
    cases = {case["id"]: case for case in listed}
    return {path.stem: (cases[path.stem], path.read_bytes()) for path in sorted(folder.iterdir())}


@pytest.fixture(autouse=True)
def as_in_a_child() -> Iterator[None]:
    """Garbage is collected as a child does it, whatever this process has loaded beside."""
    usual = gc.get_threshold()
    collect_seldom()
    yield
    gc.set_threshold(*usual)
    gc.unfreeze()


def reading(content: bytes) -> FeedReading | Failure:
    window = horizon(date.fromisoformat(TODAY))
    source = Source("feed", "group", "http://feed.example/")
    return read_body(ReadJob(Body(b""), source, (), window, ReadingLimits()), content)


def test_every_single_defect_keeps_the_ten_good_events_beside_it(bodies: Bodies) -> None:
    beside = [name for name, (case, _) in bodies.items() if "skipped" in case["expect"] and has_ten(case)]
    lost = {name: found for name in beside if (found := lacking(reading(bodies[name][1])))}
    print(f"\ndefects beside ten good events: {len(beside) - len(lost)} of {len(beside)} lose none")
    assert len(beside) >= FEWEST_DEFECTS
    assert lost == {}


def has_ten(case: dict[str, Any]) -> bool:
    events = case["expect"].get("events", 0)
    return (events if isinstance(events, int) else events[0]) >= len(GOOD) and case["group"] not in ("feed", "soft")


def lacking(found: FeedReading | Failure) -> list[str]:
    """The good events that are not there exactly once."""
    if isinstance(found, Failure):
        return [found.error_class]
    titles = [record.title for record in found.records]
    return [title for title in GOOD if titles.count(title) != 1]


def test_no_repetition_takes_longer_than_two_seconds_or_yields_too_much(bodies: Bodies) -> None:
    seconds, bad = {}, {}
    for name, (case, content) in bodies.items():
        if case["group"] != "recurrence":
            continue
        seconds[name], found = timed_reading(content)
        assert isinstance(found, FeedReading)
        dates = sum(len(record.occurrences) for record in found.records)
        if seconds[name] > LONGEST or dates > case["expect"].get("occurrences_max", 21_000):
            bad[name] = (seconds[name], dates)
    slowest = max(seconds, key=lambda name: seconds[name])
    print(f"\nrepetitions: {len(seconds) - len(bad)} of {len(seconds)}; slowest {slowest}: {seconds[slowest]:.1f} s")
    assert len(seconds) == RECURRENCES
    assert bad == {}


def timed_reading(content: bytes) -> tuple[float, FeedReading | Failure]:
    """The reading and its seconds of processor time: a busy machine makes work dearer, so the best of three counts."""
    spent = []
    for _ in range(3):
        begun = time.process_time()
        found = reading(content)
        spent.append(time.process_time() - begun)
        if spent[-1] <= LONGEST:
            break
    return min(spent), found
