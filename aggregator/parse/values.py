"""The values of iCalendar properties (RFC 5545 section 3.3), read one by one.

Each reader takes one property and raises ValueError when it cannot be read; that costs the event this one
statement and no more. Times stay as written: what they mean is decided in `aggregator.normalise`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from icalendar.parser import Contentline, split_on_unescaped_comma, unescape_backslash
from icalendar.prop import vDatetime, vDuration, vGeo

from aggregator.model.components import StatedTime
from aggregator.parse.cleaning import one_line, public_name, web_address
from aggregator.parse.content_lines import Line

MAX_PARAMETERS = 200
MAX_TIME = 64
MAX_ZONE = 200
MAX_CATEGORIES = 100
MAX_RULE = 2000
MAX_SEQUENCE = 2**31 - 1
BARE = re.compile(r"\s*([A-Za-z0-9-]+)\s*:")
# Midnight said to be a date is that day; any other time of day is believed more than the word DATE beside it.
DATE_IN_TIME = re.compile(r"\d{8}(?=T000000$)")


NO_PARAMETERS: Mapping[str, str] = {}
# Parameters as nearly all are: nothing escaped, no lists, no blanks but inside of quotes.
SIMPLE = r'(?:"[^"\\^%\x00-\x1f\x7f]+"|[^\x00-\x20";:,=\\^%\x7f]+)'
PLAIN = re.compile(rf"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+={SIMPLE}){{1,9}}):")
PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({SIMPLE})")
LONGEST_PLAIN = 300
STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?", re.A)


class Property(NamedTuple):
    """One content line taken apart; `value` is raw, `parameters` are unescaped, both names in capitals."""

    name: str
    value: str
    line: int
    cut: bool = False
    parameters: Mapping[str, str] = NO_PARAMETERS


def read_property(line: Line) -> Property:
    """The property of a content line; ValueError if it is none."""
    # Most lines have no parameters; for them the slow, exact splitter has nothing to add.
    if bare := BARE.match(line.text):
        return Property(bare.group(1).upper(), line.text[bare.end() :], line.number, line.cut)
    plain = PLAIN.match(line.text, 0, LONGEST_PLAIN)
    if plain:
        return Property(plain[1].upper(), line.text[plain.end() :], line.number, line.cut, plain_parameters(plain[2]))
    if line.text.count(";", 0, line.text.find(":")) > MAX_PARAMETERS:
        raise ValueError("too many parameters")
    name, parameters, value = Contentline(line.text).raw_parts()  # type: ignore[no-untyped-call]
    single = {key.upper(): item if isinstance(item, str) else ",".join(item) for key, item in parameters.items()}
    return Property(name.upper(), value, line.number, line.cut, single)


@lru_cache(maxsize=512)
def plain_parameters(text: str) -> Mapping[str, str]:
    """The parameters of a head that `PLAIN` matches; the same few stand in every event of a calendar."""
    return {name.upper(): value.strip('"') for name, value in PARAMETER.findall(text)}


def text(found: Property) -> str:
    """A TEXT value with its line breaks; blanks around it go."""
    return str(unescape_backslash(found.value)).strip() if "\\" in found.value else found.value.strip()


def line_of_text(found: Property) -> str:
    """A TEXT value in one line."""
    return one_line(text(found))


def token(found: Property) -> str:
    """A keyword such as STATUS or CLASS, in capitals."""
    return one_line(found.value, 40).upper()


def time(found: Property) -> StatedTime:
    """A DATE or DATE-TIME as written; a list is kept as it is, for the normaliser to refuse."""
    _refuse_cut(found)
    return _stated(found.value, found)


def times(found: Property) -> tuple[StatedTime, ...]:
    """The times of an RDATE or EXDATE; of a PERIOD its start."""
    values = found.value.split(",")
    if found.cut:
        values.pop()  # the last one lost its end
    return tuple(_stated(value.partition("/")[0], found) for value in values if value.strip())


def _stated(value: str, found: Property) -> StatedTime:
    written = value.strip()
    if (
        found.parameters
        and found.parameters.get("VALUE", "").upper() == "DATE"
        and (day := DATE_IN_TIME.match(written))
    ):
        written = day.group()
    zone = found.parameters.get("TZID", "")
    return StatedTime(written[:MAX_TIME], one_line(zone, MAX_ZONE) if zone else "")


def duration(found: Property) -> timedelta:
    """A DURATION; one beyond what Python can hold is refused as ValueError by icalendar."""
    length = vDuration.from_ical(found.value.strip().upper())  # type: ignore[no-untyped-call]
    assert isinstance(length, timedelta)
    return length


def moment(found: Property) -> datetime:
    """A time stamp in UTC; one without zone is taken as UTC, as CREATED and LAST-MODIFIED must be."""
    if plain := STAMP.fullmatch(found.value.strip()):
        year, month, day, hour, minute, second = map(int, plain.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    stamp = vDatetime.from_ical(found.value.strip())  # type: ignore[no-untyped-call]
    assert isinstance(stamp, datetime)
    return stamp.replace(tzinfo=UTC)


def coordinates(found: Property) -> tuple[float, float]:
    """GEO as latitude and longitude in degrees; ValueError outside of the globe."""
    latitude, longitude = vGeo.from_ical(found.value.strip())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("not on the globe")
    return latitude, longitude


def categories(found: Property) -> tuple[str, ...]:
    """CATEGORIES without empty ones; a comma in a name is escaped (WECHANGE sends such names)."""
    listed = split_on_unescaped_comma(found.value) if "\\" in found.value else found.value.split(",")
    names = [one_line(name, 200) for name in listed]
    return tuple(name for name in names[:MAX_CATEGORIES] if name)


def rule(found: Property) -> str:
    """An RRULE as written; whether it is safe to expand is judged later."""
    if found.cut or len(found.value) > MAX_RULE:
        raise ValueError("too long")
    return found.value.strip().upper()


def whole_number(found: Property) -> int:
    """A SEQUENCE, at least 0."""
    return min(max(int(one_line(found.value, 20)), 0), MAX_SEQUENCE)


def link(found: Property) -> str:
    """An http(s) address; empty for any other, also when escaped as if it were text."""
    return web_address(found.value) or web_address(text(found))


def organizer(found: Property) -> str:
    """The display name of an ORGANIZER; the address behind it is never read."""
    return public_name(found.parameters.get("CN", ""))


def _refuse_cut(found: Property) -> None:
    if found.cut:
        raise ValueError("too long")
