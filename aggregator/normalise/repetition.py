"""Stated repetition to a judged one, in the terms of the series' own start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from aggregator.model.components import StatedRecurrence, StatedTime
from aggregator.model.defects import DefectKind
from aggregator.model.records import Recurrence
from aggregator.model.times import EventTime, TimeKind
from aggregator.normalise.judging import MOST_DATES, MOST_RULES, Refusal, judge, rule_parts
from aggregator.normalise.stated_times import YEARS, moment, read
from aggregator.normalise.timezones import Zones

LAST_SECOND = time(23, 59, 59)
SEVERAL_A_DAY = re.compile(r"BYHOUR|BYMINUTE|HOURLY|MINUTELY|SECONDLY")


@dataclass(frozen=True, slots=True)
class Judged:
    """A repetition that is safe to expand, and what was refused of it."""

    recurrence: Recurrence
    refusals: tuple[Refusal, ...] = ()


def judged(stated: StatedRecurrence, start: EventTime, zones: Zones) -> Judged:
    """The repetition with sound rules only, every time of it told as `start` is told.

    More rules or dates than one series may have cost the whole repetition: cutting a list of
    exceptions would bring cancelled dates back.
    """
    if too_many := _too_many(stated):
        return Judged(Recurrence(), (too_many,))
    refusals = [refusal for rule in stated.rules if (refusal := judge(rule))]
    rules = tuple(dict.fromkeys(_with_end(rule, start) for rule in stated.rules if judge(rule) is None))
    dates = _moments(stated.dates, zones, refusals)
    exceptions = _moments(stated.exceptions, zones, refusals)
    recurrence = Recurrence(
        rules=rules,
        dates=_sorted(aligned(date, start) for date in dates),
        exceptions=_sorted(_exception(day, start, rules) for day in exceptions) if rules or dates else (),
    )
    return Judged(recurrence, tuple(refusals))


def aligned(other: EventTime, start: EventTime) -> EventTime:
    """A time of a series (RDATE, EXDATE, RECURRENCE-ID) told as the series' start is: same zone, same kind.

    Feeds mix them: a date means the occurrence of that day, a floating time the series' wall clock.
    """
    if start.is_date:
        return EventTime.of_date(other.local_day(start.zone), start.zone)
    if other.is_date:
        return EventTime(datetime.combine(other.wall.date(), start.wall.time()), start.zone, start.kind)
    if other.kind is TimeKind.FLOATING or other.zone == start.zone:
        return EventTime(other.wall, start.zone, start.kind, other.fold)
    there = EventTime.of_instant(other.instant, start.zone)
    return EventTime(there.wall, start.zone, start.kind, there.fold)


def _too_many(stated: StatedRecurrence) -> Refusal | None:
    if len(stated.rules) > MOST_RULES:
        return Refusal(DefectKind.RECURRENCE_LIMIT, f"{len(stated.rules)} RRULE")
    dates = len(stated.dates) + len(stated.exceptions)
    return Refusal(DefectKind.RECURRENCE_LIMIT, f"{dates} RDATE, EXDATE") if dates > MOST_DATES else None


def _moments(stated: Sequence[StatedTime], zones: Zones, refusals: list[Refusal]) -> list[EventTime]:
    """The moments that can be read; the others are refused as properties, not with the rule."""
    found = [(text, moment(text, zones, repeats=True)) for text in stated]
    refusals += (Refusal(DefectKind.BAD_PROPERTY, text.text[:80]) for text, time in found if time is None)
    return [time for _, time in found if time is not None]


def _exception(day: EventTime, start: EventTime, rules: Sequence[str]) -> EventTime:
    """An EXDATE: a mere date means the occurrence of that day, or all of them if a day has several."""
    several = any(SEVERAL_A_DAY.search(rule) for rule in rules)
    return day if day.is_date and several else aligned(day, start)


def _sorted(times: Iterable[EventTime]) -> tuple[EventTime, ...]:
    """The moments in their order, each once."""
    return tuple(sorted(set(times), key=lambda time: (time.instant, time.kind)))


def _with_end(rule: str, start: EventTime) -> str:
    """The rule in capitals with UNTIL in the form of its start (RFC 5545 section 3.3.10)."""
    parts = dict(rule_parts(rule) or {})
    if "UNTIL" in parts:
        until = _until(parts.pop("UNTIL"), start)
        parts |= {"UNTIL": until} if until else {}
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _until(text: str, start: EventTime) -> str:
    """The last moment of a series as its start wants it; empty for an end that is no end (year 9999).

    A date on a timed series includes that whole day, as Google means it. An instant on an all-day
    series means the local day it begins, or else the day that is written.
    """
    written = read(text)
    if written is None or written.wall.year >= YEARS.stop:
        return ""
    wall = max(written.wall, datetime(YEARS.start, 1, 2))
    if written.offset is not None:
        local = EventTime.of_instant((wall - written.offset).replace(tzinfo=UTC), start.zone).wall
        wall = wall if start.is_date and local.time() != time() else local
    elif written.is_date and not start.is_date:
        wall = datetime.combine(wall.date(), LAST_SECOND)
    if start.is_date:
        return f"{wall:%Y%m%d}"
    if start.kind is TimeKind.FLOATING:
        return f"{wall:%Y%m%dT%H%M%S}"
    return f"{EventTime(wall, start.zone).instant:%Y%m%dT%H%M%SZ}"
