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

    def today(self, wanted: EventFilter, today: date) -> str:
        """The agenda of today, under an address that means every day's own."""
        return self.to("/today", wanted.without_dates.query())

    def weekend(self, wanted: EventFilter, first: date, last: date) -> str:
        """The agenda of this weekend."""
        return self.to("/weekend", wanted.without_dates.query())

    def list(self, wanted: EventFilter, page: int = 1) -> str:
        """Everything that is wanted, each event once; words are searched for on the first page of all."""
        own = own_query(page=str(page) if page > 1 else "")
        return self.to("/" if wanted.text else "/list", "&".join(part for part in (wanted.query(), own) if part))

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

    def report(self, event_id: str, on: date | None = None) -> str:
        """The form by which a mistake in an event is reported."""
        return self.to(f"/event/{quote(event_id, safe='')}/report", own_query(on=on.isoformat() if on else ""))

    def directory(self, wanted: EventFilter, letter: str = "", page: int = 1) -> str:
        """The initiatives that the filter and the first letter leave."""
        own = own_query(letter=letter, page=str(page) if page > 1 else "")
        return self.to("/initiatives", "&".join(part for part in (wanted.query(), own) if part))

    def initiative(self, initiative_id: str) -> str:
        """An initiative's own page."""
        return self.to(f"/initiatives/{quote(initiative_id, safe='')}")

    def umbrella(self, initiative_id: str) -> str:
        """The common calendar of an alliance."""
        return self.to(f"/umbrellas/{quote(initiative_id, safe='')}")

    def map(self, wanted: EventFilter, what: str = "", fragment: str = "") -> str:
        """The map of events, or with `what` of initiatives."""
        query = "&".join(part for part in (wanted.query(), own_query(what=what)) if part)
        return self.to("/map", query, fragment)

    def feed(self, name: str, wanted: EventFilter) -> str:
        """A machine-readable form of what is wanted, such as "calendar.ics"."""
        return self.to(f"/{name}", wanted.query())


def oembed_link(base_url: str, address: str) -> str:
    """Where programs ask what stands for one of our pages in other people's texts (oEmbed 1.0)."""
    return f"{base_url}/oembed?{urlencode({'url': base_url + address, 'format': 'json'})}"


def own_query(**values: str) -> str:
    """A page's own parameters as a query, those without a value left out."""
    return urlencode({name: value for name, value in values.items() if value})


def monday_of(day: date) -> date:
    """The first day of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def first_of_next_month(day: date) -> date:
    """The first of the month after that of `day`."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def first_of_previous_month(day: date) -> date:
    """The first of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
