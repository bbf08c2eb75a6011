"""What a few changed records can change: they and all that belongs, belonged or may now belong together with them.

All is closed under matches, old events, festivals and notices, so that looking at these records alone gives for them
what a look at all records would give.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from aggregator.match.announcements import address_key, pages_of
from aggregator.match.belonging import festival_of
from aggregator.match.blocking import WIDEST_BLOCK, Pair, are_candidates, may_meet, ordered_ids
from aggregator.match.deciding import HumanVerdicts, decide
from aggregator.match.identifiers import uses_of
from aggregator.match.linking import Part
from aggregator.match.units import Unit, keys_on_days
from aggregator.model.linkage import Belonging, Decision, Verdict
from aggregator.pipeline.shelf import Shelf, keys_of_statement, keys_of_unit, umbrella_key
from aggregator.store import events, matching
from aggregator.store.matching import Key, Kind

Keys = Mapping[str, Collection[Key]]


class Wide:
    """The keys that too many hold, as far as they were looked up."""

    def __init__(self, shelf: Shelf) -> None:
        """Ask the shelf."""
        self.shelf = shelf

    def __contains__(self, key: object) -> bool:
        """Whether a block is too wide to tell anything."""
        return isinstance(key, int) and self.shelf.is_wide(key)


@dataclass(slots=True)
class Vicinity:
    """The units that may have to be put together anew, growing; and the decisions on all pairs that touch them."""

    shelf: Shelf
    said: HumanVerdicts
    units: set[str] = field(default_factory=set)
    decisions: dict[Pair, Decision] = field(default_factory=dict)
    festivals: set[Belonging] = field(default_factory=set)

    def grow(self, seeds: Iterable[str]) -> None:
        """Take in these records and whatever belongs to them."""
        frontier = self.shelf.units_behind(seeds)
        while frontier:
            self.units |= frontier
            related = self.matched(frontier) | self.once_together(frontier) | self.told_by_notices(frontier)
            frontier = self.shelf.units_behind(related | self.items(frontier)) - self.units

    def matched(self, frontier: Collection[str]) -> set[str]:
        """What matches one of the units, or is an item of it."""
        units = self.shelf.units_of(frontier)
        partners = self.partners(units)
        others = self.shelf.units_of({other for found in partners.values() for other in found})
        wide, found = Wide(self.shelf), set()
        for id_, unit in units.items():
            for other in sorted(partners[id_] & others.keys()):
                pair = ordered_ids(id_, other)
                if pair not in self.decisions and (
                    frozenset(pair) in self.said or are_candidates(unit, others[other], wide)
                ):
                    found |= self.weigh(id_, other)
        return found

    def weigh(self, unit: str, other: str) -> set[str]:
        """Decide on a pair; the other one if it has to be taken in."""
        profiles, corpus = self.shelf.profiles, self.shelf.learnt.corpus
        decision = decide(profiles[unit], profiles[other], self.said, corpus)
        self.decisions[ordered_ids(unit, other)] = decision
        found = festival_of(decision, profiles[unit], profiles[other], corpus)
        self.festivals.update(found)
        is_item = any(festival.umbrella == unit for festival in found)
        return {other} if decision.verdict is Verdict.MATCH or is_item else set()

    def partners(self, units: Mapping[str, Unit]) -> dict[str, set[str]]:
        """Who may be a candidate with each unit; who shares a block but cannot meet it is never made comparable."""
        sure = {id_: self.proving(unit) - {id_} for id_, unit in units.items()}
        near = {id_: self.sharing(unit) - sure[id_] - {id_} for id_, unit in units.items()}
        sketches = self.shelf.sketches_of({other for found in near.values() for other in found})
        return {
            id_: sure[id_] | {other for other in near[id_] & sketches.keys() if may_meet(unit, sketches[other])}
            for id_, unit in units.items()
        }

    def proving(self, unit: Unit) -> set[str]:
        """Who has an identifier or an address of a unit, or was judged together with it."""
        marked = self.shelf.holders(Kind.MARK, unit.marks).values()
        judged = {record for pair in self.said if unit.record in pair for record in pair}
        return judged.union(*(holders for holders in marked if len(holders) <= WIDEST_BLOCK))

    def sharing(self, unit: Unit) -> set[str]:
        """Who shares a block with a unit."""
        found = self.narrow(unit.held | unit.sought)
        if unit.is_long:
            # A brief one is found by its day, but it is the key of the long one that must be narrow.
            days = keys_on_days(unit, self.shelf.learnt.lessons.crowded, Wide(self.shelf))
            found |= {record for holders in self.shelf.holders(Kind.BLOCK, days).values() for record in holders}
        return found

    def narrow(self, keys: Collection[int]) -> set[str]:
        """Who holds one of these keys of blocks, where that are few."""
        blocks = self.shelf.holders(Kind.BLOCK, keys).values()
        return {record for holders in blocks if len(holders) <= WIDEST_BLOCK for record in holders}

    def once_together(self, frontier: Collection[str]) -> set[str]:
        """What was one event with the units, and the founders of those events."""
        connection, shelf = self.shelf.connection, self.shelf
        overrides = shelf.overrides_of(frontier)
        old = set(shelf.events_of([*frontier, *overrides]).values())
        found = set(events.load_members_of(connection, old))
        return found | {stored.identity.founder for stored in events.load_identities_of(connection, "id", old)}

    def told_by_notices(self, frontier: Iterable[str]) -> set[str]:
        """The other events with an address that a notice leads to."""
        addresses = {address_key(self.shelf.record(id_)) for id_ in frontier} - {0}
        return around_notices(self.shelf, addresses)

    def items(self, frontier: Iterable[str]) -> set[str]:
        """What was an item of the units."""
        found = self.shelf.holders(Kind.UMBRELLA, {umbrella_key(id_) for id_ in frontier})
        return {record for holders in found.values() for record in holders}

    def part(self) -> Part:
        """The units with their overrides and notices, ready to be put together."""
        shelf = self.shelf
        told = [shelf.record(id_) for id_ in sorted(self.units)]
        addresses = {address_key(record) for record in told} - {0}
        notices = shelf.fetch(id_ for found in shelf.holders(Kind.NOTICE, addresses).values() for id_ in found)
        more = [each.record for each in (*shelf.overrides_of(self.units).values(), *notices.values())]
        others = {id_ for pair in self.decisions for id_ in pair} - self.units
        known = shelf.events_of(others)
        return Part(
            profiles={id_: shelf.profiles[id_] for id_ in sorted(self.units | others)},
            decisions=[decision for _, decision in sorted(self.decisions.items())],
            festivals=tuple(self.festivals),
            beside=[record for record in more if record.id not in self.units],
            pages=pages_of(told),
            elsewhere={id_: known.get(id_, id_) for id_ in others},
        )


def around_notices(shelf: Shelf, addresses: Collection[int]) -> set[str]:
    """All records that have one of these addresses, as far as a notice leads there."""
    led = {key for key, found in shelf.holders(Kind.NOTICE, addresses).items() if found}
    return {record for found in shelf.holders(Kind.ADDRESS, led).values() for record in found}


def renew(shelf: Shelf, touched: Collection[str]) -> set[str]:
    """Write the keys of changed records anew; the records that they may concern, themselves included."""
    connection = shelf.connection
    renewed, before = set[str](), dict[str, set[Key]]()
    waiting = with_series(shelf, touched)
    while waiting:
        before |= matching.keys_of(connection, waiting)
        renewed |= waiting
        units = shelf.units_behind(renewed)
        told = shelf.fetch(waiting)
        matching.put_keys(
            connection,
            {id_: keys_of_statement(told[id_].record, id_ in units) if id_ in told else () for id_ in waiting},
        )
        shelf.forget_holders()
        waiting = proving_otherwise(shelf, renewed, before) - renewed
    made = shelf.units_of(units & renewed)
    matching.add_keys(connection, {id_: keys_of_unit(unit) for id_, unit in made.items()})
    shelf.forget_holders()
    after = matching.keys_of(connection, renewed)
    seeds = renewed | widened(shelf, before, after) | noticed(shelf, before, after)
    umbrellas = shelf.holders(Kind.UMBRELLA, {umbrella_key(id_) for id_ in renewed})
    old = set(shelf.events_of(renewed).values())
    together = events.load_members_of(connection, old)
    return seeds | set(together) | {record for found in umbrellas.values() for record in found}


def with_series(shelf: Shelf, touched: Collection[str]) -> set[str]:
    """Changed records, the series whose overrides changed, and the overrides whose series did."""
    told = shelf.fetch(touched)
    series = {each.record.series for each in told.values() if each.record.series}
    return set(touched) | shelf.fetch(series).keys() | shelf.overrides_of({*touched, *series}).keys()


def proving_otherwise(shelf: Shelf, renewed: Collection[str], before: Keys) -> set[str]:
    """The records beside the renewed ones whose identifiers begin or cease to prove anything."""
    old = [{key for kind, key in before[id_] if kind is Kind.USE} for id_ in renewed]
    units = shelf.units_behind(renewed)
    now = [set(uses_of(shelf.record(id_))) if id_ in units else set() for id_ in renewed]
    uses = {use for each in (*old, *now) for use in each}
    found: set[str] = set()
    for use, holders in shelf.holders(Kind.USE, uses).items():
        others = holders - set(renewed)
        then = len(others) + sum(use in each for each in old)
        if (then > 1) != (len(holders) > 1):
            found |= others
    return found


def widened(shelf: Shelf, before: Keys, after: Keys) -> set[str]:
    """All who hold a key that has become too wide, or is so no more."""
    found: set[str] = set()
    for kind in (Kind.BLOCK, Kind.MARK):
        balance: dict[int, int] = {}
        for held, step in ((before, 1), (after, -1)):
            for keys in held.values():
                for key in (key for of, key in keys if of is kind):
                    balance[key] = balance.get(key, 0) + step
        changed = [key for key, difference in balance.items() if difference]
        for key, holders in shelf.holders(kind, changed).items():
            if (len(holders) > WIDEST_BLOCK) != (len(holders) + balance[key] > WIDEST_BLOCK):
                found |= holders
    return found


def noticed(shelf: Shelf, before: Keys, after: Keys) -> set[str]:
    """All events with an address that a notice leads or led to, where either changed."""
    addresses, notices = (
        {key for held in (before, after) for keys in held.values() for of, key in keys if of is kind}
        for kind in (Kind.ADDRESS, Kind.NOTICE)
    )
    led = shelf.holders(Kind.ADDRESS, notices).values()
    return around_notices(shelf, addresses) | {record for found in led for record in found}
