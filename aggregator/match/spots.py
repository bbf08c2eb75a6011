"""Where a record takes place, as matching sees it, and how two such places compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from aggregator.match.corpus import COMMON_PARTS
from aggregator.match.gazetteer import Gazetteer
from aggregator.match.houses import KINDS
from aggregator.match.naming import first_clause
from aggregator.match.wording import meaning, nearly
from aggregator.model.places import Place, distance_km
from aggregator.model.text import key
from aggregator.model.values import dataclass

# Two geocoders put one house about this far apart; beyond the second, two houses are meant.
SAME_HOUSE_KM, OTHER_HOUSE_KM, OTHER_TOWN_KM = 0.09, 0.4, 8.0
# A calendar's own house: most of its placed entries are there.
HOME_SHARE, HOME_COUNT = 0.5, 3
KIND_PARTS = frozenset(map(meaning, KINDS))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place ready for comparison.

    `venues` are gazetteer ids, `around` those that were stated together with them; `words` the word parts of its
    names; `at_home` when it is its source's own house (`home`), `implied` when the record tells no place and that
    house is assumed. `mentioned` are the venues that title and description name. `towns` are those that it tells,
    `named_towns` those in its initiative's name, `worded_towns` those of its words if its place tells none, and
    `home_towns` those where it then likely is. `online` is only said of what has no place on earth, `gathering` of
    where people meet to go to the event together.
    """

    venues: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    named_towns: frozenset[str] = frozenset()
    worded_towns: frozenset[str] = frozenset()
    home_towns: frozenset[str] = frozenset()
    home: str = ""
    address: str = ""
    point: tuple[float, float] | None = None
    mentioned: frozenset[str] = frozenset()
    implied: bool = False
    at_home: bool = False
    in_room: bool = False
    online: bool = False
    gathering: bool = False

    @property
    def addresses(self) -> frozenset[str]:
        """Those of its venues whose address is known."""
        return frozenset(venue for venue in self.venues if venue[-2:].strip()[:1].isdigit())

    @property
    def telling(self) -> frozenset[str]:
        """The words of its names that not every second house has."""
        return self.words - COMMON_PARTS - KIND_PARTS

    @property
    def is_known(self) -> bool:
        """Whether the record itself tells where."""
        return bool((self.venues and not self.implied) or self.point)


def homes(
    placed: Mapping[tuple[str, Place], int],
    venues_of: Mapping[Place, str],
    gazetteer: Gazetteer,
    names: Mapping[str, str],
) -> dict[str, str]:
    """The own house of each source that has one: that of its name, else where most of its entries are.

    `placed` counts the entries by source and place, of which `venues_of` knows the houses; `names` are those of each
    source's initiative. What they say behind a dash or in brackets counts last: "Quartiersbüro (Gildenhaus)" may tell
    nothing but rooms.
    """
    venues: dict[str, Counter[str]] = {}
    for (source, place), entries in placed.items():
        theirs = venues.setdefault(source, Counter())
        if venue := venues_of[place]:
            theirs[venue] += entries
    found = {}
    for source, seen in venues.items():
        venue, count = min(seen.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        usual = venue if count >= HOME_COUNT and count >= HOME_SHARE * seen.total() else ""
        name = names.get(source, "")
        found[source] = house_in(first_clause(name), gazetteer) or usual or house_in(name, gazetteer)
    return found


def house_in(name: str, gazetteer: Gazetteer) -> str:
    """The house that a name names, "" for none."""
    return min((venue for venue, _, _ in gazetteer.found_in(key(name).split())), default="")


def place_level(left: Spot, right: Spot) -> str:
    """How two places relate, as a level of the feature "place" (see weights.py)."""
    if left.online or right.online:
        return online_level(left, right)
    if are_two_towns(left, right):
        return "other_town"
    if are_worded_towns(left, right):
        return "worded_town"
    if left.venues & right.venues:
        return shared_venue_level(left, right)
    apart_km = kilometres(left, right)
    other_address = bool(left.addresses and right.addresses)
    if apart_km is not None and apart_km <= SAME_HOUSE_KM and not other_address:
        return "point"
    if left.is_known and right.is_known and names_agree(left, right):
        return "name"
    if left.venues & right.mentioned or right.venues & left.mentioned:
        return "named" if not (left.is_known and right.is_known) else "corrected"
    if left.is_known and right.is_known:
        return known_to_differ_level(left, right, apart_km)
    if not left.is_known and not right.is_known and left.mentioned & right.mentioned:
        return "both_mention"
    if are_apart(likely_towns(left), likely_towns(right)):
        return "home_town"
    return elsewhere_level(left, right)


def are_two_towns(left: Spot, right: Spot) -> bool:
    """Whether two places lie in different towns, one of which may only be told by the announcer's own name."""
    if left.towns and right.towns:
        return left.towns.isdisjoint(right.towns)
    if not (left.towns or right.towns) or (left.address and left.address == right.address):
        return False
    one, other = (spot.towns or spot.named_towns for spot in (left, right))
    return left.is_known and right.is_known and are_apart(one, other)


def are_worded_towns(left: Spot, right: Spot) -> bool:
    """Whether one record's words tell another town than where the other takes place, be that assumed."""
    if left.address and left.address == right.address:
        return False
    sides = ((left, right), (right, left))
    return any(not one.towns and are_apart(one.worded_towns, likely_towns(other)) for one, other in sides)


def likely_towns(spot: Spot) -> frozenset[str]:
    """Where a record takes place, as far as may be gathered."""
    return spot.towns or spot.worded_towns or spot.home_towns


def are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both towns are known, and none is the same."""
    return bool(one and other) and one.isdisjoint(other)


def are_two_places(left: Spot, right: Spot) -> bool:
    """Whether two places are known not to be one."""
    return place_level(left, right) in ("differs", "far", "other_town", "worded_town", "online_and_on_site")


def online_level(left: Spot, right: Spot) -> str:
    """Two online meetings, one that is on site, or one whose place is untold."""
    if left.online and right.online:
        return "online"
    other = right if left.online else left
    return "online_and_on_site" if other.is_known else "unknown"


def shared_venue_level(left: Spot, right: Spot) -> str:
    """One house: by its name, only by its address, or assumed."""
    if left.implied or right.implied:
        return "implied"
    if left.names and right.names and not (left.words & right.words) and not (left.in_room or right.in_room):
        return "address"
    return "venue"


def known_to_differ_level(left: Spot, right: Spot, apart_km: float | None) -> str:
    """Two stated places that do not agree."""
    if apart_km is not None and apart_km > OTHER_HOUSE_KM:
        return "far" if apart_km < OTHER_TOWN_KM else "other_town"
    if left.addresses and right.addresses:
        return "differs"
    if left.venues & right.around or right.venues & left.around:
        return "beside"
    if may_be_a_room(left, right) or may_be_a_room(right, left):
        return "at_home"
    if not (left.names or right.names or left.rooms & right.rooms) and left.rooms and right.rooms:
        return "differs"
    if are_one_street(left, right) or are_one_street(right, left):
        return "street"
    if apart_km is not None or not (left.names and right.names):
        return "unclear"
    if left.telling & right.telling:
        return "overlap"
    return "root" if any(nearly(one, other) for one in left.telling for other in right.telling) else "differs"


def elsewhere_level(left: Spot, right: Spot) -> str:
    """Where at least one side tells no place of its own: whether what its text names contradicts."""
    for one, other in ((left, right), (right, left)):
        if one.is_known and not other.is_known and (other.mentioned or other.implied):
            if one.home in other.mentioned and is_unknown_at_home(one):
                return "at_home"
            if any(address.startswith(f"{name} ") for address in one.addresses for name in other.mentioned):
                return "street"
            if not one.venues:
                # Nobody knows which house stands at these coordinates.
                return "unclear"
            return "elsewhere" if other.mentioned - other.venues else "away"
    return "unknown"


def may_be_a_room(left: Spot, right: Spot) -> bool:
    """Whether a place of which nobody knows an address may be a corner of its announcer's house, where the other is."""
    return left.home in right.venues and is_unknown_at_home(left)


def is_unknown_at_home(spot: Spot) -> bool:
    """Whether nobody knows where a place is whose announcer has a house."""
    return bool(spot.home) and not spot.addresses and spot.point is None


def are_one_street(left: Spot, right: Spot) -> bool:
    """Whether one tells a house number of the street that is all the other tells."""
    return any(address.startswith(f"{name} ") for address in left.addresses for name in right.names)


def names_agree(left: Spot, right: Spot) -> bool:
    """Whether the names of one place are all found among those of the other."""
    if left.addresses and right.addresses:
        return False
    shorter, longer = sorted((left.words, right.words), key=len)
    return shorter <= longer and bool(left.telling & right.telling)


def kilometres(left: Spot, right: Spot) -> float | None:
    """The distance of two places that both have coordinates."""
    if left.point is None or right.point is None:
        return None
    return distance_km(*left.point, *right.point)


def place_of_text(place: Place) -> str:
    """The place as people read it."""
    return place.text or ("online" if place.online else "")


def room_level(left: Spot, right: Spot) -> str:
    """Whether two entries of one house name one room."""
    if not (left.venues & right.venues and left.rooms and right.rooms):
        return "unknown"
    rooms = [(set(one.split()), set(other.split())) for one in left.rooms for other in right.rooms]
    return "equal" if any(one <= other or other <= one for one, other in rooms) else "differs"
