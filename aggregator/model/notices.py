"""What initiatives ask, offer and tell without a date: shown for a while, or until its deadline is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from aggregator.model.filters import EventFilter
from aggregator.model.records import Record

SHOWN_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Notice:
    """A record without a start, with who tells it. `topics` are its own, else those of its initiative.

    `first_seen` and `changed_at` (UTC) are ours; what a source says of its own times stands in the record.
    """

    record: Record
    initiative: str
    topics: tuple[str, ...]
    first_seen: datetime
    changed_at: datetime

    @property
    def published(self) -> datetime:
        """When it was published, as far as the source tells; never later than we saw it."""
        return min(self.record.published or self.record.updated or self.first_seen, self.first_seen)

    @property
    def due_day(self) -> date | None:
        """The last day on which one can still act."""
        return self.record.due.wall.date() if self.record.due else None

    @property
    def last_day(self) -> date:
        """The last day on which it is shown."""
        return self.due_day or self.published.date() + SHOWN_FOR


def fits_notices(wanted: EventFilter) -> bool:
    """Whether a filter asks only for what a notice can have: topic, initiative, umbrella and words."""
    return replace(wanted, topics=(), initiatives=(), umbrellas=(), text="").is_empty
