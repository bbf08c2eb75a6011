"""What a text says of time: dates, repetition and deadlines read from prose, with evidence and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aggregator.model.times import EventTime

BAR = 0.75
"""From this confidence on a reading becomes an event; below it stays a suggestion for people.

A day and month in a text are worth 0.70. A weekday that agrees adds 0.15, a time 0.10, standing in title or
lead 0.08, a written year 0.05; a weekday that conflicts, a day before the item's own date or mere relative
words ("morgen") take it below the bar, whatever else speaks for it.
"""


WORTH_A_LOOK = 0.3
"""Below this a reading is not even suggested."""
MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of an item's text; `name` is title, summary or content."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that something was read from, as they stand in a part."""

    text: str
    part: str


@dataclass(frozen=True, slots=True)
class ProseOccurrence:
    """One happening that a text names.

    `start` is a date when no time is given; an all-day `end` is exclusive (RFC 5545 section 3.6.1).
    `doors` is when people are let in, if that is told beside the beginning.
    """

    start: EventTime
    end: EventTime | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    doors: EventTime | None = None

    @property
    def all_day(self) -> bool:
        """Whether no time of day is told."""
        return self.start.is_date


@dataclass(frozen=True, slots=True)
class ProseSeries:
    """A repetition that a text tells: an RRULE value, its first start and end, and the starts left out.

    `unread` are exceptions that nobody could date: "außer in den Ferien" where no school holidays are known.
    """

    rule: str
    start: EventTime
    end: EventTime | None
    confidence: float
    exceptions: tuple[EventTime, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unread: str = ""


@dataclass(frozen=True, slots=True)
class ProseDeadline:
    """A day until which something has to be done; never the day of an event."""

    day: EventTime
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A date that a text may tell, not surely enough for an event: for a person to look at.

    `rule` is an RRULE value if it repeats; `evidence` the words that were read. An all-day `end` is exclusive.
    """

    start: EventTime
    confidence: float
    evidence: str
    end: EventTime | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class ProseReading:
    """All that a text says of time; either a series or occurrences in order, or neither."""

    occurrences: tuple[ProseOccurrence, ...] = ()
    series: ProseSeries | None = None
    deadlines: tuple[ProseDeadline, ...] = ()

    @property
    def certain(self) -> tuple[ProseOccurrence, ...]:
        """The occurrences that may become an event."""
        return tuple(each for each in self.occurrences if each.confidence >= BAR)

    @property
    def certain_series(self) -> ProseSeries | None:
        """The series, if it may become one."""
        return self.series if self.series and self.series.confidence >= BAR else None

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What lies below the bar, but not so far that it is a mere guess."""
        doubtful = [each for each in self.occurrences if WORTH_A_LOOK <= each.confidence < BAR]
        found = [Suggestion(each.start, each.confidence, quoted(each.evidence), each.end) for each in doubtful]
        series = self.series
        if series and WORTH_A_LOOK <= series.confidence < BAR:
            evidence = quoted(series.evidence)
            found = [Suggestion(series.start, series.confidence, evidence, series.end, series.rule), *found]
        return tuple(found[:MOST_SUGGESTIONS])


def quoted(evidence: Sequence[Evidence]) -> str:
    """The words that were read, once each and in their order."""
    return " … ".join(dict.fromkeys(each.text for each in evidence))
