"""The houses of a town, learnt from what feeds agree on and from `places.yaml`: names, addresses, rooms.

A venue is known by an id: its address where a name and a house number were seen together, else its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from aggregator.match.aliases import SHORTEST_CORE, add_other_names, churches, core_of, kinds_of
from aggregator.match.houses import BARE, DECLINED, KINDS
from aggregator.match.lexicon import STOP
from aggregator.match.names import Names
from aggregator.match.sentences import Look, sentence
from aggregator.match.stating import (
    ROOM_WORDS,
    Stated,
    apart,
    in_town,
    is_numbered,
    is_room_like,
    is_room_word,
)
from aggregator.match.wording import stem, stems_of_town
from aggregator.model.places import KnownPlace, Place
from aggregator.model.text import key

# A name stands for an address if most of its sightings with an address say so.
AGREEMENT = 0.6
LONGEST_NAME = 6
UNMISTAKABLE = 3
# What stands behind so many addresses is a town.
TOWN_COUNT = 3


@dataclass(frozen=True)
class Gazetteer:
    """What is known of a town's venues.

    `ids` maps every name to its venue; `openings` maps the first word of each name or address that may be
    recognised in a text to all such names, as tuples of stems, with their venues. `names` are all names of each
    venue. `towns` are the words that only say which town, `rooms` names of rooms that do not
    sound like every house's, `halls` houses whose name does ("Bürgersaal"). `beside` are the venues that were stated
    together with each one, as a house with its grounds, `houses` those of each town.
    """

    towns: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    halls: frozenset[str] = frozenset()
    ids: Mapping[str, str] = field(default_factory=dict)
    openings: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    houses: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def venue(self, name: str) -> str:
        """The id of the venue that a name means: an alias, or an alias beside words for rooms; else the name."""
        bare = without(name, self.towns)
        return self.ids.get(bare) or beside_rooms(bare, self) or bare

    def named_in(self, *texts: str) -> frozenset[str]:
        """The venues that texts name."""
        return self.look.through(*texts)

    @cached_property
    def phrases(self) -> Names:
        """The names and addresses that may be recognised in a text, as stems."""
        return Names(self.openings)

    @cached_property
    def look(self) -> Look[str]:
        """Looks for venues and remembers where it has looked."""
        return Look(self.named_in_sentence)

    def named_in_sentence(self, text: str) -> tuple[frozenset[str], bool]:
        """The venues that a sentence names, and whether the name of one may have begun at its end."""
        read, names = sentence(text), self.phrases
        words = tuple(map(name_stem, read.words))
        # "Kulturhaus in der Bergstraße" is "Kulturhaus Bergstraße".
        bare = tuple(name_stem(word) for word in read.words if word not in STOP)
        placed = ((venue, self.town_at(words, first, last)) for venue, first, last in names.found_in(words))
        hits = {venue for venue, town in placed if not town or venue in self.houses.get(town, ())}
        hits |= {venue for venue, first, last in names.found_in(bare) if last - first > 1}
        goes_on = read.goes_on or names.may_go_on(words) or names.may_go_on(bare)
        return frozenset(hits), goes_on

    def town_at(self, words: tuple[str, ...], first: int, last: int) -> str:
        """The town in whose name or as whose a house is called: "Stadtbücherei Talheim", "am Talheimer Rathaus"."""
        beside = {*words[max(first - 1, 0) : first], *words[last : last + 1]} & self.town_words.keys()
        return self.town_words[min(beside)] if beside else ""

    @cached_property
    def town_words(self) -> dict[str, str]:
        """The towns of one word by their stem."""
        return {each: town for town in self.towns if " " not in town for each in stems_of_town(town)}

    def found_in(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """The venues named in a row of words, each with its first word and the one after its last."""
        return self.phrases.found_in(tuple(map(name_stem, words)))


def learn_places(
    places: Mapping[Place, int] | Iterable[Place], known: Sequence[KnownPlace], names: Iterable[str]
) -> Gazetteer:
    """The gazetteer of all places that feeds state, each as often as it is stated or counted, and of those `known`.

    `names` are names of initiatives that may be houses themselves.
    """
    counted = Counter(places)
    stated = list(map(apart, counted))
    names = tuple(names)
    towns = towns_of([*stated, *(apart(Place(place.name, place.address)) for place in known)], names)
    own_names = {without(key(name), towns) for name in (*names, *(place.name for place in known))}
    rooms = rooms_of(stated, towns, own_names) - own_names
    halls = frozenset(filter(is_room_word, own_names))
    stated = [in_town(part, towns, rooms, halls) for part in stated]
    sightings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part, times in zip(stated, counted.values(), strict=True):
        for name in part.names[:1]:
            sightings[without(name, towns)][part.address] += times
    ids = {name: venue_of(name, seen) for name, seen in sightings.items() if name}
    for place in known:
        own = venue_of_known(place)
        ids.update({without(key(alias), towns): own for alias in (place.name, *place.aliases)})
    add_other_names(ids)
    ids.update(rooms_of_one_house(stated, Gazetteer(towns, rooms, halls, ids)))
    aliases = recognisable(ids, sightings) | own_names & ids.keys()
    aliases |= {key(alias) for place in known for alias in (place.name, *place.aliases)}
    addresses = {part.address: part.address for part in stated if part.address}
    phrases = {name: ids[name] for name in aliases if name in ids and (is_telling(name) or name in halls)} | addresses
    first_look = Gazetteer(towns, rooms, halls, ids, by_first_word(phrases))
    ids.update({name: beside_rooms(name, first_look) or ids[name] for name in ids if ids[name] == name})
    ids.update(churches(ids))
    phrases.update({name: ids[name] for name in phrases if name in ids})
    names_of: defaultdict[str, set[str]] = defaultdict(set)
    for name, venue in ids.items():
        names_of[venue].add(name)
    named = {venue: frozenset(found) for venue, found in names_of.items()}
    found = Gazetteer(towns, rooms, halls, ids, by_first_word(phrases), named)
    return replace(found, beside=neighbours(stated, found))


def venue_of_known(place: KnownPlace) -> str:
    """The id of a venue of `places.yaml`: its address, else its name."""
    return apart(Place(place.name, place.address)).address or key(place.name)


def rooms_of(stated: Iterable[Stated], towns: frozenset[str], houses: Collection[str]) -> frozenset[str]:
    """What is called like a room or stands behind a group's own house, and never alone with an address."""
    own = {*houses, *map(core_of, houses)}
    beside, alone = set(), set()
    for part in stated:
        names = [without(name, towns) for name in part.names if name not in towns]
        beside |= set(filter(is_room_like, names)) if len(names) > 1 else set()
        behind = {name for name in names[1:] if len(name.split()) <= ROOM_WORDS and not kinds_of(name)}
        behind = {name for name in behind if not is_numbered(name)}
        beside |= behind if names and names[0] in own else set()
        alone |= set(names) if len(names) == 1 and part.address else set()
    return frozenset(beside - alone)


def rooms_of_one_house(stated: Iterable[Stated], gazetteer: Gazetteer) -> dict[str, str]:
    """Rooms with a name of their own that only one house has: whoever names the room means the house."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for part in stated:
        venue = part.address or (gazetteer.venue(part.names[0]) if part.names else "")
        for room in (room for room in part.rooms if venue and not all(map(is_room_word, room.split()))):
            seen[room].add(venue)
    return {room: next(iter(venues)) for room, venues in sorted(seen.items()) if len(venues) == 1}


def neighbours(stated: Iterable[Stated], gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """The venues that are stated together in one place: "Campus, Zentralgebäude"."""
    together: defaultdict[str, set[str]] = defaultdict(set)
    for part in stated:
        venues = set(map(gazetteer.venue, part.names))
        venues |= {part.address} if part.address else set()
        for venue in venues:
            together[venue] |= venues - {venue}
    return {venue: frozenset(found) for venue, found in sorted(together.items()) if found}


def beside_rooms(name: str, gazetteer: Gazetteer) -> str:
    """The venue that a longer name means: an alias beside words for rooms ("Café im …"), "" if none."""
    words = name.split()
    for venue, first, last in gazetteer.found_in(words):
        if rest_is_room((*words[:first], *words[last:]), gazetteer):
            return venue
    return ""


def rest_is_room(rest: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether what stands beside a venue's name is a room: "Saal", or one that has a name of its own."""
    return bool(rest) and (all(map(is_room_word, rest)) or " ".join(rest) in gazetteer.rooms)


def venue_of(name: str, seen: Mapping[str, int]) -> str:
    """The address that a name was mostly seen with, else the name."""
    told = {address: count for address, count in seen.items() if address}
    best = max(told, key=lambda address: (told[address], address), default="")
    return best if best and told[best] >= AGREEMENT * sum(told.values()) else name


def by_first_word(phrases: Mapping[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names by their first word, longest first."""
    table: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        words = tuple(map(name_stem, phrase.split()))
        table[words[0]].append((words, phrases[phrase]))
    return {word: tuple(entries) for word, entries in table.items()}


def is_telling(name: str) -> bool:
    """Whether a name can be recognised in running text: not a room, not a bare preposition, not too long."""
    words = name.split()
    return len(words) <= LONGEST_NAME and len(name) >= 3 and not all(is_room_word(word) for word in words)


def name_stem(word: str) -> str:
    """The stem of a word of a name; "der Alte Hafen" and "im Alten Hafen" are "Alter Hafen"."""
    return DECLINED.get(word) or stem(word)


def recognisable(ids: Mapping[str, str], sightings: Mapping[str, Counter[str]]) -> set[str]:
    """The names that may be looked for in texts: those of known venues, those stated twice, and unmistakable ones."""
    twice = {name for name in ids if sightings[name].total() > 1 and not is_room_like(name)}
    return {name for name in ids if ids[name] != name or is_unmistakable(name)} | twice


def is_unmistakable(name: str) -> bool:
    """Whether a name can be recognised though it was stated once: three words, two of which name no kind of house."""
    words = name.split()
    bare = [word for word in words if word not in KINDS and word not in BARE and word not in STOP]
    return len(words) >= UNMISTAKABLE and sum(len(word) >= SHORTEST_CORE for word in bare) >= 2


def towns_of(stated: Iterable[Stated], names: Iterable[str]) -> frozenset[str]:
    """The names of towns: beside postcodes, behind several addresses, or behind names and at the end of groups'."""
    behind: defaultdict[str, set[str]] = defaultdict(set)
    last: defaultdict[str, set[str]] = defaultdict(set)
    for part in stated:
        behind[part.tail].add(part.address)
        if part.names[1:]:
            last[part.names[-1]].add(part.names[0])
    told = {town for part in stated for town in part.towns if not town[0].isdigit()}
    told |= {tail for tail, addresses in behind.items() if tail and len(addresses) >= TOWN_COUNT}
    ends = {word for name in names for word in key(name).split()[-1:]}
    first = {part.names[0] for part in stated if part.names}
    return frozenset(told | {name for name in ends - first if len(last[name]) >= TOWN_COUNT})


def without(name: str, towns: frozenset[str]) -> str:
    """A name without the town in it; whole if nothing would be left."""
    words = [word for word in name.split() if word not in towns]
    return " ".join(words) or name


def towns_in(text: str, towns: frozenset[str]) -> frozenset[str]:
    """The towns that a text in normal form names."""
    padded = f" {text} "
    return frozenset(town for town in towns if f" {town} " in padded)
