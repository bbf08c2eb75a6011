"""From dates with their roles to the occurrences of one event: which dates count, at what time, how surely."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from aggregator.model.prose import Evidence, ProseOccurrence
from aggregator.model.times import EventTime
from aggregator.normalise.prose.choosing import chosen
from aggregator.normalise.prose.confidence import confidence_of
from aggregator.normalise.prose.ranges import Together
from aggregator.normalise.prose.resolving import Resolved
from aggregator.normalise.prose.statements import Item, Statement
from aggregator.normalise.prose.timing import Timing, timing_of
from aggregator.normalise.prose.weekdays import read_weekdays

ONE_DAY = timedelta(days=1)
LONGEST_DAILY = 31
"""Days of a range that become an occurrence each, when its hours are those of every day."""
MOST_OCCURRENCES = 60
SMALL_HOURS, EVENING = 6 * 60, 18 * 60
"""Hours of a night that are those of its second day, and from when on those of its first."""


@dataclass(frozen=True, slots=True)
class Told:
    """One occurrence before it has a zone."""

    resolved: Resolved
    last_day: date
    timing: Timing
    statement: Statement


def occurrences_of(item: Item, zone: str) -> tuple[ProseOccurrence, ...]:
    """The occurrences that the item's own event has, in order; nothing when it names no day."""
    told = [each for statement in chosen(item) for each in _told(item, statement)]
    shared = next((each.timing for each in told if each.timing.start is not None), None)
    if shared is not None:
        told = [_with_time(each, shared) for each in told]
    found = {each.start: each for each in (_occurrence(item, each, zone) for each in reversed(told))}
    return tuple(sorted(found.values(), key=lambda each: each.start.wall))[:MOST_OCCURRENCES]


def further_of(item: Item, zone: str) -> tuple[ProseOccurrence, ...]:
    """The dates that the text names beside those of its own event, each with the time that stands by it."""
    own = chosen(item)
    beside = (statement for statement in item.events() if statement not in own)
    found = [_occurrence(item, each, zone) for statement in beside for each in _told(item, statement)]
    return tuple({each.start: each for each in reversed(found)}.values())[::-1][:MOST_OCCURRENCES]


def _told(item: Item, statement: Statement) -> list[Told]:
    """The occurrences that one statement tells."""
    timing = timing_of(item, statement)
    first, last = statement.days[0], statement.days[-1]
    if statement.is_range:
        days = (last.day - first.day).days
        if timing.is_daily and 0 < days < LONGEST_DAILY:
            each = [first.day + timedelta(days=step) for step in range(days + 1)]
            open_on = _weekdays_of(statement, timing)
            each = [day for day in each if not open_on or day.weekday() in open_on]
            return [Told(Resolved(day, first.check, first.year_written), day, timing, statement) for day in each]
        return [Told(first, max(last.day, first.day), timing, statement)]
    if statement.dates.together is Together.NIGHT:
        begins = first.day + ONE_DAY if timing.start is not None and timing.start < SMALL_HOURS else first.day
        return [Told(replace(first, day=begins), begins, timing, statement)]
    if timing.is_respective and len(timing.shows) == len(statement.days):
        pairs = zip(statement.days, timing.shows, strict=True)
        return [Told(resolved, resolved.day, timing.at_show(show), statement) for resolved, show in pairs]
    if len(statement.days) == 1 and _is_eve(statement, timing):
        first = replace(first, day=first.day - ONE_DAY)
        return [Told(first, first.day, timing, statement)]
    told = [Told(resolved, resolved.day, timing, statement) for resolved in statement.days]
    return [
        Told(each.resolved, each.last_day, timing.at_show(show), statement) for each in told for show in timing.shows
    ] or told


def _is_eve(statement: Statement, timing: Timing) -> bool:
    """Whether an evening is that before the day which is named: "Nacht zum Sonntag, 6. Dezember, ab 22 Uhr"."""
    words, first = statement.passage.words, statement.mention.first
    leads = words.low(first - 1) in ("zum", "auf") and words.low(first - 2) == "nacht"
    return leads and timing.start is not None and timing.start >= EVENING


def _weekdays_of(statement: Statement, timing: Timing) -> tuple[int, ...]:
    """The weekdays that stand between a range and its daily hours: "5.–20. Dezember, Di–So 14–18 Uhr"."""
    words = statement.passage.words
    behind = [timed.mention.first for timed in timing.evidence if timed.passage is statement.passage]
    for index in range(statement.mention.last, min(behind, default=0)):
        weekdays, _ = read_weekdays(words, index)
        if len(weekdays) > 1:
            return weekdays
    return ()


def _with_time(told: Told, shared: Timing) -> Told:
    """A day without a time takes the one that the others have."""
    if told.timing.start is not None or told.statement.is_range:
        return told
    return Told(told.resolved, told.last_day, shared, told.statement)


def _occurrence(item: Item, told: Told, zone: str) -> ProseOccurrence:
    timing, day = told.timing, told.resolved.day
    confidence = confidence_of(item, told.statement, told.resolved, timing)
    evidence = _evidence(told.statement, timing)
    if timing.start is None:
        end = EventTime.of_date(told.last_day + ONE_DAY, zone) if told.last_day > day else None
        return ProseOccurrence(EventTime.of_date(day, zone), end, confidence, evidence)
    doors = moment(day, timing.doors, zone) if timing.doors is not None else None
    start, end = moment(day, timing.start, zone), _end(told, zone)
    return ProseOccurrence(start, end if end and end.wall > start.wall else None, confidence, evidence, doors)


def _end(told: Told, zone: str) -> EventTime | None:
    """The end of a timed occurrence; a range without hours ends with its last day."""
    timing = told.timing
    if told.last_day > told.resolved.day:
        return moment(told.last_day, timing.end if timing.end is not None else 24 * 60, zone)
    return moment(told.resolved.day, timing.end, zone) if timing.end is not None else None


def moment(day: date, minutes: int, zone: str) -> EventTime:
    """A day and minutes after its midnight on the wall clock; 24:00 is the next midnight."""
    return EventTime(datetime.combine(day, time()) + timedelta(minutes=minutes), zone)


def _evidence(statement: Statement, timing: Timing) -> tuple[Evidence, ...]:
    """The words of the date, and those of the time where they stand apart."""
    first, last = statement.mention.first, statement.mention.last
    found: list[Evidence] = []
    for timed in timing.evidence:
        if timed.passage is statement.passage and timed.mention.sentence == statement.mention.sentence:
            first, last = min(first, timed.mention.first), max(last, timed.mention.last)
        else:
            found.append(timed.passage.evidence(timed.mention.first, timed.mention.last))
    return (statement.passage.evidence(first, last), *found)
