"""VTIMEZONE definitions, judged by reading, never by running their rules.

A 0.6 kB definition that repeats every second hangs whatever evaluates it (reliability.md section 0).
So only its offsets and its two yearly change days are read, and the database zone that does the same
is taken in its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from aggregator.model.times import zone_info

REFERENCE_YEAR = 2027
"""The year in which zones are compared; any year does in which today's rules hold."""
SAMPLE_DAYS = tuple(date(REFERENCE_YEAR, 1, 1) + timedelta(days=day) for day in range(0, 365, 3))
LONGEST_DEFINITION = 65_536

OBSERVANCE = re.compile(r"^BEGIN:(STANDARD|DAYLIGHT)\s*$(.*?)^END:\1\s*$", re.M | re.S | re.I)
PROPERTY = re.compile(r"^(DTSTART|TZOFFSETTO|RRULE)(?:;[^:\n]*)?:(.*?)\s*$", re.M | re.I)
OFFSET = re.compile(r"^([+-])(\d{2})(\d{2})(?:\d{2})?$")
BY_DAY = re.compile(r"^(-?[1-5])(MO|TU|WE|TH|FR|SA|SU)$")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Behaviour = tuple[int, ...]
"""The offsets, in minutes east, at noon UTC of each sample day."""


@dataclass(frozen=True, slots=True)
class Observance:
    """One half of a zone: its offset in minutes east, since when, and the day of the year it begins on."""

    offset: int
    since: str
    change: date | None


@lru_cache(maxsize=1)
def database_names() -> frozenset[str]:
    """Every name of the time-zone database that names a zone."""
    return frozenset(available_timezones() - {"Factory", "localtime", "posixrules"})


@lru_cache(maxsize=512)
def zone_defined_by(definition: str, home: str) -> str | None:
    """The IANA zone that does what a VTIMEZONE says: the home zone if it does, else the first by name.

    A definition whose change days are out of date is taken for a zone with its offsets of winter and
    summer. None when it cannot be read, or when its rules are anything but yearly with a month and a
    weekday.
    """
    stated = _stated_behaviour(definition)
    if stated is None:
        return None
    exact = home if stated == zone_behaviour(home) else _zones_by_behaviour().get(stated)
    if exact:
        return exact
    seasons = _seasons(stated)
    similar = (name for behaviour, name in _zones_by_behaviour().items() if _seasons(behaviour) == seasons)
    return home if _seasons(zone_behaviour(home)) == seasons else next(similar, None)


def behaves_equally(zone: str, other: str) -> bool:
    """Whether two IANA zones have the same offsets all through the reference year."""
    return zone_behaviour(zone) == zone_behaviour(other)


def winter_offset(zone: str) -> int:
    """The offset of an IANA zone in January, in minutes east."""
    return zone_behaviour(zone)[0]


@lru_cache(maxsize=1024)
def zone_behaviour(zone: str) -> Behaviour:
    """The offsets of an IANA zone on the sample days."""
    info = zone_info(zone)
    noons = (datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in SAMPLE_DAYS)
    offsets = (noon.astimezone(info).utcoffset() or timedelta() for noon in noons)
    return tuple(int(offset.total_seconds() // 60) for offset in offsets)


@lru_cache(maxsize=1)
def _zones_by_behaviour() -> Mapping[Behaviour, str]:
    """One zone for each behaviour: fixed offsets as Etc/GMT, the rest by the first name that has a city."""
    zones: dict[Behaviour, str] = {}
    for name in sorted(database_names(), key=_preference):
        zones.setdefault(zone_behaviour(name), name)
    return zones


def _preference(name: str) -> tuple[int, str]:
    """UTC and the fixed zones first, then cities, then the old abbreviations."""
    if name == "UTC" or name.startswith("Etc/GMT"):
        return (0, name.replace("Etc/GMT+0", "Z").replace("Etc/GMT-0", "Z"))
    return (1 if "/" in name else 2, name)


def _seasons(behaviour: Behaviour) -> tuple[int, int]:
    """The offsets in January and July."""
    return behaviour[0], behaviour[len(behaviour) // 2]


def _stated_behaviour(definition: str) -> Behaviour | None:
    """The offsets that a definition's latest STANDARD and DAYLIGHT give on the sample days."""
    if len(definition) > LONGEST_DEFINITION:
        return None
    stated = [(kind.upper(), _observance(body)) for kind, body in OBSERVANCE.findall(definition.replace("\r", ""))]
    halves: dict[str, Observance] = {}
    for kind, half in stated:
        if half and (kind not in halves or halves[kind].since <= half.since):
            halves[kind] = half
    # A half of which nothing can be read makes the other half worthless.
    if any(kind not in halves for kind, _ in stated):
        return None
    return _offsets(halves.get("STANDARD"), halves.get("DAYLIGHT"))


def _offsets(standard: Observance | None, daylight: Observance | None) -> Behaviour | None:
    """The offset on each sample day; None when it is not told on which days it changes."""
    only = standard or daylight
    if only is None:
        return None
    if standard is None or daylight is None or standard.offset == daylight.offset:
        return tuple(only.offset for _ in SAMPLE_DAYS)
    if standard.change is None or daylight.change is None:
        return None
    first, second = sorted((standard, daylight), key=lambda half: half.change or date.min)
    begin, end = first.change or date.min, second.change or date.max
    return tuple(first.offset if begin <= day < end else second.offset for day in SAMPLE_DAYS)


def _observance(body: str) -> Observance | None:
    """One STANDARD or DAYLIGHT part; None when its offset or its rule is not sound."""
    stated = {name.upper(): value for name, value in PROPERTY.findall(body)}
    found = OFFSET.match(stated.get("TZOFFSETTO", ""))
    if not found or "DTSTART" not in stated or int(found[2]) > 14 or int(found[3]) > 59:
        return None
    offset = (int(found[2]) * 60 + int(found[3])) * (-1 if found[1] == "-" else 1)
    rule = stated.get("RRULE", "")
    change = _change_day(rule)
    return None if rule and change is None else Observance(offset, stated["DTSTART"], change)


def _change_day(rule: str) -> date | None:
    """The day of the reference year on which a yearly rule such as BYMONTH=3;BYDAY=-1SU falls."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    by_day, month = BY_DAY.match(parts.get("BYDAY", "")), parts.get("BYMONTH", "")
    usual = parts.get("FREQ") == "YEARLY" and parts.get("INTERVAL", "1") == "1"
    if not (usual and by_day and month.isdecimal() and 1 <= int(month) <= 12):
        return None
    weekday = DAYS.index(by_day[2])
    days = [day for day in _days_of(int(month)) if day.weekday() == weekday]
    which = int(by_day[1])
    place = which - 1 if which > 0 else len(days) + which
    return days[place] if 0 <= place < len(days) else None


def _days_of(month: int) -> list[date]:
    """The days of a month of the reference year."""
    first = date(REFERENCE_YEAR, month, 1)
    return [day for n in range(31) if (day := first + timedelta(days=n)).month == month]
