"""Where places are, learnt from what the calendar itself says: one source's coordinates serve all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aggregator.model.places import KnownPlace, Place, distance_km
from aggregator.model.sources import Initiative
from aggregator.model.text import key

Position = tuple[float, float]

# Two statements about one name that lie further apart mean different places.
SAME_PLACE_KM = 0.25
NAMED_STREET = re.compile(r"[a-z].*\d")
SEPARATOR = re.compile(r",| [-–|] ")
# Every house has one: they say nothing about where it is.
ROOMS = frozenset(("", "saal", "grosser saal", "cafe", "hof", "foyer", "garten", "werkraum", "werkstatt", "online"))
STREET = re.compile(r"str(?:asse)?\b")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Positions (latitude and longitude in degrees) by the names and streets of places."""

    positions: Mapping[str, Position]

    def find(self, place: Place) -> Position | None:
        """Where a place is: as stated, else as learnt for its street and number, else for its name."""
        if place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
        names = (*names_of(place), *parts_of(place.name))
        return next((self.positions[name] for name in names if name in self.positions), None)


def learnt(places: Iterable[Place], initiatives: Iterable[Initiative]) -> Gazetteer:
    """All that the places and the directory say together; names that mean several places are left out."""
    found: dict[str, Position | None] = {}
    for place in (*(place_of(one) for one in initiatives), *places):
        if place.latitude is None or place.longitude is None:
            continue
        here = place.latitude, place.longitude
        for name in names_of(place):
            before = found.setdefault(name, here)
            if before is not None and distance_km(*before, *here) > SAME_PLACE_KM:
                found[name] = None
    return Gazetteer({name: position for name, position in found.items() if position is not None})


def spellings(venues: Iterable[KnownPlace]) -> Iterator[Place]:
    """Each venue under all of its names."""
    for venue in venues:
        for name in (venue.name, *venue.aliases):
            yield Place(name, venue.address, venue.latitude, venue.longitude)


def place_of(one: Initiative) -> Place:
    """Where an initiative resides; its house goes by its name."""
    return Place(one.name, one.place, one.latitude, one.longitude)


def names_of(place: Place) -> tuple[str, ...]:
    """What the place can be recognised by, the surest first: street and number, then its name."""
    parts = [part for text in (place.address, place.name) for part in text.split(",")]
    streets = [street_of(part) for part in parts]
    names = [key(place.name), key(SEPARATOR.split(place.name)[0])]
    return tuple(dict.fromkeys(name for name in (*streets, *names) if name not in ROOMS))


def parts_of(name: str) -> tuple[str, ...]:
    """What a name consists of, the last first: the house of "Großer Saal, Glockenhaus"."""
    return tuple(key(part) for part in reversed(SEPARATOR.split(name)) if key(part) not in ROOMS)


def street_of(part: str) -> str:
    """A street with its number, "str." written out; "" for a postcode with its town, or a number alone."""
    words = key(part)
    return STREET.sub("strasse", words) if NAMED_STREET.match(words) else ""
