"""Announcements as people read them on a terminal: title, time, place and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aggregator.model.records import Record
from aggregator.model.settings import Settings
from aggregator.model.times import EventTime


def announcers(settings: Settings) -> dict[str, str]:
    """The name of who publishes each source."""
    names = {initiative.id: initiative.name for initiative in settings.initiatives}
    return {source.id: names.get(source.initiative, source.initiative) for source in settings.sources}


def record_lines(record: Record, names: Mapping[str, str], occurrence: str = "") -> Iterator[str]:
    """One announcement; of a series the date that is meant, by its ISO start."""
    when = spoken(record.start)
    if occurrence:
        when = f"a series, here its date {spoken(time_of(occurrence, record))}"
    elif record.is_series:
        when = f"a series, first on {when}"
    yield f"   - {record.stated_title}"
    yield f"     {when}; {record.place.text or 'no place told'}; by {names.get(record.source, record.source)}"


def time_of(iso: str, record: Record) -> EventTime | None:
    """The date of a series that begins at an ISO 8601 time, as the series tells it."""
    return next((each.start for each in record.occurrences if each.original.iso() == iso), record.start)


def spoken(time: EventTime | None) -> str:
    """A start in words: "Wed 4 Nov 2026, 19:00"."""
    if time is None:
        return "no date"
    return f"{time.wall:%a} {time.wall.day} {time.wall:%b %Y}" + ("" if time.is_date else f", {time.wall:%H:%M}")
