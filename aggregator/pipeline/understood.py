"""A reading in figures and examples, as a preview tells it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from aggregator.model.events import EventOccurrence
from aggregator.model.preview import Coming, Doubtful, Due, Missing
from aggregator.model.records import FeedReading, Occurrence, Record
from aggregator.model.times import TimeKind

SHOWN = 10


def dated(reading: FeedReading) -> list[Record]:
    """The singles and series of a reading: neither notices nor changes of one date."""
    return [record for record in reading.records if not (record.is_notice or record.is_override)]


def upcoming(reading: FeedReading, now: datetime) -> tuple[Coming, ...]:
    """All dates of the horizon that are not over at `now` (aware), by start."""
    known = {record.id: record for record in reading.records}
    dates = [date for record in dated(reading) for date in _dates(record, known, now)]
    return tuple(sorted(dates, key=lambda date: (date.start.instant, date.title)))


def doubtful(reading: FeedReading, now: datetime) -> tuple[Doubtful, ...]:
    """The dates to come that are told too vaguely to be shown, by start; a repetition counts as to come."""
    found = [
        Doubtful(record.title, each, record.link)
        for record in reading.records
        for each in record.suggestions
        if each.rule or EventOccurrence(each.start, each.start, each.end).ends_at > now
    ]
    return tuple(sorted(found, key=lambda each: (each.suggestion.start.instant, each.title)))[:SHOWN]


def due(reading: FeedReading, now: datetime) -> tuple[Due, ...]:
    """The deadlines to come, the next first."""
    found = [Due(record.title, record.due) for record in reading.records if record.is_notice and record.due]
    coming = [each for each in found if EventOccurrence(each.day, each.day, None).ends_at > now]
    return tuple(sorted(coming, key=lambda each: (each.day.instant, each.title)))[:SHOWN]


def missing(reading: FeedReading) -> Missing:
    """How many singles and series lack a place, an end or a time zone."""
    records = dated(reading)
    return Missing(
        places=sum(
            not (record.place.text or record.place.online or record.place.has_coordinates) for record in records
        ),
        ends=sum(record.end is None and record.start is not None and not record.start.is_date for record in records),
        # Karte von morgen knows no zones; nobody can enter one there.
        zones=sum(
            record.start is not None and record.start.kind is TimeKind.FLOATING and record.kind != "kartevonmorgen"
            for record in records
        ),
    )


def _dates(record: Record, known: Mapping[str, Record], now: datetime) -> Iterator[Coming]:
    for occurrence in record.occurrences:
        if EventOccurrence(occurrence.original, occurrence.start, occurrence.end).ends_at > now:
            yield _coming(known.get(occurrence.record, record), record, occurrence)


def _coming(speaker: Record, record: Record, occurrence: Occurrence) -> Coming:
    """One date; `speaker` is the override that changes it, else the record itself."""
    return Coming(
        title=speaker.title,
        start=occurrence.start,
        end=occurrence.end,
        place=speaker.place.text or record.place.text,
        status=occurrence.status,
        repeats=record.is_series,
        link=speaker.link or record.link,
        facts=record.facts,
    )
