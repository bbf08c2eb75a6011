"""What an initiative lets us repeat of its announcements, and what it says of all of them at once."""

from __future__ import annotations

from dataclasses import replace

from aggregator.model.facts import Facts
from aggregator.model.records import Record
from aggregator.model.sources import Consent, Source


def as_agreed(record: Record, source: Source) -> Record:
    """The record with the source's topics where it names none, and without what may not be repeated.

    Taken out here, before anything is stored: no output can forget it. What remains of a source that allows
    title and link only is when, where and whether it takes place.
    """
    record = record if record.topics or not source.topics else replace(record, topics=source.topics)
    if source.consent is Consent.WHOLE:
        return record
    # What may be a date is for its owner and the operator to see, who can read the words at the source.
    unquoted = tuple(replace(each, evidence="") for each in record.suggestions)
    record = replace(record, suggestions=unquoted)
    return replace(record, description="", links=(), organizer="", categories=(), facts=Facts(), evidence="")
