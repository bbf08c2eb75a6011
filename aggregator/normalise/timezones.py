"""Names of time zones as feeds write them to IANA names (rule 7 of docs/design.md).

A foreign name is only ever looked up in lists: handed to ZoneInfo it could be a directory, a path or a
hundred thousand letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from icalendar.timezone import windows_to_olson

from aggregator.model.components import ParsedFeed
from aggregator.normalise.vtimezones import behaves_equally, database_names, winter_offset, zone_defined_by

LONGEST_NAME = 200

WINDOWS_NAMES: Mapping[str, str] = {name.casefold(): zone for name, zone in windows_to_olson.WINDOWS_TO_OLSON.items()}
CENTRAL_EUROPE = "Europe/Berlin"
SPOKEN_NAMES: Mapping[str, str] = {
    "mez": CENTRAL_EUROPE,
    "mesz": CENTRAL_EUROPE,
    "cet": CENTRAL_EUROPE,
    "cest": CENTRAL_EUROPE,
    "met": CENTRAL_EUROPE,
    "mest": CENTRAL_EUROPE,
    "mitteleuropäische zeit": CENTRAL_EUROPE,
    "mitteleuropaeische zeit": CENTRAL_EUROPE,
    "mitteleuropäische sommerzeit": CENTRAL_EUROPE,
    "mitteleuropäische normalzeit": CENTRAL_EUROPE,
    "mitteleuropäische standardzeit": CENTRAL_EUROPE,
    "central european time": CENTRAL_EUROPE,
    "central european summer time": CENTRAL_EUROPE,
    "berlin": CENTRAL_EUROPE,
    "osteuropäische zeit": "Europe/Helsinki",
    "westeuropäische zeit": "Europe/Lisbon",
    "westeuropäische normalzeit": "Europe/Lisbon",
    "greenwich mean time": "UTC",
    "coordinated universal time": "UTC",
    "koordinierte weltzeit": "UTC",
    "z": "UTC",
}
# Where Outlook speaks German and the database does not.
GERMAN_CITIES: Mapping[str, str] = {
    "wien": "vienna",
    "rom": "rome",
    "prag": "prague",
    "brüssel": "brussels",
    "kopenhagen": "copenhagen",
    "warschau": "warsaw",
    "athen": "athens",
    "lissabon": "lisbon",
    "moskau": "moscow",
}
# Outlook: "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna".
OUTLOOK_NAME = re.compile(r"^\((?:UTC|GMT)\s?(?P<offset>[+-]\d{1,2}[:.]?\d{0,2})?\)\s*(?P<cities>.*)$", re.I)
OFFSET_NAME = re.compile(r"^(?:UTC|GMT)?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)$", re.I)
OFFSET = re.compile(r"^([+-])(\d{1,2})[:.]?(\d{2})?$")


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones of one feed: the source's own, the calendar's (X-WR-TIMEZONE), and the VTIMEZONEs by TZID.

    `home` is where local times and instants belong; `floating` where times without zone are read.
    """

    home: str
    floating: str
    definitions: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> str | None:
        """The IANA name for a TZID: known by name, else by what its VTIMEZONE does; None if neither.

        A definition that contradicts a well-known name is not believed.
        """
        known = known_zone(name, self.home)
        if known is None and name in self.definitions:
            return zone_defined_by(self.definitions[name], self.home)
        return known


def zones_of(feed: ParsedFeed, source_zone: str) -> Zones:
    """The zones in which a feed's times are to be read; `source_zone` is a checked IANA name."""
    calendar = known_zone(feed.calendar_zone, source_zone) if feed.calendar_zone else None
    return Zones(home=source_zone, floating=calendar or source_zone, definitions=dict(feed.timezones))


@lru_cache(maxsize=4096)
def known_zone(name: str, home: str) -> str | None:
    """The IANA name that a zone name means: database, spoken, Windows, vendor-prefixed, Outlook, offset."""
    name = name.strip().strip('"').strip()
    if not name or len(name) > LONGEST_NAME:
        return None
    spoken = name.casefold()
    return (
        SPOKEN_NAMES.get(spoken)
        or _by_offset(name)
        or database_zones().get(spoken)
        or database_zones().get(spoken.replace("_", "/", 1))
        or WINDOWS_NAMES.get(spoken)
        or _by_last_parts(spoken)
        or _by_outlook_name(name, home)
    )


@lru_cache(maxsize=1)
def database_zones() -> Mapping[str, str]:
    """Every zone of the database by its name in lower case."""
    return {name.casefold(): name for name in database_names()}


def fixed_zone(minutes: int) -> str | None:
    """The zone that is always `minutes` east of Greenwich; None unless it is a whole hour.

    The names of these zones count westwards: two hours east is Etc/GMT-2.
    """
    hours, rest = divmod(minutes, 60)
    if rest or not -12 <= hours <= 14:
        return None
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _by_last_parts(name: str) -> str | None:
    """The database name at the end of a vendor's path: /mozilla.org/20070129_1/Europe/Berlin."""
    parts = [part for part in name.split("/") if part]
    ends = ("/".join(parts[-length:]) for length in (3, 2, 1))
    return next((zone for end in ends if "/" in name and (zone := database_zones().get(end))), None)


def _by_outlook_name(name: str, home: str) -> str | None:
    """The zone that an Outlook name lists cities of; the home zone when it is among them.

    The offset in such a name is that of winter, whatever the season.
    """
    found = OUTLOOK_NAME.match(name)
    if not found:
        return None
    cities = (city.strip().casefold() for city in found["cities"].split(","))
    candidates = [zone for city in cities if (zone := _cities().get(GERMAN_CITIES.get(city, city)))]
    if any(behaves_equally(zone, home) for zone in candidates):
        return home
    if candidates:
        return candidates[0]
    fixed = _by_offset(found["offset"] or "+00:00")
    return home if fixed and winter_offset(fixed) == winter_offset(home) else fixed


@lru_cache(maxsize=1)
def _cities() -> Mapping[str, str]:
    """The zones by the city in their name."""
    return {name.rsplit("/", 1)[1].replace("_", " "): zone for name, zone in database_zones().items() if "/" in name}


def _by_offset(name: str) -> str | None:
    """The fixed zone of a name such as GMT+1, UTC+01:00 or +0100."""
    named = OFFSET_NAME.match(name)
    found = OFFSET.match(named["offset"]) if named else OFFSET.match(name)
    if not found:
        return None
    sign = -1 if found[1] == "-" else 1
    return fixed_zone(sign * (int(found[2]) * 60 + int(found[3] or 0)))
