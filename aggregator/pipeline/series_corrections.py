"""Corrections of a series by people: the hours of all its dates, and single dates; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from aggregator.model.corrections import dated_of, field_of_date
from aggregator.model.events import EventOccurrence, MergedEvent, Statement
from aggregator.model.records import Recurrence, Status
from aggregator.model.times import EventTime

Move = Callable[[EventTime], EventTime]
UNTIL_FORM = "%Y%m%dT%H%M%S"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Other hours for what begins at the `usual` one: later by `shift`, and until `finish` if that was said."""

    usual: time
    shift: timedelta
    finish: time | None

    def of(self, moment: EventTime) -> EventTime:
        """A start at its new hour; one at another hour, or of a whole day, stays."""
        return moment.shifted(self.shift) if self.concern(moment) else moment

    def end(self, start: EventTime, end: EventTime | None) -> EventTime | None:
        """The new end of what began at `start`."""
        if self.finish is not None and self.concern(start):
            return next_at(self.of(start), self.finish)
        return end.shifted(self.of(start).wall - start.wall) if end else None

    def concern(self, moment: EventTime) -> bool:
        """Whether a start is at the usual hour."""
        return not moment.is_date and moment.wall.time() == self.usual


def series_corrected(event: MergedEvent, said: Mapping[str, str]) -> MergedEvent:
    """The series with its hours ("start" and "end" as "19:30") and single dates (`field_of_date`) as they were said.

    A date that already differs from the rule keeps its own hours. A rule that names hours itself is left alone.
    """
    hours = hours_of(event, said)

    def moved(one: EventOccurrence) -> EventOccurrence:
        start, end = hours.of(one.start), hours.end(one.start, one.end)
        return replace(one, original=hours.of(one.original), start=start, end=end)

    def corrected(one: EventOccurrence) -> EventOccurrence:
        return date_corrected(moved(one), said.get(field_of_date(one.original), ""))

    different = {each.original: corrected(each) for each in event.deviations}
    different |= {one.original: corrected(one) for one in event.occurrences if corrected(one) != moved(one)}
    return replace(
        event,
        start=hours.of(event.start),
        end=hours.end(event.start, event.end),
        recurrence=moved_rule(event.recurrence, hours),
        occurrences=tuple(sorted(map(corrected, event.occurrences), key=by_start)),
        deviations=tuple(sorted(different.values(), key=by_start)),
        statements=moved_statements(event, hours.of),
    )


def hours_of(event: MergedEvent, said: Mapping[str, str]) -> Hours:
    """What was said of the hours of all dates; nothing where the rule tells them itself."""
    usual = event.start.wall.time()
    if any("BYHOUR" in rule or "BYMINUTE" in rule for rule in event.recurrence.rules):
        return Hours(usual, timedelta(), None)
    begin = hour_of(said.get("start", ""))
    shift = since_midnight(begin) - since_midnight(usual) if begin else timedelta()
    return Hours(usual, shift, hour_of(said.get("end", "")))


def date_corrected(one: EventOccurrence, value: str) -> EventOccurrence:
    """One date as it was said; as it is if nothing, or nothing that can be read, was said."""
    said = dated_of(value, one.start.zone)
    if said is None:
        return one
    if isinstance(said, Status):
        return replace(one, status=said)
    start, end = said
    length = one.end.wall - one.start.wall if one.end and one.end.is_date == start.is_date else None
    return replace(one, start=start, end=end or (start.shifted(length) if length else None))


def moved_rule(recurrence: Recurrence, hours: Hours) -> Recurrence:
    """The repetition for another hour: its last moment moves along, or the last date would be lost."""
    rules = tuple(";".join(moved_part(part, hours.shift) for part in rule.split(";")) for rule in recurrence.rules)
    return Recurrence(rules, tuple(map(hours.of, recurrence.dates)), tuple(map(hours.of, recurrence.exceptions)))


def moved_part(part: str, shift: timedelta) -> str:
    """A part of a rule; UNTIL as a moment is moved (RFC 5545 section 3.3.10)."""
    name, _, value = part.partition("=")
    if name.upper() != "UNTIL" or "T" not in value:
        return part
    try:
        moment = datetime.strptime(value.rstrip("Z"), UNTIL_FORM) + shift
    except (ValueError, OverflowError):
        return part
    return f"{name}={moment:{UNTIL_FORM}}{'Z' if value.endswith('Z') else ''}"


def moved_statements(event: MergedEvent, move: Move) -> tuple[Statement, ...]:
    """What was announced of single dates, by the new name of each."""
    names = {one.original.iso(): move(one.original).iso() for one in (*event.deviations, *event.occurrences)}
    return tuple(replace(each, occurrence=names.get(each.occurrence, each.occurrence)) for each in event.statements)


def next_at(start: EventTime, hour: time) -> EventTime:
    """The first such hour after a start, on the wall clock."""
    end = datetime.combine(start.wall.date(), hour)
    return start.shifted((end if end > start.wall else end + A_DAY) - start.wall)


def hour_of(text: str) -> time | None:
    """ "19:30" as an hour, None for anything else."""
    try:
        return time.fromisoformat(text) if len(text) == len("19:30") else None
    except ValueError:
        return None


def since_midnight(hour: time) -> timedelta:
    """How long after midnight an hour is."""
    return timedelta(hours=hour.hour, minutes=hour.minute, seconds=hour.second)


def by_start(one: EventOccurrence) -> tuple[datetime, datetime]:
    """The order of dates."""
    return one.start.instant, one.original.instant
