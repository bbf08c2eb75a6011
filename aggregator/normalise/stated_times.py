"""Times as feeds write them to moments with a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from aggregator.model.components import StatedTime
from aggregator.model.times import EventTime, TimeKind, zone_info
from aggregator.model.values import dataclass
from aggregator.normalise.timezones import Zones, fixed_zone

NO_OFFSET = timedelta()
YEARS = range(1700, 4001)
"""Holidays are written as series since the calendar's reform, some appointments for the year 3011: both are kept."""

STATED = re.compile(
    r"^(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]\s?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?$",
    re.I | re.A,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A stated time read by its letters: the wall time, and an offset from UTC if one was written."""

    wall: datetime
    is_date: bool
    offset: timedelta | None


def moment(stated: StatedTime, zones: Zones, repeats: bool = False) -> EventTime | None:
    """The moment that a stated time means; None when no such moment exists or its year is out of bounds.

    A `Z` or an offset counts before any zone name that stands beside it. Such an instant becomes wall
    time in the home zone; in something that `repeats` only if the home zone has that offset then, else it
    keeps the offset, which is what repeats. A time whose zone is unknown floats.
    """
    written = read(stated.text)
    if written is None or written.wall.year not in YEARS:
        return None
    if written.is_date:
        return EventTime(written.wall, zones.floating, TimeKind.DATE)
    if written.offset is not None:
        return _at_offset(written.wall, written.offset, zones.home, repeats)
    zone = zones.named(stated.zone) if stated.zone else None
    return EventTime(written.wall, zone or zones.floating, TimeKind.ZONED if zone else TimeKind.FLOATING)


def read(text: str) -> Written | None:
    """The wall time and offset of a basic or extended ISO 8601 text, or of a period's beginning."""
    if usual := _usual(text):
        return usual
    found = STATED.match(text.strip().split("/", 1)[0].strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        # A leap second is the second before it.
        wall = datetime(year, month, day, hour, minute, min(second, 59) if second <= 60 else second)
    except ValueError:
        return None
    return Written(wall, found[4] is None, _offset(found["zone"]))


def _usual(text: str) -> Written | None:
    """What the common form 20261205T183000 says, with or without a Z; None for any other form."""
    digits, is_utc = (text[:-1], True) if text[15:] == "Z" else (text, False)
    if len(digits) != 15 or digits[8] != "T" or not (digits.isascii() and f"{digits[:8]}{digits[9:]}".isdigit()):
        return None
    try:
        return Written(datetime.fromisoformat(digits), False, NO_OFFSET if is_utc else None)
    except ValueError:
        return None


def settled(time: EventTime) -> EventTime:
    """The moment with a wall time that clocks really show.

    In the spring night 02:30 does not exist; it is read with the offset before the gap, so that it
    becomes 03:30 (RFC 5545 section 3.3.5).
    """
    if time.is_date:
        return time
    if not is_odd(time.wall, time.zone):
        return EventTime(time.wall, time.zone, time.kind) if time.fold else time
    there = time.instant.astimezone(zone_info(time.zone))
    return EventTime(there.replace(tzinfo=None, fold=0), time.zone, time.kind, there.fold)


@lru_cache(maxsize=8192)
def is_odd(wall: datetime, zone: str) -> bool:
    """Whether clocks show that time twice or never: in all but two hours of a year both folds mean the same (PEP 495).

    The same evenings are asked for again and again.
    """
    there = zone_info(zone)
    return wall.replace(tzinfo=there, fold=0).utcoffset() != wall.replace(tzinfo=there, fold=1).utcoffset()


def _offset(text: str | None) -> timedelta | None:
    """The offset east of UTC that is written behind a time."""
    if text is None:
        return None
    if text.upper() == "Z":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -distance if text[0] == "-" else distance


def _at_offset(wall: datetime, offset: timedelta, home: str, repeats: bool) -> EventTime | None:
    """An instant as wall time at home, or in its own offset's zone."""
    if abs(offset) >= timedelta(hours=24):
        return None
    instant = wall.replace(tzinfo=timezone(offset)).astimezone(UTC) if offset else wall.replace(tzinfo=UTC)
    at_home = EventTime.of_instant(instant, home)
    if not repeats or at_home.wall == wall:
        return at_home
    zone = fixed_zone(int(offset.total_seconds() // 60))
    return EventTime.of_instant(instant, zone or "UTC")
