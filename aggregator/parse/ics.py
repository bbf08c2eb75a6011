"""A whole iCalendar stream: every readable event, whatever is wrong with its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import Component, ParsedFeed
from aggregator.model.defects import Defect
from aggregator.model.settings import ReadingLimits
from aggregator.parse import values
from aggregator.parse.content_lines import MAX_LINES, Line, RawCalendar, RawComponent, Splitter, count_lines, split
from aggregator.parse.plain_events import split_plain
from aggregator.parse.properties import Properties
from aggregator.parse.vevent import read_event

# Our own exports say so in PRODID; reading them back would announce every event a second time.
OWN_PRODUCT = "-//Buendel//"
MAX_DEFECTS = 1000
MAX_ZONES = 200
SHORTEST_REFRESH = timedelta(minutes=15)
LONGEST_REFRESH = timedelta(hours=24)
HEAD = frozenset({"PRODID", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"})


def parse_ics(content: bytes, stated_charset: str, limits: ReadingLimits) -> ParsedFeed | Failure:
    """The events of a stream in ASCII terms, in the order they stand.

    Fails only beyond the limits, when the stream breaks off, or when it holds neither a calendar nor an event.
    """
    if count_lines(content) > MAX_LINES:
        return Failure(ErrorClass.LIMIT, f"> {MAX_LINES}")
    stream = split_plain(content, stated_charset) or split(content, stated_charset)
    if not stream.calendars:
        return Failure(ErrorClass.PARSE, "BEGIN:VCALENDAR")
    if not stream.complete:
        # Half a calendar can look tidy (cut after an END:VEVENT); only its missing end tells.
        return Failure(ErrorClass.TRUNCATED)
    if sum(1 for _ in _events(stream.calendars)) > limits.max_events:
        return Failure(ErrorClass.LIMIT, f"> {limits.max_events}")
    return feed_of(stream)


def bounded_refresh(wish: timedelta | None) -> timedelta | None:
    """The source's wish for how often to ask, within what we do (reliability: 15 minutes to a day)."""
    return None if wish is None else min(max(wish, SHORTEST_REFRESH), LONGEST_REFRESH)


def feed_of(stream: Splitter) -> ParsedFeed:
    """What the calendars of a stream say."""
    components: list[Component] = []
    defects: list[Defect] = list(stream.defects)
    heads = [Properties(calendar.head, HEAD) for calendar in stream.calendars]
    for calendar, head in zip(stream.calendars, heads, strict=True):
        method = head.one("METHOD", values.token, "")
        for raw in _events([calendar]):
            event = read_event(raw, method)
            components += [event.component] if event.component else []
            defects += event.defects
    return ParsedFeed(
        components=tuple(components),
        defects=tuple(defects[:MAX_DEFECTS]),
        timezones=tuple(_timezones(stream.calendars).items())[:MAX_ZONES],
        calendar_zone=_first_text(heads, "X-WR-TIMEZONE"),
        title=_first_text(heads, "X-WR-CALNAME") or _first_text(heads, "NAME"),
        refresh_interval=_refresh(heads),
        loop_mark=any(head.one("PRODID", values.line_of_text, "").startswith(OWN_PRODUCT) for head in heads),
        format="ics",
    )


def _events(calendars: Iterable[RawCalendar]) -> Iterator[RawComponent]:
    return (raw for calendar in calendars for raw in calendar.components if raw.name == "VEVENT")


def _timezones(calendars: Iterable[RawCalendar]) -> dict[str, str]:
    """TZID → VTIMEZONE text; its rules are foreign and are evaluated by nobody here."""
    zones: dict[str, str] = {}
    for calendar in calendars:
        for raw in calendar.components:
            if raw.name == "VTIMEZONE":
                name = Properties(raw.lines, frozenset({"TZID"})).one("TZID", values.line_of_text, "")
                zones.setdefault(name[: values.MAX_ZONE], _as_text(raw.lines))
    zones.pop("", None)
    return zones


def _as_text(lines: Iterable[Line]) -> str:
    return "\r\n".join(["BEGIN:VTIMEZONE", *(line.text for line in lines), "END:VTIMEZONE", ""])


def _first_text(heads: Iterable[Properties], name: str) -> str:
    return next((text for head in heads if (text := head.one(name, values.line_of_text, ""))), "")


def _refresh(heads: Iterable[Properties]) -> timedelta | None:
    wishes = [
        head.one(name, values.duration, None) for head in heads for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL")
    ]
    return bounded_refresh(next((wish for wish in wishes if wish), None))
