"""What lies where: events gathered by place, initiatives at their homes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aggregator.model.events import Listing
from aggregator.model.places import Place, distance_km
from aggregator.model.sources import Initiative
from aggregator.model.text import key
from web.calendar.agenda import soonest_of_each
from web.calendar.rows import place_of, short_place
from web.initiatives.dates_ahead import NextDate, date_of, next_date
from web.initiatives.directory import Coming
from web.map.gazetteer import Gazetteer, Position
from web.scene import Scene

SAME_SPOT_KM = 0.04


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the map: its name (`link` leads to it, if it is an initiative's), and what is on there next."""

    name: str
    position: Position
    lines: tuple[NextDate, ...]
    link: str = ""

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Spread:
    """Everything that was asked for: what is on the map, and how much could not be put there."""

    spots: tuple[Spot, ...]
    online: int
    nowhere: int

    @property
    def total(self) -> int:
        """How many lines are on the map."""
        return sum(spot.count for spot in self.spots)


def event_spots(listings: Sequence[Listing], gazetteer: Gazetteer, scene: Scene) -> Spread:
    """The places of events (each once, at its next occurrence), those with most events first."""
    gathered: list[tuple[Position, list[Listing]]] = []
    online = nowhere = 0
    for listing in soonest_of_each(listings):
        place = place_of(listing.published.event, listing.occurrence)
        position = gazetteer.find(place)
        if position is not None:
            gather(gathered, position, listing)
        elif place.online and not place.text:
            online += 1
        else:
            nowhere += 1
    spots = [event_spot(position, found, scene) for position, found in gathered]
    return Spread(tuple(sorted(spots, key=lambda spot: (-spot.count, spot.lines[0].iso, spot.name))), online, nowhere)


def gather(gathered: list[tuple[Position, list[Listing]]], position: Position, listing: Listing) -> None:
    """Put a listing to those at the same spot, or begin a new one."""
    for place, found in gathered:
        if distance_km(*place, *position) <= SAME_SPOT_KM:
            found.append(listing)
            return
    gathered.append((position, [listing]))


def event_spot(position: Position, found: Sequence[Listing], scene: Scene) -> Spot:
    """One place with its events."""
    return Spot(common_name(found), position, tuple(date_of(listing, scene) for listing in found))


def common_name(found: Iterable[Listing]) -> str:
    """What most of them call the place; of equals the shortest."""
    names = [short_name(place_of(listing.published.event, listing.occurrence)) for listing in found]
    keys = [key(name) for name in names]
    return min(names, key=lambda name: (name == "", -keys.count(key(name)), len(name), name))


def short_name(place: Place) -> str:
    """The name before its rooms and towns: "Glockenhaus" of "Glockenhaus, Großer Saal"."""
    return short_place(place).split(",")[0].strip()


def initiative_spots(found: Sequence[Initiative], coming: Coming, gazetteer: Gazetteer, scene: Scene) -> Spread:
    """Initiatives where they reside, each with its next date."""
    spots = []
    for one in found:
        position = gazetteer.find(Place("", one.place, one.latitude, one.longitude))
        if position is not None:
            following = next_date(coming.next.get(one.id, ()), scene)
            spots.append(Spot(one.name, position, (following,) if following else (), scene.links.initiative(one.id)))
    return Spread(tuple(spots), 0, len(found) - len(spots))
