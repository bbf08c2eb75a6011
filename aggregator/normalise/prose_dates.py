"""News that tell their date in words only: what the words say, stated as other feeds state it.

Only a reading above the bar becomes a start; what lies below leaves the item a notice with a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aggregator.model.components import Component, StatedRecurrence, StatedTime
from aggregator.model.holidays import SchoolHoliday
from aggregator.model.prose import ProseOccurrence, ProseReading, ProseSeries, Suggestion, TextPart, quoted
from aggregator.model.times import EventTime, zone_info
from aggregator.normalise.phrases import letters
from aggregator.normalise.prose.reading import BELIEVED_YEARS, read_prose
from aggregator.normalise.stated_times import read

# What a text must say to be read for a repetition at all, and how a rule ends.
ALWAYS = re.compile(r"\b(?:immer|jeweils|jede[nrs]?)\b", re.I)
BOUND = re.compile("COUNT=|UNTIL=")

PROSE_OF_A_FEED = 600_000
"""Characters of one feed that are read for dates, which takes seconds: without an end to it a long feed is lost."""

FEED_KINDS = {"rss", "rdf", "atom"}
"""Kinds whose items may be notices: news without a date are no events, and no mistake."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A component with the dates that its words tell, and those words; unchanged when they tell none.

    `due` is the deadline that a component without dates tells. `suggestions` are dates below the bar;
    `unread` are exceptions of a series that nobody could date.
    """

    component: Component
    evidence: str = ""
    due: EventTime | None = None
    suggestions: tuple[Suggestion, ...] = ()
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where and how a source writes; `school_holidays` are those of its place, as far as they are known.

    `longest` is how many characters of one text are read for dates.
    """

    zone: str
    language: str
    school_holidays: tuple[SchoolHoliday, ...] = ()
    longest: int = PROSE_OF_A_FEED


def announced(component: Component, title: str, text: str, home: Home) -> Announced:
    """The component of a feed without event dates, with those that its title and plain text tell."""
    if component.start is not None:
        return repeated(component, title, text, home)
    if component.kind not in FEED_KINDS:
        return Announced(component)
    reading = read_of(component, title, text, home)
    if series := reading.certain_series:
        return Announced(_with_series(component, series), quoted(series.evidence), unread=series.unread)
    suggestions = reading.suggestions
    if occurrences := reading.certain:
        evidence = tuple(each for occurrence in occurrences for each in occurrence.evidence)
        return Announced(_with_occurrences(component, occurrences), quoted(evidence), suggestions=suggestions)
    # Of several deadlines the first is the one that a reader must not miss.
    deadline = min(reading.deadlines, key=lambda each: each.day.instant, default=None)
    told, due = (deadline.evidence.text, deadline.day) if deadline else ("", None)
    return Announced(component, told, due, suggestions)


def repeated(component: Component, title: str, text: str, home: Home) -> Announced:
    """A single entry as the whole course of which its words tell: "ab 3. November immer dienstags, sechs Abende".

    Only if they tell where it ends and the entry is where it begins, or every date of an exhibition that says
    "jeden Sonntag" would found a series of its own.
    """
    lowered = letters(text)
    is_told = "immer" in lowered or "jeweils" in lowered or "jede" in lowered
    day = first_day(component) if is_told and ALWAYS.search(text) else None
    # Most say "jeder ist willkommen"; a course names its first day, and only then is the whole text read.
    if day is None or f"{day.day}." not in f"{title} {text}":
        return Announced(component)
    parts = (TextPart("title", title), TextPart("content", text))
    told = read_prose(parts, day, home.zone, component.language or home.language, home.school_holidays)
    series = told.certain_series
    if series is None or not BOUND.search(series.rule) or not begins(series, day):
        return Announced(component)
    rule = StatedRecurrence((series.rule,), exceptions=tuple(_stated(each) for each in series.exceptions))
    return Announced(replace(component, recurrence=rule), quoted(series.evidence), unread=series.unread)


def first_day(component: Component) -> date | None:
    """The day on which a calendar's single entry begins at an hour; None for anything else."""
    stated = component.recurrence
    if component.kind != "vevent" or component.start is None or component.recurrence_id or stated.rules or stated.dates:
        return None
    begin = read(component.start.text)
    is_sound = begin is not None and not begin.is_date and begin.wall.year in BELIEVED_YEARS
    return begin.wall.date() if begin and is_sound else None


def begins(series: ProseSeries, day: date) -> bool:
    """Whether a series begins on a day that its words name, and not only because they were read on it."""
    named = any(each.text.startswith(f"{day.day}.") for each in series.evidence)
    return named and series.start.wall.date() == day


def longest_read(components: Sequence[Component]) -> int:
    """How many characters of each item are read for dates, so that all together stay below their limit.

    The short ones are read whole, the longest are cut alike.
    """
    lengths = sorted(len(each.description) for each in components if each.kind in FEED_KINDS and each.start is None)
    left = PROSE_OF_A_FEED
    for number, length in enumerate(lengths):
        share = left // (len(lengths) - number)
        if length > share:
            return share
        left -= length
    return PROSE_OF_A_FEED


def read_of(component: Component, title: str, text: str, home: Home) -> ProseReading:
    """The whole reading of an item, with what lies below the bar."""
    zone = home.zone
    moment = component.published or component.updated
    # A broken clock says year 1 or 9999, which no zone can shift.
    sound = moment is not None and moment.year in BELIEVED_YEARS
    published = moment.astimezone(zone_info(zone)).date() if moment and sound else None
    parts = (TextPart("title", title), TextPart("content", text[: home.longest]))
    return read_prose(parts, published, zone, component.language or home.language, home.school_holidays)


def _with_series(component: Component, series: ProseSeries) -> Component:
    exceptions = tuple(_stated(each) for each in series.exceptions)
    return replace(
        component,
        start=_stated(series.start),
        end=_stated(series.end) if series.end else None,
        recurrence=StatedRecurrence((series.rule,), exceptions=exceptions),
    )


def _with_occurrences(component: Component, occurrences: Sequence[ProseOccurrence]) -> Component:
    """The first occurrence as start and the others as further dates; an end only if all are equally long."""
    first, *further = occurrences
    length = _length(first)
    agreed = all(_length(each) in (None, length) for each in further)
    timed = first.end if agreed and not first.all_day else None
    return replace(
        component,
        start=_stated(first.start),
        end=_stated(timed) if timed else None,
        # A duration, since an RDF item's last day would count as part of the event and others' not.
        duration=length if agreed and first.all_day else None,
        recurrence=StatedRecurrence(dates=tuple(_stated(each.start) for each in further)),
    )


def _length(occurrence: ProseOccurrence) -> timedelta | None:
    return occurrence.end.wall - occurrence.start.wall if occurrence.end else None


def _stated(time: EventTime) -> StatedTime:
    if time.is_date:
        return StatedTime(f"{time.wall:%Y%m%d}")
    return StatedTime(f"{time.wall:%Y%m%dT%H%M%S}", time.zone)
