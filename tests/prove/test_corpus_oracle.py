"""The dates of every series in real calendars, compared with a second engine: the `ical` package.

`tests/prove/oracle.sh` installs it. Where both can read a series they must agree, but for the classes of disagreement
that docs/rfc-deviations.md explains.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from aggregator.errors import Failure
from aggregator.model.fetching import Body
from aggregator.model.records import Record
from aggregator.model.settings import ReadingLimits
from aggregator.model.sources import Source
from aggregator.model.times import EventTime, Window
from aggregator.normalise.recurrence import expand
from aggregator.pipeline.reading import ReadJob, read_body

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared/corpus"
ORACLE = HERE.parents[1] / "var/oracle/ical-14.3.1/bin/python"
ZONE = "Europe/Berlin"
SPAN = timedelta(days=730)
FEWEST_COMPARED = 600
VERSIONS = "Of several versions the highest SEQUENCE counts"
# Files in which the engines differ, and the heading under which docs/rfc-deviations.md says why.
EXPLAINED = {
    "Radicale__event8": "A series of listed dates begins with its DTSTART",
    "icalendar__issue_1426": "A series of listed dates begins with its DTSTART",
    "calagator__ical_google": "A RECURRENCE-ID means an instant, not a text",
    "khal__event_rrule_recuid_cancelled": "A RECURRENCE-ID means an instant, not a text",
    "ical4j__Australian32Holidays": "A RECURRENCE-ID means an instant, not a text",
    "khal__part1": "A zone is what its VTIMEZONE says when its name is nobody's",
    "node-ical__recurrence-sequence": VERSIONS,
    "python-recurring-ical-events__issue_148_edge_case_1": VERSIONS,
    "python-recurring-ical-events__issue_148_exdate_and_rdate_updated": VERSIONS,
}

pytestmark = pytest.mark.prove


@dataclass(frozen=True)
class Series:
    """One series of one file with the dates that we find in its first two years."""

    path: str
    uid: str
    window: Window
    record: Record
    starts: frozenset[str]

    @property
    def file(self) -> str:
        return Path(self.path).stem


@pytest.fixture(scope="module")
def oracle(require: Callable[[str], NoReturn]) -> Path:
    if not CORPUS.is_dir():
        require("no corpus beside the checkout")
    if subprocess.run([str(HERE / "oracle.sh")], check=False).returncode:
        require("the ical package could not be installed")
    return ORACLE


def ours(path: Path) -> list[Series]:
    """Every series of a file whose identifier is its own."""
    window = Window(date(2026, 1, 1), date(2027, 1, 1))
    job = ReadJob(Body(b""), Source("s", "i", "http://s.example/", timezone=ZONE), (), window, ReadingLimits())
    reading = read_body(job, path.read_bytes())
    if isinstance(reading, Failure):
        return []
    masters = Counter(record.uid for record in reading.records if not record.is_override)
    whole = [each for each in reading.records if each.is_series and each.uid and masters[each.uid] == 1]
    return [series_of(path, record, reading.records) for record in whole]


def series_of(path: Path, record: Record, records: tuple[Record, ...]) -> Series:
    assert record.start is not None
    first = record.start.wall.date() - timedelta(days=1)
    window = Window(first, first + SPAN)
    overrides = [each for each in records if each.series == record.id]
    found = expand(record, overrides, window).occurrences
    starts = frozenset(told(each.start) for each in found if window.contains(each.start.instant.date()))
    return Series(str(path), record.uid, window, record, starts)


def told(moment: EventTime) -> str:
    return moment.wall.date().isoformat() if moment.is_date else moment.instant.astimezone(UTC).isoformat()


def theirs(oracle: Path, series: list[Series]) -> dict[tuple[str, str], frozenset[str]]:
    """The second engine's dates by file and identifier; nothing for files that it cannot read."""
    questions: dict[str, dict[str, list[str]]] = {}
    for each in series:
        days = [each.window.first.isoformat(), each.window.last.isoformat()]
        questions.setdefault(each.path, {})[each.uid] = days
    lines = [json.dumps({"path": path, "zone": ZONE, "windows": asked}) for path, asked in questions.items()]
    command = [str(oracle), str(HERE / "oracle_expand.py")]
    answered = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in answered.stdout.splitlines()]
    return {
        (answer["path"], uid): frozenset(each for each in starts if each[:10] < questions[answer["path"]][uid][1])
        for answer in answers
        for uid, starts in answer.get("starts", {}).items()
    }


def test_every_series_that_both_can_read_has_the_same_dates(oracle: Path) -> None:
    series = [found for path in sorted((CORPUS / "ics").glob("*.ics")) for found in ours(path)]
    answers = theirs(oracle, series)
    # A series of which it shows no date at all is one that it could not read.
    both = [each for each in series if answers.get((each.path, each.uid))]
    different = [each for each in both if each.starts != answers[each.path, each.uid]]
    print(
        f"\nseries: {len(series)} read, {len(both)} by both engines, {len(both) - len(different)} with the same dates"
    )
    assert len(both) >= FEWEST_COMPARED
    for each in different:
        if each.file not in EXPLAINED:
            print(each.file, each.uid, sorted(each.starts ^ answers[each.path, each.uid])[:5])
    assert {each.file for each in different} == EXPLAINED.keys()


@pytest.mark.parametrize("reason", sorted(set(EXPLAINED.values())))
def test_every_disagreement_is_explained(reason: str) -> None:
    assert f"\n### {reason}\n" in (HERE.parents[1] / "docs/rfc-deviations.md").read_text("utf-8")
