"""In which town something takes place where its place does not say: by its words, its house, or who announces it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from aggregator.match.corpus import COMMON_PARTS
from aggregator.match.gazetteer import Gazetteer, towns_in
from aggregator.match.houses import KINDS, ROOMS
from aggregator.match.lexicon import HEADS, STOP
from aggregator.match.names import Names
from aggregator.match.sentences import Look, in_german, sentence
from aggregator.match.stating import apart, in_town
from aggregator.match.wording import stem, stems_of_town
from aggregator.model.places import Place
from aggregator.model.text import key

# A calendar is at home in a town where nearly all of its entries are that tell one, if there are enough to tell.
HOME_SHARE, HOME_COUNT = 0.8, 3
# "Essen" and "Halle" are towns, but not wherever they are written.
WORDS = frozenset(map(stem, COMMON_PARTS | KINDS.keys() | ROOMS | HEADS | STOP))

Placed = Mapping[tuple[str, Place], int]
# The house that a place names, and its towns.
Told = tuple[str, frozenset[str]]


class Towns:
    """Finds the towns that texts name, inflected or as an adjective too: "am Grafenstedter Rathaus"."""

    def __init__(self, names: Iterable[str]) -> None:
        """Know these towns."""
        openings: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in sorted(names):
            words = tuple(map(stem, name.split()))
            if not WORDS.issuperset(words):
                for last in stems_of_town(name.split()[-1]):
                    spelled = (*words[:-1], last)
                    openings.setdefault(spelled[0], []).append((spelled, name))
        self.names = Names(openings)
        self.look = Look(self.named_in_sentence)

    def named_in(self, *texts: str) -> frozenset[str]:
        """The towns that texts name."""
        return self.look.through(*texts)

    def named_in_sentence(self, text: str) -> tuple[frozenset[str], bool]:
        """The same of a sentence, and whether a name of several words may have begun at its end."""
        words = tuple(map(stem, sentence(text).words))
        return frozenset(town for town, _, _ in self.names.found_in(words)), self.names.may_go_on(words)

    def meant_by(self, title: str, text: str) -> frozenset[str]:
        """The towns that a title names, else the only one that the text names."""
        found = self.named_in(title)
        if found:
            return found
        in_text = self.named_in(text)
        return in_text if len(in_text) == 1 else frozenset()


def towns_of_houses(told: Mapping[Place, Told]) -> dict[str, str]:
    """The town of each venue that is stated with one and never with another, by what places tell."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for venue, towns in told.values():
        if venue:
            seen[venue] |= towns
    return {venue: next(iter(towns)) for venue, towns in sorted(seen.items()) if len(towns) == 1}


def by_town(houses: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The venues of each town."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for venue, town in houses.items():
        found[town].add(venue)
    return {town: frozenset(venues) for town, venues in sorted(found.items())}


def home_towns(placed: Placed, told: Mapping[Place, Told], houses: Mapping[str, str]) -> dict[str, str]:
    """The town of each source that is at home in one; `placed` counts its entries by source and place."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (source, place), entries in placed.items():
        venue, towns = told[place]
        for town in towns or {houses[venue]} if venue in houses else towns:
            seen[source][town] += entries
    best = {source: min(towns.items(), key=lambda item: (-item[1], item[0])) for source, towns in seen.items() if towns}
    return {
        source: town
        for source, (town, count) in sorted(best.items())
        if count >= HOME_COUNT and count >= HOME_SHARE * seen[source].total()
    }


def venue_and_towns(place: Place, gazetteer: Gazetteer) -> Told:
    """The house that a place names, "" for none, and the towns that it tells."""
    stated = in_town(apart(place), gazetteer.towns, gazetteer.rooms, gazetteer.halls)
    venue = gazetteer.venue(stated.names[0]) if stated.names else stated.address
    towns = stated.towns | towns_in(in_german(key(place.text)), gazetteer.towns)
    return venue, towns & gazetteer.towns
