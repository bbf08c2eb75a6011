"""395 real files of other projects, each through the whole way: read in the child, stored, exported, read again."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from icalendar import Calendar, Event, vDDDTypes

from aggregator.errors import ErrorClass
from aggregator.model.health import Outcome
from aggregator.pipeline.replay import replay_all
from aggregator.store import records
from tests.prove import mutate
from tests.prove.hostile.meters import stopwatch
from tests.prove.hostile.outputs import oracle
from tests.prove.hostile.town import Town, town

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpus"
FILES = [
    f"{path.parent.name}/{path.name}" for folder in ("ics", "feeds") for path in sorted((CORPUS / folder).glob("*"))
]
LONGEST = 30.0
READ = (Outcome.UPDATED, Outcome.UNCHANGED)

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def index(require: Callable[[str], NoReturn]) -> dict[str, dict[str, Any]]:
    """What is known of each file."""
    if not CORPUS.is_dir():
        require("no corpus beside the checkout")
    return {entry["file"]: entry for entry in json.loads((CORPUS / "index.json").read_text("utf-8"))["files"]}


@pytest.fixture
def read(sqlite_template: Path) -> Iterator[Callable[[str], Town]]:
    """`read("ics/name.ics")`: a town that has just read this file."""
    opened = []

    def run(name: str) -> Town:
        opened.append(town(sqlite_template, "", f"file:{CORPUS / name}"))
        place = opened[-1].__enter__()
        place.refresh()
        return place

    yield run
    for each in opened:
        each.__exit__(None, None, None)


def test_the_corpus_is_all_there(index: dict[str, dict[str, Any]]) -> None:
    assert sorted(index) == sorted(FILES)
    assert len(FILES) == 395


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_is_taken_or_refused_and_what_is_taken_goes_out_whole(
    name: str, read: Callable[[str], Town], index: dict[str, dict[str, Any]]
) -> None:
    with stopwatch() as elapsed:
        place = read(name)
    report = place.reports[0]
    assert elapsed.seconds < LONGEST
    if report.outcome not in READ:
        assert report.failure is not None
        # The child reports an uncaught error by its name; a limit means that it hung.
        assert not report.failure.detail.endswith(("Error", "Exception"))
        assert report.failure.error_class is not ErrorClass.LIMIT
    assert stored_events(place) >= usable_events(name, index[name])
    assert export_findings(place) == []
    if report.outcome in READ:
        assert second_import(place) == (Outcome.UNCHANGED, 0, 0)


def stored_events(place: Town) -> int:
    """Single events and series; overrides are parts of theirs."""
    with place.store.reading() as connection:
        stored = records.load(connection)
    return sum(not (each.record.is_override or each.record.is_notice) for each in stored)


def usable_events(name: str, known: dict[str, Any]) -> int:
    """How many events a naive parser finds in a calendar that it can read, each once."""
    if not known.get("vevents") or known.get("exception"):
        return 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # icalendar warns of vendors' names of zones
        calendars = Calendar.from_ical((CORPUS / name).read_bytes(), multiple=True)
    events = [event for calendar in calendars for event in calendar.walk("VEVENT") if is_usable(event)]
    masters = {str(event.get("UID", "")) for event in events if "RECURRENCE-ID" not in event}
    return len({identity(event) for event in events if not is_override(event, masters)})


def is_usable(event: Event) -> bool:
    """Whether it may be shown, and says when."""
    start = event.get("DTSTART")
    is_private = str(event.get("CLASS", "")).upper() in ("PRIVATE", "CONFIDENTIAL")
    return isinstance(start, vDDDTypes) and not is_private


def is_override(event: Event, masters: set[str]) -> bool:
    return "RECURRENCE-ID" in event and str(event.get("UID", "")) in masters


def identity(event: Event) -> tuple[str, str, str]:
    """What makes an event another one: identifier and start, title where there is no identifier."""
    uid = str(event.get("UID", ""))
    return uid, "" if uid else str(event.get("SUMMARY", "")), str(event["DTSTART"].dt)


def export_findings(place: Town) -> list[str]:
    """What is wrong with our own calendar of the file."""
    with place.client().get("/calendar.ics") as answer:
        exported = answer.data
    assert len(Calendar.from_ical(exported).walk("VEVENT")) >= len(place.titles())
    found: list[str] = oracle().check("ics", exported)
    return found


def second_import(place: Town) -> tuple[Outcome, int, int]:
    """What reading the same bytes again changes."""
    generation = place.generation()
    report = replay_all(place.round, lambda _: None)[0]
    return report.outcome, report.added + report.changed, place.generation() - generation


def test_a_thousand_broken_feeds_break_nothing(index: dict[str, dict[str, Any]]) -> None:
    """A short run of `python -m tests.prove.mutate`, which reads 200 000."""
    outcomes, findings = mutate.run(1000, mutate.SEED, workers=2)
    assert findings == []
    assert outcomes["read"] > 400
