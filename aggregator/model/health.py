"""How the sources are doing: what status pages and the command line tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from aggregator.errors import Failure
from aggregator.model.defects import Defect
from aggregator.model.fetching import SourceState
from aggregator.model.sources import Source


class Outcome(StrEnum):
    """How one attempt at a source ended."""

    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    HELD = "held"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one refresh of one source did: a line of `refresh --json`.

    `events` counts the distinct merged events now visible from this source (a series counts once);
    the relink after all sources of a run fills it in. `skipped` is what of the answer is not shown: whole
    events, and dates, ends or zones of those that are. `rests_until` is when the host wants to be asked
    again at the earliest (Retry-After), whichever source asks.
    """

    source: str
    outcome: Outcome
    failure: Failure | None = None
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    events: int = 0
    notices: int = 0
    skipped: tuple[Defect, ...] = field(default=())
    next_at: datetime | None = None
    rests_until: datetime | None = None
    milliseconds: int = 0

    @property
    def is_news(self) -> bool:
        """Whether it may have changed what the public sees; a held answer may have added something."""
        return self.outcome is Outcome.UPDATED or bool(self.added or self.changed)


@dataclass(frozen=True, slots=True)
class FetchEntry:
    """One attempt at a source, as the log keeps it (UTC)."""

    at: datetime
    outcome: Outcome
    failure: Failure | None = None
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    skipped: int = 0
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """A source with its state and figures, as the store knows them."""

    source: Source
    initiative_name: str
    state: SourceState
    events: int
    notices: int
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One visible change of an event: the field, and how it read before and after (plain text, may be empty)."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What changed of an event at one moment (UTC)."""

    at: datetime
    changes: tuple[Change, ...]
