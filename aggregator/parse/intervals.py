"""Lengths of time as feeds and pages write them."""

from __future__ import annotations

from datetime import timedelta

from icalendar.prop import vDuration

MAX_MINUTES = 10_000_000


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
