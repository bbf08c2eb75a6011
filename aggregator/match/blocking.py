"""Which pairs are worth comparing: those that share a block, whatever else there is.

A block is a key and the records that hold it: a UID, an address, or on one day a venue, a rare word of the title or one
of the rarest words of the text. Whether two records are a candidate pair depends on these two, on what was learnt and
on which of their keys are too wide, so one changed record changes no pair but its own. Blocks stay narrow as a town
grows: a key that was crowded when last learnt is told apart by the hour, and one that is too wide all the same gives
no pairs at all. What is long (a series, an exhibition of weeks) lies in no block of a day: it is found by keys without
one, and its days are looked at afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import combinations

from aggregator.match.spots import OTHER_TOWN_KM
from aggregator.match.units import DAY, NEAR, Unit, with_keys
from aggregator.model.linkage import HumanVerdict
from aggregator.model.places import distance_km

# A key with more holders than the first is told apart by the hour when it is next learnt; a block with more than the
# second gives no pairs: a source may list hundreds of equal titles on one day (slots of a consultation).
CROWDED, WIDEST_BLOCK = 12, 48

Pair = tuple[str, str]
Blocks = Mapping[int, Sequence[Unit]]


def candidate_pairs(units: Sequence[Unit], human: Iterable[HumanVerdict]) -> list[Pair]:
    """The pairs to compare of units that are all there is, sorted, each once with the smaller id first.

    Pairs that a person judged are always among them.
    """
    known = {unit.record for unit in units}
    found = pairs_among(units)
    found |= {ordered_ids(given.left, given.right) for given in human if given.left != given.right}
    return sorted(pair for pair in found if known.issuperset(pair))


def pairs_among(units: Sequence[Unit]) -> set[Pair]:
    """The candidate pairs of units that are all there is."""
    wide = too_wide(key for unit in units for key in unit.held | unit.marks)
    brief = [unit for unit in units if not unit.is_long]
    long = blocks_of((unit for unit in units if unit.is_long), wide)
    return pairs_of_marks(units, wide) | pairs_in(blocks_of(brief, wide)) | pairs_in(long) | pairs_across(brief, long)


def too_wide(held: Iterable[int]) -> frozenset[int]:
    """The keys that are held too often to tell anything."""
    return frozenset(key for key, holders in Counter(held).items() if holders > WIDEST_BLOCK)


def blocks_of(units: Iterable[Unit], wide: Container[int]) -> dict[int, list[Unit]]:
    """The units by the keys that they hold, but for those that are too wide."""
    found: dict[int, list[Unit]] = {}
    for unit in units:
        for key in unit.held:
            if key not in wide:
                found.setdefault(key, []).append(unit)
    return found


def pairs_in(blocks: Blocks) -> set[Pair]:
    """The pairs that lie in one block, both brief or both long."""
    return {
        ordered_ids(one.record, other.record)
        for block in blocks.values()
        for one, other in combinations(block, 2)
        if may_meet(one, other)
    }


def pairs_across(brief: Iterable[Unit], long: Blocks) -> set[Pair]:
    """The pairs of something brief and something long that take place on one day."""
    return {
        ordered_ids(one.record, other.record)
        for one in brief
        for key in one.sought
        for other in long.get(key, ())
        if may_meet(one, other)
    }


def pairs_of_marks(units: Iterable[Unit], wide: Container[int]) -> set[Pair]:
    """The pairs that share a UID or an address, on whatever day."""
    found: dict[int, list[Unit]] = {}
    for unit in units:
        for key in unit.marks:
            found.setdefault(key, []).append(unit)
    return {
        ordered_ids(one.record, other.record)
        for key, block in found.items()
        if key not in wide
        for one, other in combinations(block, 2)
        if may_be_one(one, other)
    }


def are_candidates(one: Unit, other: Unit, wide: Container[int]) -> bool:
    """Whether two units are a pair to compare; as `pairs_among` says of all."""
    if any(key not in wide for key in one.marks & other.marks):
        return may_be_one(one, other)
    if one.is_long == other.is_long:
        shared = one.held & other.held
    else:
        shared = one.sought & other.held | other.sought & one.held
    return any(key not in wide for key in shared) and may_meet(one, other)


def may_meet(one: Unit, other: Unit) -> bool:
    """Whether two units with a common key share a day, and begin within hours of each other or one lasts for days."""
    if not may_be_one(one, other) or not one.span.meets(other.span) or are_in_two_towns(one, other):
        return False
    if one.is_umbrella or other.is_umbrella or not (one.minutes and other.minutes):
        return True
    return any(apart(left, right) <= NEAR for left in one.minutes for right in other.minutes)


def are_in_two_towns(one: Unit, other: Unit) -> bool:
    """Whether both say where, and that is not in one town."""
    if one.point and other.point and distance_km(*one.point, *other.point) > OTHER_TOWN_KM:
        return True
    return bool(one.towns and other.towns) and one.towns.isdisjoint(other.towns)


def apart(one: int, other: int) -> int:
    """The minutes between two times of the day, over midnight if that is shorter."""
    minutes = abs(one - other)
    return min(minutes, DAY - minutes)


def may_be_one(one: Unit, other: Unit) -> bool:
    """Whether two units can be one event, or one an item of the other.

    Two singles of one calendar are not unless it lists them twice. Of ten thousand entries of one calendar there
    would be a hundred thousand pairs to weigh.
    """
    if one.source != other.source or one.is_series or other.is_series or one.is_umbrella != other.is_umbrella:
        return True
    return any(twin in other.twins for twin in one.twins)


def crowded_keys(units: Iterable[Unit]) -> frozenset[int]:
    """The keys that are to be told apart by the hour; `units` know of none yet."""
    held = Counter(key for unit in units for key in unit.held)
    return frozenset(key for key, holders in held.items() if holders > CROWDED)


def narrowed(units: Sequence[Unit], crowded: frozenset[int]) -> list[Unit]:
    """The units with their crowded keys told apart by the hour."""
    return [unit if crowded.isdisjoint(unit.held | unit.sought) else with_keys(unit, crowded) for unit in units]


def ordered_ids(one: str, other: str) -> Pair:
    """A pair of record ids in its one order."""
    return (one, other) if one < other else (other, one)
