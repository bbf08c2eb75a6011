"""The houses of a town, learnt from what feeds agree on and from `places.yaml`: names, addresses, rooms.

A venue is known by an id: its address where a name and a house number were seen together, else its name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from aggregator.match.lexicon import ONLINE, ROOMS, STOP
from aggregator.model.places import KnownPlace, Place
from aggregator.model.text import key

PIECES = re.compile(r"[,;()|/]|\s[-–—@]\s|\s[-–—]|[:]\s")
HOUSE_NUMBER = re.compile(r"^(?P<street>.*\D)\s*\b(?P<number>\d{1,4}\s?[a-z]?)$")
STREET = re.compile(
    r"(?:strasse|str|weg|platz|allee|gasse|ring|damm|ufer|markt|chaussee|graben|wall|hof|berg|street|road|avenue)$"
    r"|^(?:am|an|auf|bei|beim|hinter|im|in|unter|vor|zum|zur)\s"
)
# "St. Anna" is the St.-Anna-Kirche.
CHURCH = "kirche"
BARE_STREET = "strasse"
STREET_OPENINGS = frozenset(
    """am an auf bei der dem den zur zum im in alte alten neue neuen grosse grossen kleine kleinen obere untere
    lange""".split()
)
POSTCODE = re.compile(r"^(?:d\s)?(\d{5})\b\s*(.*)$")
COUNTRIES = frozenset(
    """deutschland germany baden wuerttemberg bayern berlin brandenburg bremen hamburg hessen mecklenburg vorpommern
    niedersachsen nordrhein westfalen rheinland pfalz saarland sachsen anhalt schleswig holstein thueringen""".split()
)
OPENINGS = frozenset("treffpunkt start ziel ab ort venue location beim bei im in der die das vor am".split())
# A name stands for an address if most of its sightings with an address say so.
AGREEMENT = 0.6
LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Stated:
    """A place taken apart: names, one address ("weg 4", "" if none), rooms and towns, all in normal form."""

    names: tuple[str, ...] = ()
    address: str = ""
    street: str = ""
    rooms: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Gazetteer:
    """What is known of a town's venues.

    `ids` maps every name to its venue; `openings` maps the first word of each name or address that may be
    recognised in a text to all such names, as word tuples, with their venues. `names` are all names of each
    venue. `towns` are the words that only say which town.
    """

    towns: frozenset[str] = frozenset()
    ids: Mapping[str, str] = field(default_factory=dict)
    openings: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def venue(self, name: str) -> str:
        """The id of the venue that a name means: an alias, or an alias beside words for rooms; else the name."""
        bare = without(name, self.towns)
        return self.ids.get(bare) or beside_rooms(bare, self) or bare

    def named_in(self, text: str) -> frozenset[str]:
        """The venues that a text names."""
        words = key(text).split()
        # "Kulturhaus in der Bergstraße" is "Kulturhaus Bergstraße".
        bare = [word for word in words if word not in STOP]
        found = [*self.found_in(words), *(hit for hit in self.found_in(bare) if hit[2] - hit[1] > 1)]
        return frozenset(venue for venue, _, _ in found)

    def found_in(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """The venues named in a row of words, each with its first word and the one after its last."""
        for at, word in enumerate(words):
            for name, venue in self.openings.get(word, ()):
                if tuple(words[at : at + len(name)]) == name:
                    yield venue, at, at + len(name)


def learn_places(places: Iterable[Place], known: Sequence[KnownPlace], names: Iterable[str]) -> Gazetteer:
    """The gazetteer of all places that feeds state, each as often as it is stated, and of those `known` for certain.

    `names` are names of initiatives that may be houses themselves.
    """
    stated = [(place, apart(place)) for place in places]
    towns = towns_of(part for _, part in stated)
    sightings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, part in stated:
        for name in [name for name in part.names if name not in towns][:1]:
            sightings[without(name, towns)][part.address] += 1
    ids = {name: venue_of(name, seen) for name, seen in sightings.items() if name}
    for place in known:
        own = spelled(place.address) or key(place.name)
        ids.update({without(key(alias), towns): own for alias in (place.name, *place.aliases)})
    aliases = {name for name, seen in sightings.items() if name and (ids[name] != name or seen.total() > 1)}
    aliases |= {key(alias) for place in known for alias in (place.name, *place.aliases)}
    aliases |= {name for name in (without(key(name), towns) for name in names) if name in ids}
    addresses = {part.address: part.address for _, part in stated if part.address}
    phrases = {name: ids[name] for name in aliases if name in ids and is_telling(name)} | addresses
    first_look = Gazetteer(towns, ids, by_first_word(phrases))
    ids.update({name: beside_rooms(name, first_look) or ids[name] for name in ids if ids[name] == name})
    ids.update(churches(ids))
    phrases.update({name: ids[name] for name in phrases if name in ids})
    names_of: defaultdict[str, set[str]] = defaultdict(set)
    for name, venue in ids.items():
        names_of[venue].add(name)
    return Gazetteer(towns, ids, by_first_word(phrases), {venue: frozenset(found) for venue, found in names_of.items()})


def churches(ids: Mapping[str, str]) -> dict[str, str]:
    """Saints' names that stand for their church, both ways: whichever has an address gives it to the other."""
    found: dict[str, str] = {}
    for name in ids.keys() & {full.removesuffix(CHURCH) for full in ids if full.endswith(CHURCH)}:
        full = f"{name}{CHURCH}"
        known = ids[full] if ids[name] == name else ids[name]
        found[name] = known
        if ids[full] == full:
            found[full] = known
    return found


def beside_rooms(name: str, gazetteer: Gazetteer) -> str:
    """The venue that a longer name means: an alias beside words for rooms ("Café im …"), "" if none."""
    words = name.split()
    for venue, first, last in gazetteer.found_in(words):
        rest = (*words[:first], *words[last:])
        if rest and all(map(is_room_word, rest)):
            return venue
    return ""


def venue_of(name: str, seen: Mapping[str, int]) -> str:
    """The address that a name was mostly seen with, else the name."""
    told = {address: count for address, count in seen.items() if address}
    best = max(told, key=lambda address: (told[address], address), default="")
    return best if best and told[best] >= AGREEMENT * sum(told.values()) else name


def by_first_word(phrases: Mapping[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names by their first word, longest first."""
    table: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        words = tuple(phrase.split())
        table[words[0]].append((words, phrases[phrase]))
    return {word: tuple(entries) for word, entries in table.items()}


def is_telling(name: str) -> bool:
    """Whether a name can be recognised in running text: not a room, not a bare preposition, not too long."""
    words = name.split()
    return len(words) <= LONGEST_NAME and len(name) >= 3 and not all(is_room_word(word) for word in words)


@lru_cache(maxsize=4096)
def apart(place: Place) -> Stated:
    """A stated place taken apart."""
    names: list[str] = []
    rooms, towns = set(), set()
    address = street = number = ""
    last = ""
    for piece in PIECES.split(f"{place.name}, {place.address}"):
        text = " ".join(word for word in key(piece).split())
        text = without_opening(text)
        if not text or set(text.split()) <= COUNTRIES | ONLINE | OPENINGS:
            continue
        code = POSTCODE.match(text)
        if code:
            towns.add(code[2] or last)
        elif text.isdigit():
            number = text
        elif found := spelled(text):
            name, bare = before_street(found)
            address = address or bare
            names += [name] if name else []
        elif all(map(is_room_word, text.split())):
            rooms.add(text)
        elif STREET.search(text) and names:
            street = street or stretched(text)
        else:
            names.append(text)
        last = text
    if not address and street and number:
        address = f"{street} {number}"
    return Stated(tuple(names), address, street, frozenset(rooms), frozenset(filter(None, towns)))


def spelled(text: str) -> str:
    """The address in its one spelling if the text is a street with a house number, else ""."""
    found = HOUSE_NUMBER.match(key(text))
    if not found or not STREET.search(found["street"].strip()):
        return ""
    return f"{stretched(found['street'].strip())} {found['number'].replace(' ', '')}"


def before_street(address: str) -> tuple[str, str]:
    """A name that stands before an address without any comma, and the address: "vhs | bergstrasse 4"."""
    *front, street, number = address.split(" ")
    complete = len(street) > len(BARE_STREET) and street.endswith(BARE_STREET)
    if not front or not complete or front[-1] in STREET_OPENINGS:
        return "", address
    return " ".join(front), f"{street} {number}"


def stretched(street: str) -> str:
    """A street with its "str." written out."""
    return re.sub(r"str$", "strasse", street)


def without_opening(text: str) -> str:
    """The words of a place without "Treffpunkt:", "Start:", "ab"."""
    words = text.split()
    while len(words) > 1 and words[0] in OPENINGS and not STREET.search(text):
        words = words[1:]
    return " ".join(words)


def is_room_word(word: str) -> bool:
    """Whether a word of a place means a room: "Saal", "Seminarraum", "C", "40.606"."""
    return word in ROOMS or word in STOP or len(word) <= 1 or word[0].isdigit()


def towns_of(stated: Iterable[Stated]) -> frozenset[str]:
    """The names of towns that stand beside postcodes."""
    counts = Counter(town for part in stated for town in part.towns)
    return frozenset(town for town, count in counts.items() if not town[0].isdigit())


def without(name: str, towns: frozenset[str]) -> str:
    """A name without the town in it; whole if nothing would be left."""
    words = [word for word in name.split() if word not in towns]
    return " ".join(words) or name
