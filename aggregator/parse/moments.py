"""Times and lengths of time as feeds and pages write them."""

from __future__ import annotations

import re
from datetime import timedelta

from icalendar.prop import vDuration

from aggregator.model.components import StatedTime
from aggregator.parse.cleaning import one_line

MAX_MINUTES = 10_000_000
MAX_TIME = 64
# HTML allows a blank between date and time, ISO 8601 wants a T.
BLANK_BEFORE_TIME = re.compile(r"(?<=\d) (?=\d{1,2}:\d{2})")


def stated_time(text: str, zone: str = "") -> StatedTime | None:
    """A time as written, with a T before the time of day; None for nothing."""
    written = one_line(text, MAX_TIME)
    return StatedTime(BLANK_BEFORE_TIME.sub("T", written), zone) if written else None


def minutes(text: str) -> timedelta | None:
    """A whole number of minutes (RSS ttl), None if it is none."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        return None
    return timedelta(minutes=min(int(digits), MAX_MINUTES))


def iso_duration(text: str) -> timedelta | None:
    """An ISO 8601 duration of weeks, days, hours, minutes and seconds, None if it is none."""
    try:
        length = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    return length if isinstance(length, timedelta) else None
