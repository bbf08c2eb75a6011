"""The dates of a merged event: those of its leading record, and what is told of single ones elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from aggregator.match.standardising import moment, moment_of
from aggregator.match.voices import Choir, Voice
from aggregator.model.events import EventOccurrence, MergedEvent
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, Status
from aggregator.model.text import key
from aggregator.model.times import EventTime

# What a reader must know of a date even if only one of its announcers says so.
WARNINGS = (Status.CANCELLED, Status.MOVED, Status.SOLD_OUT)


@dataclass(frozen=True, slots=True)
class Dates:
    """All occurrences inside the horizon by start, and those of any time that differ from the rule."""

    occurrences: tuple[EventOccurrence, ...]
    deviations: tuple[EventOccurrence, ...] = ()


def dates_of(event: MergedEvent, choir: Choir) -> Dates:
    """The dates of an event whose other fields are merged already."""
    if not event.is_series:
        return Dates((EventOccurrence(event.start, event.start, event.end, event.status),))
    series = choir.leader.record
    overrides = {v.record.id: v.record for v in choir.dates if v.is_override and v.record.series == series.id}
    inside = [(moment(date.original), date) for date in series.occurrences]
    known = [*inside, *((moment(date.original), date) for date in outside_horizon(overrides, dict(inside)))]
    by_rule = {at: by_rule_of(date, event) for at, date in known}
    # Nearly all dates are told as the rule has them.
    told = {
        at: told_of(date, overrides.get(date.record), event, series) if date.record or is_told(date) else by_rule[at]
        for at, date in known
    }
    for voice in choir.dates:
        date = moment_of(voice.member.occurrence)
        if voice.record.id not in overrides and date in told:
            told[date] = corrected(told[date], voice, event, choir.leader)
    return Dates(
        occurrences=by_start(told[at] for at, _ in inside),
        deviations=by_start(date for at, date in told.items() if date is not by_rule[at] and date != by_rule[at]),
    )


def is_told(date: Occurrence) -> bool:
    """Whether something is said of a date that the rule does not say."""
    return date.status is not Status.CONFIRMED


def outside_horizon(overrides: Mapping[str, Record], inside: Container[str]) -> list[Occurrence]:
    """The dates of which only an override tells, as they lie outside the horizon."""
    return [
        Occurrence(override.original, override.start, override.end, override.id, override.status)
        for override in overrides.values()
        if override.original and override.start and moment(override.original) not in inside
    ]


def by_rule_of(date: Occurrence, event: MergedEvent) -> EventOccurrence:
    """The date as the rule alone would have it."""
    if date.record:
        return EventOccurrence(date.original, date.original, end_after(date.original, event), event.status)
    return EventOccurrence(date.original, date.start, date.end or end_after(date.start, event), event.status)


def told_of(date: Occurrence, override: Record | None, event: MergedEvent, series: Record) -> EventOccurrence:
    """The date as its own source tells it; of an override only what differs from the series."""
    status = event.status if date.status is Status.CONFIRMED else date.status
    end = date.end or end_after(date.start, event)
    told = EventOccurrence(date.original, date.start, end, status)
    if override is None:
        return told
    return replace(
        told,
        title=override.title if override.title != series.title else "",
        place=override.place if override.place not in (series.place, Place()) else None,
        description=override.description if override.description != series.description else "",
        url=override.link if override.link != series.link else "",
    )


def corrected(date: EventOccurrence, voice: Voice, event: MergedEvent, leader: Voice) -> EventOccurrence:
    """The date with what an announcement of it elsewhere adds: cancelled, sold out, moved, or a title of its own.

    Of several announcements the weightiest comes first, so what is told already stays.
    """
    record, may_correct = voice.record, voice.may_correct(leader)
    is_warning = may_correct and record.status in WARNINGS and date.status not in WARNINGS
    # The series was withdrawn by its own source, but somebody still announces this date.
    if is_warning or (date.status is Status.WITHDRAWN and voice.is_live):
        date = replace(date, status=record.status)
    if may_correct and record.start and moment(record.start) not in (moment(date.start), moment(date.original)):
        date = replace(date, start=record.start, end=record.end or end_after(record.start, event))
    if not date.title and record.title and key(record.title) != key(event.title):
        date = replace(date, title=record.title)
    return date


def end_after(start: EventTime, event: MergedEvent) -> EventTime | None:
    """The end of a date that begins at `start` and is as long, on the wall clock, as the event."""
    if event.end is None or start.is_date != event.start.is_date:
        return None
    return start.shifted(event.end.wall - event.start.wall)


def by_start(dates: Iterable[EventOccurrence]) -> tuple[EventOccurrence, ...]:
    """Dates in their order; those that start together by their original start."""
    return tuple(sorted(dates, key=lambda date: (date.start.instant, date.original.instant)))
