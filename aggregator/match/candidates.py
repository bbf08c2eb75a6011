"""Venues that a town's feeds agree on, proposed for `places.yaml`: names, address and position as they are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aggregator.match.gazetteer import Gazetteer, learn_places, venue_of_known, without
from aggregator.match.sentences import in_german
from aggregator.match.spots import SAME_HOUSE_KM
from aggregator.match.stating import MEETING, PIECES, POSTCODE, apart, in_town, spelled, without_opening
from aggregator.model.places import KnownPlace, Place, distance_km
from aggregator.model.text import key

# A house that one calendar names is that calendar's business; two that agree on it make it the town's.
FEWEST_SOURCES, FEWEST_ENTRIES = 2, 3

Stated = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A venue that `places.yaml` does not know yet, with how many calendars and entries name it."""

    place: KnownPlace
    sources: int
    entries: int


@dataclass
class Sightings:
    """How a venue is told: spellings of its name and address, positions, and by which sources."""

    names: dict[str, Counter[str]] = field(default_factory=dict)
    addresses: Counter[str] = field(default_factory=Counter)
    points: list[tuple[float, float]] = field(default_factory=list)
    sources: Counter[str] = field(default_factory=Counter)


def candidates(stated: Sequence[Stated], known: Sequence[KnownPlace], names: Iterable[str]) -> tuple[Candidate, ...]:
    """The venues worth proposing, the most named first; `stated` are the places of all records with their sources."""
    gazetteer = learn_places((place for _, place in stated), known, names)
    seen = sightings(stated, gazetteer)
    listed = {venue_of_known(place) for place in known}
    found = [
        Candidate(proposed(told), len(told.sources), told.sources.total())
        for venue, told in seen.items()
        if venue not in listed
        and told.names
        and len(told.sources) >= FEWEST_SOURCES
        and told.sources.total() >= FEWEST_ENTRIES
    ]
    return tuple(sorted(found, key=lambda each: (-each.sources, -each.entries, each.place.name)))


def sightings(stated: Sequence[Stated], gazetteer: Gazetteer) -> dict[str, Sightings]:
    """What is told of each venue, by its id."""
    seen: defaultdict[str, Sightings] = defaultdict(Sightings)
    for source, place in stated:
        part = in_town(apart(place), gazetteer.towns, gazetteer.rooms, gazetteer.halls)
        if place.online or not part.names:
            continue
        told = seen[gazetteer.venue(part.names[0])]
        bare = without(part.names[0], gazetteer.towns)
        if bare not in gazetteer.rooms:
            told.names.setdefault(bare, Counter()).update(spellings_of(place, bare, gazetteer.towns))
        told.addresses.update(filter(None, (address_of(place),)))
        told.sources[source] += 1
        if place.latitude is not None and place.longitude is not None:
            told.points.append((place.latitude, place.longitude))
    return seen


def spellings_of(place: Place, bare: str, towns: frozenset[str]) -> Iterator[str]:
    """A name as its source writes it, if it writes it without the town and "Treffpunkt"."""
    for piece in PIECES.split(f"{place.name}, {place.address}"):
        normal = in_german(key(piece))
        if without(without_opening(normal), towns) == bare:
            yield " ".join(word for word in piece.split() if key(word) not in towns | MEETING)


def address_of(place: Place) -> str:
    """Street, number and town as the source writes them; "" without a house number."""
    pieces = [piece.strip() for piece in PIECES.split(f"{place.name}, {place.address}")]
    street = next((piece for piece in pieces if spelled(piece)), "")
    town = next((piece for piece in pieces if POSTCODE.match(key(piece))), "")
    return ", ".join(filter(None, (street, town))) if street else ""


def proposed(told: Sightings) -> KnownPlace:
    """The entry: the most common spelling of everything, a position only if all tell one house."""
    in_order = sorted(told.names.values(), key=lambda spelled: (-spelled.total(), commonest(spelled)))
    name, *aliases = map(commonest, in_order)
    address = commonest(told.addresses)
    points = sorted(told.points)
    middle = points[len(points) // 2] if points else None
    if middle and all(distance_km(*middle, *point) <= SAME_HOUSE_KM for point in points):
        return KnownPlace(name, tuple(aliases), address, *middle)
    return KnownPlace(name, tuple(aliases), address)


def commonest(spelled: Counter[str]) -> str:
    """What is told most often; of equals the longest, then the first by its letters."""
    return min(spelled.items(), key=lambda item: (-item[1], -len(item[0]), item[0]), default=("", 0))[0]
