"""What all records teach together, before any one is made comparable; it can be stored and used for days.

A single changed event must not shift the weights of all: what is learnt stays as it is until it is learnt anew, and
everything else follows from it and from the records alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from aggregator.match.corpus import PREFIX, Corpus, Counts, habit_of, heads_among
from aggregator.match.gazetteer import Gazetteer, learn_places
from aggregator.match.naming import Naming, first_clause, learn_names
from aggregator.match.sentences import plain_words, without_asides
from aggregator.match.siting import Sites
from aggregator.match.spots import Spot, homes
from aggregator.match.towns import Towns, by_town, home_towns, towns_of_houses, venue_and_towns
from aggregator.match.wording import Cutter
from aggregator.model.places import KnownPlace, Place
from aggregator.model.records import Record
from aggregator.model.sources import Initiative, Source


@dataclass(frozen=True)
class Town:
    """What is known beside the records: sources and initiatives by id, the venues of `places.yaml`, the site's zone."""

    zone: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    initiatives: Mapping[str, Initiative] = field(default_factory=dict)
    places: tuple[KnownPlace, ...] = ()


@dataclass(frozen=True)
class Lessons:
    """What the records of one day taught: plain values, to be stored.

    `heads` are second halves of compounds, `habits` the prefixes and `homes` the houses of sources by id,
    `town_of_house` the towns of venues, `home_towns` those of sources by id,
    `crowded` the keys whose blocks were too wide to be of use (see blocking).
    """

    heads: frozenset[str] = frozenset()
    habits: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    gazetteer: Gazetteer = Gazetteer()
    town_of_house: Mapping[str, str] = field(default_factory=dict)
    home_towns: Mapping[str, str] = field(default_factory=dict)
    counts: Counts = Counts()
    crowded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Learnt:
    """Lessons ready for use in a town."""

    town: Town
    lessons: Lessons

    @cached_property
    def cutter(self) -> Cutter:
        """Cuts compounds."""
        return Cutter(self.lessons.heads, self.lessons.gazetteer.towns)

    @cached_property
    def corpus(self) -> Corpus:
        """Knows how rare words are."""
        return Corpus(self.lessons.counts)

    @cached_property
    def naming(self) -> Naming:
        """Knows by which names initiatives are called."""
        return learn_names(tuple(self.town.initiatives.values()), self.lessons.gazetteer.towns)

    @cached_property
    def towns(self) -> Towns:
        """Knows the towns."""
        return Towns(self.lessons.gazetteer.towns)

    @cached_property
    def named_towns(self) -> dict[str, frozenset[str]]:
        """The towns in the initiatives' names, by id: "Grafenstedter Wochenblatt"."""
        return {each.id: self.towns.named_in(each.name) for each in self.town.initiatives.values()}

    def worded_towns(self, record: Record, spot: Spot) -> frozenset[str]:
        """Where a record takes place by its words: its title's towns, or its announcer's own."""
        named = self.towns.named_in(record.title)
        if named or spot.is_known:
            return named
        return self.towns.named_in(without_asides(record.description)) & self.own_towns(record.source)

    def likely_towns(self, record: Record, spot: Spot) -> frozenset[str]:
        """Where a record that does not say it likely takes place: where its house is, or its announcer."""
        houses = self.lessons.town_of_house
        own = frozenset(houses[venue] for venue in spot.venues if venue in houses) or self.own_towns(record.source)
        elsewhere = self.towns.named_in(without_asides(record.description)) - own
        return frozenset() if elsewhere and not spot.is_known else own

    def own_towns(self, source_id: str) -> frozenset[str]:
        """The towns of a calendar: those in its initiative's name, else where nearly all of its entries are."""
        source = self.town.sources.get(source_id)
        named = self.named_towns.get(source.initiative, frozenset()) if source else frozenset()
        return named or frozenset(filter(None, (self.lessons.home_towns.get(source_id),)))

    @cached_property
    def sites(self) -> Sites:
        """Knows the places of the town."""
        return Sites(self.lessons.gazetteer, self.cutter)

    @cached_property
    def houses(self) -> dict[str, list[str]]:
        """The initiatives whose own house it is, by venue."""
        found: dict[str, list[str]] = {}
        homes_of = {source.initiative: self.lessons.homes.get(source.id, "") for source in self.town.sources.values()}
        for initiative, house in homes_of.items():
            if house:
                found.setdefault(house, []).append(initiative)
        return found


class Survey:
    """A first look at all records, one after the other: what has to be known before their words are cut."""

    def __init__(self, town: Town) -> None:
        """Start with nothing."""
        self.town = town
        self.words: Counter[str] = Counter()
        self.prefixes: dict[str, Counter[str]] = {}
        self.places: Counter[tuple[str, Place]] = Counter()

    def add(self, record: Record) -> None:
        """One record that will be compared."""
        self.words.update(set(plain_words(record.title, record.place.name)))
        found = PREFIX.match(record.title)
        self.prefixes.setdefault(record.source, Counter())[found[0] if found else ""] += 1
        self.places[record.source, record.place] += 1

    def lessons(self) -> Lessons:
        """What the records have taught so far, but for the counts of words."""
        sources = self.town.sources.values()
        initiatives = self.town.initiatives
        known = (source for source in sources if source.initiative in initiatives)
        names = {source.id: initiatives[source.initiative].name for source in known}
        stated = Counter[Place]()
        for (_, place), entries in self.places.items():
            stated[place] += entries
        gazetteer = learn_places(stated, self.town.places, map(first_clause, names.values()))
        habits = {source: habit for source, seen in self.prefixes.items() if (habit := habit_of(seen))}
        told = {place: venue_and_towns(place, gazetteer) for place in stated}
        own = homes(self.places, {place: venue for place, (venue, _) in told.items()}, gazetteer, names)
        town_of_house = towns_of_houses(told)
        towns = home_towns(self.places, told, town_of_house)
        placed = replace(gazetteer, houses=by_town(town_of_house))
        return Lessons(heads_among(self.words), habits, own, placed, town_of_house, towns)
