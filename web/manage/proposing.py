"""What we read in words, as typed-in dates that a person can confirm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from aggregator.model.jobs import ProseFound
from aggregator.model.own_dates import OwnDate, Rhythm
from aggregator.model.prose import Suggestion
from aggregator.model.records import Record
from aggregator.model.times import EventTime
from aggregator.store.codec import decode


@dataclass(frozen=True, slots=True)
class Proposal:
    """A date that can be entered; `evidence` are the words that may tell it, "" where we are sure."""

    date: OwnDate
    evidence: str = ""


def proposals(result: str) -> tuple[Proposal, ...]:
    """What the worker read as dates that can be entered, then what it is not sure of; a series by its first dates."""
    found = decode(ProseFound, result)
    sure = (Proposal(one) for record in found.records if record.start for one in dates_of(record))
    maybe = (Proposal(date_told(record, one), one.evidence) for record in found.doubtful for one in record.suggestions)
    return (*sure, *maybe)


def dates_of(record: Record) -> tuple[OwnDate, ...]:
    """A record as typed-in dates: a series as one with its rhythm, several dates as several."""
    if record.recurrence.rules or len(record.occurrences) < 2:
        return (date_of(record),)
    return tuple(
        replace(date_of(record), start=text_of(one.start), end=text_of(one.end) if one.end else "")
        for one in record.occurrences
    )


def date_of(record: Record) -> OwnDate:
    """A record as one typed-in date."""
    assert record.start is not None
    rhythm, until = rhythm_of(record.recurrence.rules[0]) if record.recurrence.rules else (Rhythm.ONCE, "")
    return OwnDate(
        id="",
        title=record.title,
        start=text_of(record.start),
        end=text_of(record.end) if record.end and not record.start.is_date else "",
        place=record.place.text,
        description=record.description,
        link=record.link,
        rhythm=rhythm,
        until=until,
        without=tuple(f"{each.wall:%Y-%m-%d}" for each in record.recurrence.exceptions),
    )


def text_of(time: EventTime) -> str:
    """A time as the form writes it."""
    return f"{time.wall:%Y-%m-%d}" if time.is_date else f"{time.wall:%Y-%m-%dT%H:%M}"


def rhythm_of(rule: str) -> tuple[Rhythm, str]:
    """The rhythm of the form that means a rule, with its last day; once for rules that the form does not know."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    end = parts.get("UNTIL", "")[:8]
    until = f"{end[:4]}-{end[4:6]}-{end[6:]}" if end else ""
    if parts.get("FREQ") == "WEEKLY" and "," not in parts.get("BYDAY", ""):
        known = {"1": Rhythm.WEEKLY, "2": Rhythm.FORTNIGHTLY}
        return known.get(parts.get("INTERVAL", "1"), Rhythm.ONCE), until
    if parts.get("FREQ") == "MONTHLY" and parts.get("INTERVAL", "1") == "1" and "," not in parts.get("BYDAY", ""):
        return (Rhythm.MONTHLY_WEEKDAY if "BYDAY" in parts else Rhythm.MONTHLY_DAY), until
    return Rhythm.ONCE, until


def date_told(notice: Record, suggestion: Suggestion) -> OwnDate:
    """A date that a notice may tell; it leads to the notice's page, which so joins the event."""
    start, end = suggestion.start, suggestion.end
    rhythm, until = rhythm_of(suggestion.rule) if suggestion.rule else (Rhythm.ONCE, "")
    return OwnDate(
        id="",
        title=notice.title,
        start=text_of(start),
        end=last_of(start, end) if end else "",
        place=notice.place.text,
        description=notice.description,
        link=notice.link,
        topics=notice.topics,
        rhythm=rhythm,
        until=until,
    )


def last_of(start: EventTime, end: EventTime) -> str:
    """The end as the form writes it: of whole days the last one, "" for a single day."""
    if not start.is_date:
        return text_of(end)
    last = end.shifted(timedelta(days=-1))
    return text_of(last) if last.wall > start.wall else ""
