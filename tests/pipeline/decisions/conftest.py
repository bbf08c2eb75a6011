"""Records of one source as they are read and as they are stored, and a source that is visited step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aggregator.model.fetching import SourceState
from aggregator.model.places import Place
from aggregator.model.records import FeedReading, Occurrence, Record, RecordChanges, Recurrence, StoredRecord
from aggregator.model.times import EventTime
from aggregator.pipeline.changes import decide_changes

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def build(name: str, day: int = 1, weeks: int = 0, **fields: Any) -> Record:
    """One record called `name`, `day` days after now; its name is its key and UID."""
    title = fields.pop("title", f"Abend {name}")
    start = EventTime.of_instant(NOW + timedelta(days=day), ZONE)
    starts = [start.shifted(timedelta(weeks=week)) for week in range(weeks)]
    record = Record(
        f"s.{name}", name, "s", fields.pop("kind", "vevent"), title, title, "", uid=name, start=start,
        recurrence=Recurrence((f"FREQ=WEEKLY;COUNT={weeks}",) if weeks else ()),
        occurrences=tuple(Occurrence(each, each) for each in starts or [start]),
        place=Place(fields.pop("place", "Glockenhaus")),
    )  # fmt: skip
    record = replace(record, **fields)
    return replace(record, fingerprint=str((record.uid, record.title, record.start, record.place, record.link)))


@dataclass
class Visited:
    """A source in memory: what the store would hold of it, moved on by each answer."""

    now: datetime = NOW
    stored: dict[str, StoredRecord] = field(default_factory=dict)
    state: SourceState = SourceState()

    def answers(self, records: Sequence[Record], hours: float = 0, **reading: Any) -> RecordChanges:
        """What is decided of an answer that comes so many hours after the last one."""
        self.now += timedelta(hours=hours)
        reading_now = FeedReading(tuple(records), **reading)
        changes = decide_changes(tuple(self.stored.values()), reading_now, self.state, self.now)
        for record in (*changes.added, *changes.changed, *changes.rekeyed):
            seen = self.stored[record.id].first_seen if record.id in self.stored else self.now
            self.stored[record.id] = StoredRecord(record, seen, self.now)
        self.mark(changes.missing, missing_since=self.now)
        self.mark(changes.returned, missing_since=None, withdrawn_at=None)
        self.mark(changes.withdrawn, withdrawn_at=self.now)
        self.state = replace(self.state, held_since=(self.state.held_since or self.now) if changes.held else None)
        return changes

    def mark(self, ids: Sequence[str], **marks: datetime | None) -> None:
        for id_ in ids:
            self.stored[id_] = replace(self.stored[id_], **marks)

    @property
    def visible(self) -> list[str]:
        """The titles that are still listed."""
        return sorted(each.record.title for each in self.stored.values() if not each.withdrawn_at)


@pytest.fixture(scope="session")
def record() -> Callable[..., Record]:
    return build


@pytest.fixture(scope="session")
def town() -> Callable[..., list[Record]]:
    """So many events, one a day from tomorrow on."""
    return lambda count, first=0: [build(str(number), day=number + 1) for number in range(first, first + count)]


@pytest.fixture
def source() -> Visited:
    return Visited()


@pytest.fixture(scope="session")
def new_source() -> Callable[[], Visited]:
    return Visited
