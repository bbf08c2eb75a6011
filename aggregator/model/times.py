"""Moments as calendars mean them: wall time with a zone, floating time, or a bare date (RFC 5545 section 3.3.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from aggregator.model.values import dataclass


class TimeKind(StrEnum):
    """What the source said: a date, a time without zone, or a time with one."""

    DATE = "date"
    FLOATING = "floating"
    ZONED = "zoned"


@lru_cache(maxsize=64)
def zone_info(name: str) -> ZoneInfo:
    """The zone of a checked IANA name; never call it with a name that came from outside unchecked."""
    return ZoneInfo(name)


@lru_cache(maxsize=8192)
def instant_of(wall: datetime, zone: str, fold: int) -> datetime:
    """Wall time in UTC; whoever asks once for a moment asks for it some ten times in a row."""
    return wall.replace(tzinfo=zone_info(zone), fold=fold).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class EventTime:
    """One moment of an event: what the wall clock shows, and where.

    `wall` is naive local time (midnight for a date). `zone` is an IANA name: the stated zone, or the
    source's for dates and floating times, which have an instant only by that convention.
    `fold` is 1 for the second 02:30 of the autumn night (PEP 495).
    """

    wall: datetime
    zone: str
    kind: TimeKind = TimeKind.ZONED
    fold: int = 0

    @property
    def is_date(self) -> bool:
        """Whether only a day was stated."""
        return self.kind is TimeKind.DATE

    @property
    def aware(self) -> datetime:
        """The moment with its own zone."""
        return self.wall.replace(tzinfo=zone_info(self.zone), fold=self.fold)

    @property
    def instant(self) -> datetime:
        """The moment in UTC; the order of all moments."""
        return instant_of(self.wall, self.zone, self.fold)

    def local(self, zone: str) -> datetime:
        """The moment as aware time in `zone`; a date stays midnight of its own day there."""
        if self.is_date:
            return self.wall.replace(tzinfo=zone_info(zone))
        return self.instant.astimezone(zone_info(zone))

    def local_day(self, zone: str) -> date:
        """The day it falls on in `zone`; a date is that day everywhere."""
        return self.wall.date() if self.is_date else self.local(zone).date()

    def iso(self) -> str:
        """ISO 8601: a date when all-day, else with offset."""
        return self.wall.date().isoformat() if self.is_date else self.aware.isoformat()

    def shifted(self, distance: timedelta) -> EventTime:
        """The moment `distance` later on the wall clock, as series and all-day ends count."""
        return EventTime(self.wall + distance, self.zone, self.kind)

    @classmethod
    def of_date(cls, day: date, zone: str) -> EventTime:
        """A bare date, with the zone that turns it into an instant where one is needed."""
        return cls(datetime.combine(day, time()), zone, TimeKind.DATE)

    @classmethod
    def of_instant(cls, instant: datetime, zone: str) -> EventTime:
        """An aware datetime as wall time in `zone`."""
        there = instant.astimezone(zone_info(zone))
        return cls(there.replace(tzinfo=None, fold=0), zone, TimeKind.ZONED, there.fold)


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of days [first, last), in local days of the site's zone."""

    first: date
    last: date

    def contains(self, day: date) -> bool:
        """Whether `day` lies inside."""
        return self.first <= day < self.last


HORIZON_BACK = timedelta(days=366)
HORIZON_AHEAD = timedelta(days=457)


def horizon(today: date) -> Window:
    """The rolling window in which series are expanded: one year back, fifteen months ahead."""
    return Window(today - HORIZON_BACK, today + HORIZON_AHEAD)
