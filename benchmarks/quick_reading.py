"""Quick reading beside the library, on all calendars that are at hand; and what is not read for the quick way's sake.

    .venv/bin/python -m benchmarks.quick_reading [MUTANTS]

Every calendar of the corpus, the gold set, the generator (if they are made) and of so many broken feeds (20 000) is
read by whole blocks and line by line, and every series of it expanded by arithmetic and by the library. Prints how many
were ordinary and how many of those differ, which must be none. About a minute for each thousand mutants.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from aggregator.errors import Failure
from aggregator.model.fetching import Body
from aggregator.model.records import Occurrence, Record
from aggregator.model.times import Window, horizon
from aggregator.normalise.ordinary_series import ordinary_dates
from aggregator.normalise.recurrence import MOST_OCCURRENCES, by_library, overlaps_itself, spans_of
from aggregator.parse.content_lines import MAX_LINES, RawComponent, Splitter, count_lines, split
from aggregator.parse.encoding import in_ascii_terms
from aggregator.parse.ics import feed_of
from aggregator.parse.plain_events import split_plain
from aggregator.pipeline.reading import read_body
from tests.prove.mutate import JOB, SEED, SHARED, mutant

GENERATED = Path(__file__).resolve().parents[1] / "var" / "bench" / "S" / "feeds"
TODAY = date(2026, 11, 22)


@dataclass
class Found:
    """How many series there were, how many of them ordinary, and of how many of those the dates differ.

    How many events, how many of them read as blocks, and how many calendars are read otherwise by whole blocks.
    """

    series: int = 0
    ordinary: int = 0
    different: int = 0
    events: int = 0
    blocks: int = 0
    misread: int = 0


def main() -> None:
    found = compare(int(sys.argv[1]) if sys.argv[1:] else 20_000, told=True)
    print(f"{found.events} events, {found.blocks} as blocks, {found.misread} calendars different")
    print(f"{found.series} series, {found.ordinary} by arithmetic, {found.different} of them different")
    sys.exit(1 if found.different or found.misread else 0)


def compare(mutants: int, told: bool = False) -> Found:
    """Read every calendar and expand every series in both ways."""
    found = Found()
    for content in chain(calendars(), (mutant(SEED, number) for number in range(mutants))):
        read_alike(in_ascii_terms(content), found, told)
        for series, overrides in series_of(content):
            found.series += 1
            for window in windows(series):
                quick = ordinary_dates(series, overrides, spans_of(series, window), MOST_OCCURRENCES)
                if quick is None:
                    continue
                found.ordinary += 1
                if quick != library(series, overrides, window):
                    found.different += 1
                    if told:
                        print(series, overrides)
    return found


def read_alike(content: bytes, found: Found, told: bool) -> None:
    """Read a calendar by blocks and by lines."""
    if count_lines(content) > MAX_LINES:
        return
    exact, quick = split(content, ""), split_plain(content, "")
    found.events += len(events_of(exact))
    if quick is None:
        return
    found.blocks += sum(1 for raw in events_of(quick) if raw.read)
    if quick.complete != exact.complete or feed_of(quick) != feed_of(exact):
        found.misread += 1
        if told:
            print(content.decode(errors="replace"))


def events_of(stream: Splitter) -> list[RawComponent]:
    """The events of a stream."""
    return [raw for calendar in stream.calendars for raw in calendar.components if raw.name == "VEVENT"]


def calendars() -> Iterator[bytes]:
    """The corpus, the gold set and what was generated."""
    for folder, kind in ((SHARED / "corpus" / "ics", "*"), (SHARED / "gold" / "feeds", "*.ics"), (GENERATED, "*.ics")):
        for path in sorted(folder.glob(kind)):
            yield path.read_bytes()


def series_of(content: bytes) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    """The series of a calendar with their overrides."""
    reading = read_body(replace(JOB, body=Body(b"")), content)
    records = () if isinstance(reading, Failure) else reading.records
    for record in records:
        if record.is_series and not overlaps_itself(record):
            yield record, overrides_of(record, records)


def overrides_of(series: Record, records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(record for record in records if record.series == series.id)


def windows(series: Record) -> tuple[Window, ...]:
    """Today's horizon, and that of the day on which the series began."""
    assert series.start is not None
    return horizon(TODAY), horizon(series.start.wall.date())


def library(series: Record, overrides: tuple[Record, ...], window: Window) -> tuple[Occurrence, ...] | None:
    """What the library finds, None where it refuses."""
    try:
        return by_library(series, overrides, window)
    except Exception:  # noqa: BLE001 - it raises a dozen kinds
        return None


if __name__ == "__main__":
    main()
