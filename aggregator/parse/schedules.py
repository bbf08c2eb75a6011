"""A schema.org Schedule said as an iCalendar recurrence (schema.org/Schedule, RFC 5545 section 3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aggregator.model.components import StatedRecurrence, StatedTime
from aggregator.parse.cleaning import one_line
from aggregator.parse.moments import iso_duration, stated_time

Node = Mapping[str, Any]

UNITS = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
WORDS = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "yearly": "YEARLY"}
FREQUENCY = re.compile(r"P(\d{1,3})([DWMY])")
WEEKDAY = re.compile(r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)")
TIME_OF_DAY = re.compile(r"T?(\d{2}):(\d{2})(?::\d{2})?")
MAX_EXCEPTIONS = 2000


@dataclass(frozen=True, slots=True)
class Timing:
    """When an event takes place, as stated."""

    start: StatedTime | None
    end: StatedTime | None = None
    duration: timedelta | None = None
    recurrence: StatedRecurrence = StatedRecurrence()


def timing_of(event: Node, schedule: Node) -> Timing:
    """The first occurrence and the repetition that a schedule describes.

    The event's own endDate is left aside: of a series it is often the day of the last occurrence.
    """
    zone = one_line(_word(schedule.get("scheduleTimezone")), 100)
    opening = _word(schedule.get("startTime"))
    stated = _word(event.get("startDate"))
    start = stated_time(stated if ":" in stated else _joined(stated or _word(schedule.get("startDate")), opening), zone)
    rule = _rule(schedule)
    exceptions = tuple(_exceptions(schedule, opening, zone))
    return Timing(
        start=start,
        duration=_length(opening, _word(schedule.get("endTime"))) or iso_duration(_word(schedule.get("duration"))),
        recurrence=StatedRecurrence((rule,) if rule else (), exceptions=exceptions if rule else ()),
    )


def _rule(schedule: Node) -> str:
    """The RRULE value of a schedule, empty if it does not say how often."""
    frequency = _frequency(_word(schedule.get("repeatFrequency")))
    if not frequency:
        return ""
    parts = [
        frequency,
        _part("BYDAY", (_weekday(day) for day in _many(schedule.get("byDay")))),
        _part("BYMONTHDAY", map(_number, _many(schedule.get("byMonthDay")))),
        _part("BYMONTH", map(_number, _many(schedule.get("byMonth")))),
        _part("BYSETPOS", map(_number, _many(schedule.get("byMonthWeek")))),
        _part("COUNT", [_number(schedule.get("repeatCount"))]),
    ]
    # RFC 5545 allows COUNT or UNTIL, not both.
    until = "" if parts[-1] else _part("UNTIL", [_last_day(_word(schedule.get("endDate")))])
    return ";".join(part for part in (*parts, until) if part)


def _frequency(text: str) -> str:
    found = FREQUENCY.fullmatch(text.strip().upper())
    if found is None:
        word = WORDS.get(text.strip().lower(), "")
        return f"FREQ={word}" if word else ""
    interval = "" if found.group(1) == "1" else f";INTERVAL={found.group(1)}"
    return f"FREQ={UNITS[found.group(2)]}{interval}"


def _weekday(value: Any) -> str:
    """https://schema.org/Tuesday, "Tuesday" or "2TU" as an RFC 5545 weekday."""
    text = _word(value).rstrip("/").rpartition("/")[2].upper()
    return text if WEEKDAY.fullmatch(text) else text[:2] if WEEKDAY.fullmatch(text[:2]) else ""


def _part(name: str, values: Any) -> str:
    joined = ",".join(value for value in values if value)
    return f"{name}={joined}" if joined else ""


def _last_day(text: str) -> str:
    """The day until which it repeats, that day included; as a bare date, since its end has no zone here."""
    try:
        return f"{date.fromisoformat(text[:10]):%Y%m%d}"
    except ValueError:
        return ""


def _exceptions(schedule: Node, opening: str, zone: str) -> list[StatedTime]:
    """The excepted occurrences; a bare day means the occurrence of that day."""
    days = [_word(each) for each in _many(schedule.get("exceptDate"))[:MAX_EXCEPTIONS]]
    return [StatedTime(day if "T" in day else _joined(day, opening), zone) for day in days if day]


def _length(opening: str, closing: str) -> timedelta | None:
    """How long an occurrence lasts; a closing time before the opening time is of the next day."""
    start, end = TIME_OF_DAY.match(opening), TIME_OF_DAY.match(closing)
    if start is None or end is None:
        return None
    minutes = [60 * int(each.group(1)) + int(each.group(2)) for each in (start, end)]
    return timedelta(minutes=(minutes[1] - minutes[0]) % (24 * 60))


def _joined(day: str, opening: str) -> str:
    """A day and a time of day as one time; the bare day without one."""
    found = TIME_OF_DAY.match(opening)
    return f"{day[:10]}T{found.group(1)}:{found.group(2)}" if day and found else day


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _number(value: Any) -> str:
    """A whole number of a few digits as text, else nothing."""
    text = str(value).strip() if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    return text if re.fullmatch(r"-?\d{1,4}", text) else ""


def _word(value: Any) -> str:
    """A short string, or the name of a node such as a DayOfWeek."""
    if isinstance(value, dict):
        value = value.get("@id", value.get("name", ""))
    return one_line(value, 100) if isinstance(value, str) else ""
