"""What a calendar does for readers with quirks; docs/feeds.md says who needs which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aggregator.model.records import Status

GONE = frozenset({Status.CANCELLED, Status.WITHDRAWN})


class Cancelled(StrEnum):
    """How what does not take place is shown: as STATUS:CANCELLED, not at all, or by its title alone."""

    MARK = "mark"
    HIDE = "hide"
    PREFIX = "prefix"


class LinkTo(StrEnum):
    """Where URL leads: to our own page of the event, or to the page of who announces it."""

    LOCAL = "local"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """The options of one calendar; `utc` writes every time in UTC, and so each date of a series by itself."""

    expand: bool = False
    cancelled: Cancelled = Cancelled.MARK
    links: LinkTo = LinkTo.LOCAL
    utc: bool = False

    @property
    def expands(self) -> bool:
        """Whether series become single events: a rule in UTC would be an hour off for half of the year."""
        return self.expand or self.utc

    def hides(self, status: Status) -> bool:
        """Whether something of this status is left out."""
        return self.cancelled is Cancelled.HIDE and status in GONE
