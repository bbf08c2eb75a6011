"""Short ways to say what a source announces; one factory for all matching tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aggregator.match.standardising import Town
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, Recurrence, StoredRecord
from aggregator.model.sources import Priority, Source
from aggregator.model.times import EventTime, TimeKind

ZONE = "Europe/Berlin"
SEEN = datetime(2026, 11, 1, tzinfo=UTC)


def moment(text: str) -> EventTime:
    wall = datetime.fromisoformat(text)
    return EventTime(wall, ZONE, TimeKind.ZONED if "T" in text else TimeKind.DATE)


def build(id_: str, start: str | None = "2026-12-05T18:00", place: str = "Glockenhaus", **fields: Any) -> Record:
    """A record; its id starts with its source: "a.1" is record 1 of source a."""
    times = {name: moment(fields.pop(name)) for name in ("end", "original") if fields.get(name)}
    title = fields.pop("title", "Salzstadt-Slam")
    weeks = fields.pop("weeks", 0)
    record = Record(
        id_, id_, id_.split(".")[0], "vevent", title, title, f"print of {id_}", place=Place(place), **times, **fields
    )
    record = replace(record, start=moment(start) if start else None)
    return weekly(record, weeks) if weeks else record


def weekly(record: Record, weeks: int) -> Record:
    assert record.start
    starts = [record.start.shifted(timedelta(weeks=week)) for week in range(weeks)]
    return replace(
        record,
        recurrence=Recurrence((f"FREQ=WEEKLY;COUNT={weeks}",)),
        occurrences=tuple(Occurrence(start, start) for start in starts),
    )


@pytest.fixture(scope="session")
def record() -> Callable[..., Record]:
    return build


@pytest.fixture(scope="session")
def time() -> Callable[[str], EventTime]:
    return moment


@pytest.fixture(scope="session")
def stored() -> Callable[..., dict[str, StoredRecord]]:
    """Records as the store holds them, by id; those named in `withdrawn` are withdrawn."""

    def store(*records: Record, withdrawn: tuple[str, ...] = ()) -> dict[str, StoredRecord]:
        return {r.id: StoredRecord(r, SEEN, SEEN, withdrawn_at=SEEN if r.id in withdrawn else None) for r in records}

    return store


@pytest.fixture(scope="session")
def sources() -> dict[str, Source]:
    """Sources a to f: the first three the initiatives' own, then a platform, a re-publisher, the press."""
    ranks = (Priority.OWN, Priority.OWN, Priority.OWN, Priority.PLATFORM, Priority.REPUBLISHER, Priority.PRESS)
    return {
        name: Source(name, f"initiative-{name}", f"https://{name}.example.org/feed", priority=rank)
        for name, rank in zip("abcdef", ranks, strict=True)
    }


@pytest.fixture(scope="session")
def town(sources: dict[str, Source]) -> Town:
    """A town of those sources, with initiatives that have no telling names."""
    return Town(ZONE, sources)
