"""What visitors say is wrong with an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LONGEST_TEXT = 2000


class Wrong(StrEnum):
    """What a report is about."""

    TIME = "time"
    PLACE = "place"
    CANCELLED = "cancelled"
    TWICE = "twice"
    TEXT = "text"
    UNWANTED = "unwanted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """One visitor's words; `reply_to` is for the operator's questions alone, and often empty.

    `title` is how the event read when it was reported.
    """

    wrong: Wrong
    text: str
    title: str
    reply_to: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with its number, its event and its moments (UTC)."""

    id: int
    event_id: str
    report: Report
    at: datetime
    done_at: datetime | None = None
