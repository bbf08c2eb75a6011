"""Addresses of our own pages; every link keeps the language that the visitor chose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from aggregator.model.filters import EventFilter


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses; `language` is what stood in `?lang=`, empty when it was negotiated."""

    language: str = ""

    def to(self, path: str, query: str = "", fragment: str = "") -> str:
        """A path of ours with a query that is already encoded."""
        language = urlencode({"lang": self.language}) if self.language else ""
        whole = "&".join(part for part in (query, language) if part)
        return path + (f"?{whole}" if whole else "") + (f"#{fragment}" if fragment else "")

    def agenda(self, wanted: EventFilter, fragment: str = "") -> str:
        """The agenda of what is wanted."""
        return self.to("/", wanted.query(), fragment)

    def span(self, wanted: EventFilter, first: date | None, last: date | None) -> str:
        """The agenda of what is wanted, on other days (both inclusive)."""
        return self.agenda(replace(wanted, first=first, last=last))

    def day(self, wanted: EventFilter, day: date) -> str:
        """The agenda of one day."""
        return self.span(wanted, day, day)

    def month(self, wanted: EventFilter, day: date) -> str:
        """The month that `day` lies in."""
        return self.to(f"/month/{day:%Y-%m}", wanted.without_dates.query())

    def week(self, wanted: EventFilter, day: date) -> str:
        """The ISO week that `day` lies in."""
        year, week, _ = day.isocalendar()
        return self.to(f"/week/{year:04}-W{week:02}", wanted.without_dates.query())

    def event(self, event_id: str, on: date | None = None, fragment: str = "") -> str:
        """An event's page; `on` picks the occurrence of a series."""
        query = urlencode({"on": on.isoformat()}) if on else ""
        return self.to(f"/event/{quote(event_id, safe='')}", query, fragment)

    def feed(self, name: str, wanted: EventFilter) -> str:
        """A machine-readable form of what is wanted, such as "calendar.ics"."""
        return self.to(f"/{name}", wanted.query())


def monday_of(day: date) -> date:
    """The first day of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def first_of_next_month(day: date) -> date:
    """The first of the month after that of `day`."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def first_of_previous_month(day: date) -> date:
    """The first of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
