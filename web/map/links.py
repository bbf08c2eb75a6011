"""Links that stay on the map: whatever is chosen there, the map shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aggregator.model.filters import EventFilter
from web.links import Links


@dataclass(frozen=True, slots=True)
class MapLinks(Links):
    """As Links, but the agenda and the directory are the map of events and of initiatives."""

    def agenda(self, wanted: EventFilter, fragment: str = "") -> str:
        """The map of what is wanted."""
        return self.map(wanted, fragment=fragment)

    def directory(self, wanted: EventFilter, letter: str = "", page: int = 1) -> str:
        """The map of the initiatives that are wanted."""
        return self.map(wanted, "initiatives")

    def today(self, wanted: EventFilter, today: date) -> str:
        """The map of today."""
        return self.span(wanted, today, today)

    def weekend(self, wanted: EventFilter, first: date, last: date) -> str:
        """The map of this weekend."""
        return self.span(wanted, first, last)

    def day(self, wanted: EventFilter, day: date) -> str:
        """The map of one day."""
        return self.span(wanted, day, day)
