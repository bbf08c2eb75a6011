"""Records in a file, gone through one after the other: what is measured is the matching, not who made them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from time import process_time

from aggregator.errors import Failure
from aggregator.model.fetching import Body
from aggregator.model.records import Record
from aggregator.model.settings import ReadingLimits
from aggregator.model.sources import Source
from aggregator.model.times import horizon
from aggregator.pipeline.reading import ReadJob, read_body

# The generator's calendars begin here.
TODAY = date(2026, 9, 1)


@dataclass
class Stream:
    """The records of a file, as often as they are asked for; `spent` are the processor seconds of reading them."""

    path: Path
    spent: float = 0.0

    def __iter__(self) -> Iterator[Record]:
        with self.path.open("rb") as file:
            while True:
                began = process_time()
                try:
                    records = pickle.load(file)
                except EOFError:
                    return
                self.spent += process_time() - began
                yield from records


def write(path: Path, records: Iterable[Record]) -> None:
    """Records in the order of their ids, those of one source together."""
    with path.open("wb") as file:
        for _, theirs in groupby(sorted(records, key=lambda record: record.id), lambda record: record.source):
            pickle.dump(list(theirs), file, pickle.HIGHEST_PROTOCOL)


def write_feeds(path: Path, folder: Path) -> None:
    """What our reading makes of the feeds of a folder of the generator."""
    with path.open("wb") as file:
        for feed in sorted((folder / "feeds").glob("*.ics")):
            source = Source(feed.stem, feed.stem, f"https://{feed.stem}.example/feed.ics")
            body = Body(b"", "text/calendar", final_url=source.url)
            reading = read_body(ReadJob(body, source, (), horizon(TODAY), ReadingLimits()), feed.read_bytes())
            if isinstance(reading, Failure):
                raise SystemExit(f"{feed} cannot be read: {reading}")
            pickle.dump(sorted(reading.records, key=lambda record: record.id), file, pickle.HIGHEST_PROTOCOL)
