"""From what a record says of its place to its spot; what places alone tell is worked out once for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from aggregator.match.aliases import core_of
from aggregator.match.gazetteer import Gazetteer, rest_is_room, towns_in, without
from aggregator.match.houses import ROOMS
from aggregator.match.sentences import in_german, without_asides
from aggregator.match.spots import Spot
from aggregator.match.stating import Stated, apart, in_town, is_room_like
from aggregator.match.wording import Cutter
from aggregator.model.places import Place
from aggregator.model.records import Record
from aggregator.model.text import key

# So many places are remembered.
AT_HAND = 1 << 13
NO_ROOM = frozenset("im in der das raum eingang haus ganzes gesamtes gesamte alle saele raeume".split())
# What is a place of its own, though it stands behind another name as streets do.
SQUARES = ("platz", "markt", "park", "wiese")
GATHERINGS = frozenset("treff treffpunkt treffen abfahrt start meet meeting".split())
GOES = re.compile(
    r"\b(?:wir (?:gehen|fahren|radeln|laufen|ziehen|kommen|helfen|machen mit|sind (?:mit )?dabei)|we (?:go|join|help)"
    r"|we(?: a|')re going|(?:gemeinsam|zusammen) (?:zu[mr]?|nach))\b",
    re.I,
)


class Sites:
    """What is known of a town, ready to be asked for places."""

    def __init__(self, gazetteer: Gazetteer, cutter: Cutter) -> None:
        """Know these venues and words."""
        self.gazetteer, self.cutter = gazetteer, cutter
        self.site = lru_cache(AT_HAND)(self.site_anew)

    def spot_of(self, record: Record, home: str) -> Spot:
        """The spot of a record; `home` is its source's own house, "" if it has none."""
        site = self.site_of(record, home)
        mentioned = self.gazetteer.named_in(record.title, without_asides(record.description))
        gathering = site.gathering and bool(GOES.search(f"{record.stated_title}\n{record.description}"))
        return site if site.gathering == gathering and not mentioned else with_mentioned(site, mentioned, gathering)

    def site_of(self, record: Record, home: str) -> Spot:
        """The spot that its place alone tells."""
        # A room of nobody knows which house belongs to who names it.
        return self.site(record.place, home, "" if home else record.source)

    def site_anew(self, place: Place, home: str, source: str) -> Spot:
        """The spot of a place, whatever texts say; `gathering` only says that people may meet there to go elsewhere."""
        gazetteer = self.gazetteer
        stated = in_town(apart(place), gazetteer.towns, gazetteer.rooms, gazetteer.halls)
        rooms, told = rooms_and_names(stated, home, gazetteer)
        venues = {gazetteer.venue(name) for name in told} | ({stated.address} if stated.address else set())
        is_online = place.online and not stated.address and not place.has_coordinates
        if home and any(home.startswith(f"{bare_room(name)} ") for name in (*told, stated.street) if name):
            venues = {home}
        implied = not venues and not is_online and bool(home)
        if rooms and not venues and not home:
            # A room of nobody knows which house is still not the neighbour's.
            venues = {f"{source} {room}" for room in rooms}
        venues = {home} if implied else venues
        names = frozenset(without(name, gazetteer.towns) for name in told)
        if not any(map(core_of, names)):
            found = (name for venue in venues for name in gazetteer.names.get(venue, ()))
            names |= {name for name in found if name not in gazetteer.rooms}
        return Spot(
            venues=frozenset(venues),
            around=frozenset(near for venue in venues for near in gazetteer.beside.get(venue, ())),
            words=frozenset(part for word in words_of(names) for part in self.cutter[word]),
            names=names,
            rooms=frozenset(filter(None, map(bare_room, rooms))),
            towns=stated.towns | towns_in(in_german(key(place.text)), gazetteer.towns),
            home=home,
            address=stated.address,
            point=point_of(place),
            in_room=implied and bool(rooms),
            at_home=bool(home) and venues == {home},
            implied=implied and not rooms and not place.has_coordinates,
            online=is_online,
            gathering=key(place.text).partition(" ")[0] in GATHERINGS,
        )


@lru_cache(AT_HAND)
def with_mentioned(site: Spot, mentioned: frozenset[str], gathering: bool) -> Spot:
    """A place with what texts say of it; many say the same of one place."""
    return replace(site, mentioned=mentioned, gathering=gathering)


@lru_cache(AT_HAND)
def with_towns(spot: Spot, named: frozenset[str], worded: frozenset[str], likely: frozenset[str]) -> Spot:
    """A place with the towns that others than itself tell."""
    return replace(spot, named_towns=named, worded_towns=worded, home_towns=likely)


def rooms_and_names(stated: Stated, home: str, gazetteer: Gazetteer) -> tuple[frozenset[str], tuple[str, ...]]:
    """The rooms that a place tells, and the names that are none of its source's own house."""
    rooms = stated.rooms | {room for name in stated.names if (room := room_beside(name, gazetteer))}
    rooms |= {name for name in stated.names if name in gazetteer.rooms and is_known_room(name, gazetteer)}
    if stated.street.endswith(SQUARES) and not stated.address:
        return rooms, (*stated.names, stated.street)
    if home and len(stated.names) == 1 and not stated.address and is_own_room(stated.names[0], home, gazetteer):
        return rooms.union(stated.names), ()
    return rooms, stated.names


def point_of(place: Place) -> tuple[float, float] | None:
    """The coordinates of a place that has both."""
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def is_own_room(name: str, home: str, gazetteer: Gazetteer) -> bool:
    """Whether a name that stands alone is a room of its source's own house, as far as anybody knows."""
    bare = without(name, gazetteer.towns)
    if bare in gazetteer.rooms:
        return gazetteer.venue(bare) in (bare, home)
    return is_room_like(bare) and gazetteer.venue(bare) == bare != home


def is_known_room(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a room's name stands for a house that has a name of its own."""
    return not gazetteer.rooms.issuperset(gazetteer.names.get(gazetteer.venue(name), (name,)))


def words_of(names: Iterable[str]) -> set[str]:
    """The words of several names but those that mean rooms."""
    return {word for name in names for word in name.split()} - ROOMS


def room_beside(name: str, gazetteer: Gazetteer) -> str:
    """The words of a place's name beside the venue that it names: "Saal" of "Kulturhaus Saal"."""
    words = name.split()
    for _, first, last in gazetteer.found_in(words):
        rest = (*words[:first], *words[last:])
        if rest_is_room(rest, gazetteer):
            return " ".join(rest)
    return ""


def bare_room(room: str) -> str:
    """A room in one spelling, "" for a whole house: "Haus Lindenhof" and "ganzes Haus" name no room."""
    words = room.replace("hoersaal", "hs").split()
    return " ".join(word for word in words if word not in NO_ROOM)
