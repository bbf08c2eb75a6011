"""An iCalendar stream taken apart into calendars and components, however broken it is (RFC 5545 section 3.1).

A whole-stream parser loses every event when one line is wrong; here a wrong line is a defect with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from aggregator.model.components import Component
from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.cleaning import clean
from aggregator.parse.encoding import choose_charset, decode, is_utf8

# Twenty lines for each of twenty thousand events; a line costs about 300 bytes while it is read.
MAX_LINES = 400_000
MAX_LINE_BYTES = 64_000
MAX_DETAIL = 40
PROPERTY = re.compile(r"\s*[A-Za-z0-9-]+\s*[:;]")
# Components that stand directly in a VCALENDAR. None of them may hold another, so each ends the one before it.
SIDE_BY_SIDE = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VTIMEZONE"})


class Line(NamedTuple):
    """One unfolded content line; `cut` is set when it was longer than 64 kB and lost its end."""

    number: int
    text: str
    cut: bool = False


@dataclass(slots=True)
class RawComponent:
    """A component with its own lines; those of components inside it are kept for a VTIMEZONE only.

    `read` is what an event says whose lines were read already (`plain_events`).
    """

    name: str
    line: int
    lines: list[Line] = field(default_factory=list)
    depth: int = 0
    read: Component | None = None


@dataclass(slots=True)
class RawCalendar:
    """One VCALENDAR: its own properties, its components, and whether BEGIN:VCALENDAR was there."""

    head: list[Line] = field(default_factory=list)
    components: list[RawComponent] = field(default_factory=list)
    opened: bool = True


def logical_lines(content: bytes, stated_charset: str) -> Iterator[Line]:
    """The unfolded lines of a stream with the number of their first physical line."""
    raw = list(_unfolded(content))
    joined = b"\n".join(text for _, text in raw)
    charset = choose_charset(joined, stated_charset)
    # What is UTF-8 as a whole is UTF-8 in each line.
    if charset == "utf-8" and is_utf8(joined) and max((len(text) for _, text in raw), default=0) <= MAX_LINE_BYTES:
        yield from map(Line, (number for number, _ in raw), map(clean, joined.decode().split("\n")))
        return
    for number, text in raw:
        yield Line(number, clean(decode(text[:MAX_LINE_BYTES], charset)), len(text) > MAX_LINE_BYTES)


def count_lines(content: bytes) -> int:
    """How many physical lines there are, before anything is taken apart."""
    return max(content.count(b"\n"), content.count(b"\r"))


def _unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each unfolded line.

    Unfolding comes before decoding, because a fold may split a UTF-8 character. Blank lines are skipped, also
    between a line and its continuation.
    """
    # Only a stream without any LF ends its lines with CR; elsewhere a lone CR is inside a value.
    ending = b"\n" if b"\n" in content else b"\r"
    tidied = content.replace(b"\r\n", b"\n")
    if b"\r" not in tidied:
        content = tidied
    has_returns = b"\r" in content
    parts: list[bytes] = []
    start = 0
    for number, physical in enumerate(content.split(ending), 1):
        line = physical.rstrip(b"\r").replace(b"\r", b" ") if has_returns else physical
        if parts and line[:1] in (b" ", b"\t"):
            parts.append(line[1:])
        elif line.strip():
            if parts:
                yield start, b"".join(parts)
            parts, start = [line], number
    if parts:
        yield start, b"".join(parts)


class Splitter:
    """Takes lines one by one and sorts them into calendars and components.

    After `finish`, `calendars` holds what was whole, `defects` what was wrong, and `complete` tells whether
    the stream ends as it should.
    """

    def __init__(self) -> None:
        self.calendars: list[RawCalendar] = []
        self.defects: list[Defect] = []
        self.complete = False
        self._calendar: RawCalendar | None = None
        self._component: RawComponent | None = None

    def take(self, line: Line) -> None:
        """Sort in one line."""
        first = line.text[:1]
        # Most lines can neither begin nor end anything.
        if first.isalpha() and first not in "BbEe":
            self._keep(line)
            return
        keyword, _, value = line.text.partition(":")
        match keyword.strip().upper():
            case "BEGIN":
                self._begin(value.strip().upper(), line)
            case "END":
                self._end(value.strip().upper(), line)
            case _:
                self._keep(line)

    def take_whole(self, component: RawComponent) -> None:
        """Sort in a component with all its lines."""
        self._close_unended()
        self._component = component
        self._close()

    def finish(self) -> None:
        """The stream is over; a component that is still open was cut off and is not kept."""
        if self._component is not None:
            self._report(DefectKind.UNREADABLE, self._component.line, f"END:{self._component.name}", skipped=True)
        self.complete = self._component is None and (self._calendar is None or not self._calendar.opened)

    def _begin(self, name: str, line: Line) -> None:
        if name == "VCALENDAR":
            self._close_unended()
            self._calendar = self._new_calendar(opened=True)
        elif self._component is None or name in SIDE_BY_SIDE:
            self._close_unended()
            self._component = RawComponent(name, line.number)
        else:
            self._component.depth += 1
            self._keep_inner(line)

    def _end(self, name: str, line: Line) -> None:
        if name == "VCALENDAR" and self._calendar is not None:
            self._close_unended()
            self._calendar = None
        elif self._component is not None and name == self._component.name:
            self._close()
        elif self._component is not None and self._component.depth > 0:
            self._component.depth -= 1
            self._keep_inner(line)
        else:
            self._report(DefectKind.BAD_LINE, line.number, f"END:{name}")

    def _keep(self, line: Line) -> None:
        if not PROPERTY.match(line.text) or (self._component is None and self._calendar is None):
            # Its text is not told: it may be a stray piece of a private event.
            self._report(DefectKind.BAD_LINE, line.number, "")
        elif self._component is None:
            assert self._calendar is not None
            self._calendar.head.append(line)
        elif self._component.depth == 0:
            self._component.lines.append(line)
        else:
            self._keep_inner(line)

    def _keep_inner(self, line: Line) -> None:
        if self._component is not None and self._component.name == "VTIMEZONE":
            self._component.lines.append(line)

    def _close_unended(self) -> None:
        """End a component whose END is missing; its lines are whole, so it is kept."""
        if self._component is not None:
            self._report(DefectKind.BAD_LINE, self._component.line, f"END:{self._component.name}")
            self._close()

    def _close(self) -> None:
        component, self._component = self._component, None
        if component is not None:
            # Events without a VCALENDAR around them are read all the same.
            self._calendar = self._calendar or self._new_calendar(opened=False)
            self._calendar.components.append(component)

    def _new_calendar(self, *, opened: bool) -> RawCalendar:
        self.calendars.append(RawCalendar(opened=opened))
        return self.calendars[-1]

    def _report(self, kind: DefectKind, line: int, detail: str, *, skipped: bool = False) -> None:
        self.defects.append(Defect(kind, line=line, detail=detail[:MAX_DETAIL], skipped=skipped))


def split(content: bytes, stated_charset: str) -> Splitter:
    """The calendars of a stream, finished."""
    splitter = Splitter()
    feed(splitter, content, stated_charset)
    splitter.finish()
    return splitter


def feed(splitter: Splitter, content: bytes, stated_charset: str, first: int = 1) -> None:
    """Have the lines of a piece of a stream sorted in; `first` is the number of its first physical line."""
    for number, text, cut in logical_lines(content, stated_charset):
        splitter.take(Line(number + first - 1, text, cut))
