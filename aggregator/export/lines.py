"""The content lines of one VEVENT (RFC 5545 section 3.1), written as `icalendar` writes them, but ten times as quick.

What nearly every event has is written here: text, numbers, times. The rest (rules, lists of dates, odd zones) is left
to the library, whose very lines all of this must give (tests/export/test_lines.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event

from aggregator.export.folding import LONGEST, folded

# Of a zone by any other name the library may know a better one.
PLAIN_ZONE = re.compile(r"(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Indian|Antarctica)/[A-Za-z_/-]+")
FIRST = Event.canonical_order
RANK = {name: number for number, name in enumerate(FIRST)}
# Always in UTC (section 3.8.7).
STAMPS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED"})
TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "UID"})


class Vevent:
    """One VEVENT to which properties are added; `content` gives its lines in the library's order."""

    def __init__(self) -> None:
        """Begin without properties."""
        self._lines: dict[str, list[str]] = {}

    def add(self, name: str, value: object) -> None:
        """Add a property; one that is there already is said once more."""
        upper = name.upper()
        line = own_line(upper, value)
        self.say(upper, (line,) if line else library_lines(name, value))

    def say(self, name: str, lines: Iterable[str]) -> None:
        """Add lines as they stand; the name is in capitals."""
        self._lines.setdefault(name, []).extend(lines)

    def content(self) -> bytes:
        """All lines, folded, each ended by CRLF."""
        told = (line.encode() for name in in_order(tuple(self._lines)) for line in self._lines[name])
        lines = (line if len(line) <= LONGEST else folded(line) for line in told)
        return b"\r\n".join((b"BEGIN:VEVENT", *lines, b"END:VEVENT", b""))


@lru_cache(maxsize=256)
def in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of properties in the library's order; most events have the same few."""
    return tuple(sorted(names, key=lambda name: (RANK.get(name, len(RANK)), name)))


def own_line(name: str, value: object) -> str:
    """The line as far as it can be written here, else ""."""
    write = WRITERS.get(type(value))
    return write(name, value) if write else ""


def text_line(name: str, value: str) -> str:
    """A text with its signs escaped (section 3.3.11), or an address, which has none to escape."""
    if name in TEXTS:
        return f"{name}:{escaped(value)}"
    return f"{name}:{value}" if name == "URL" and value.isprintable() else ""


def escaped(text: str) -> str:
    r"""The text in one line, as the library does it: `\N` counts as a line's end."""
    plain = text.replace(r"\N", "\n").replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return plain.replace("\r\n", r"\n").replace("\n", r"\n").replace("\r", r"\n")


def time_line(name: str, moment: datetime) -> str:
    """A moment in UTC or in a zone that everybody knows by its name."""
    if name in STAMPS and moment.tzinfo:
        moment = moment.astimezone(UTC)
    zone = moment.tzinfo
    if zone is UTC:
        return f"{name}:{compact(moment)}Z"
    if not isinstance(zone, ZoneInfo):
        return ""
    return f"{name};TZID={zone.key}:{compact(moment)}" if PLAIN_ZONE.fullmatch(zone.key) else ""


def compact(moment: datetime) -> str:
    """Date and time without signs between."""
    day = f"{moment.year:04}{moment.month:02}{moment.day:02}"
    return f"{day}T{moment.hour:02}{moment.minute:02}{moment.second:02}"


def date_line(name: str, day: date) -> str:
    """A date."""
    return f"{name};VALUE=DATE:{day.year:04}{day.month:02}{day.day:02}"


def labels_line(name: str, labels: list[Any]) -> str:
    """Categories; other lists are left to the library."""
    return f"{name}:{','.join(map(escaped, labels))}" if name == "CATEGORIES" else ""


def position_line(name: str, position: tuple[float, float]) -> str:
    """Latitude and longitude in degrees."""
    return f"{name}:{float(position[0])};{float(position[1])}" if name == "GEO" else ""


WRITERS: dict[type, Callable[[str, Any], str]] = {
    str: text_line,
    int: lambda name, value: f"{name}:{value}",
    datetime: time_line,
    date: date_line,
    list: labels_line,
    tuple: position_line,
}


def library_lines(name: str, value: object) -> Iterator[str]:
    """The lines as the library writes them."""
    component = Event()
    component.add(name, value)
    return (str(line) for line in component.content_lines()[1:-2])
