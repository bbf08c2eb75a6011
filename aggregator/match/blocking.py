"""Which pairs are worth comparing: those that share a block.

A block is everything with one UID, one event address, or one title on one local day. Each record lies in
two blocks and one for each of its dates, and `standardise` leaves one source at most one record in a UID
or address block, so the number of pairs grows with the data and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise

from aggregator.match.standardising import Profile
from aggregator.model.linkage import HumanVerdict

# A source may list hundreds of equal titles on one day (slots of a consultation); of such a block only
# neighbours are compared, in an order that puts equal ones side by side.
LARGEST_BLOCK = 60

Pair = tuple[str, str]


def candidate_pairs(profiles: Mapping[str, Profile], human: Iterable[HumanVerdict], zone: str) -> list[Pair]:
    """The pairs to compare, sorted, each once with the smaller id first; `zone` says where a day begins.

    Pairs that a person judged are always among them.
    """
    pairs = {pair for block in blocks(profiles, zone).values() for pair in pairs_in(block)}
    pairs |= {ordered_ids(given.left, given.right) for given in human if given.left != given.right}
    return sorted(pair for pair in pairs if pair[0] in profiles and pair[1] in profiles)


def blocks(profiles: Mapping[str, Profile], zone: str) -> dict[Pair, list[Profile]]:
    """The profiles by block key."""
    found: dict[Pair, list[Profile]] = {}
    for profile in profiles.values():
        for block_key in block_keys(profile, zone):
            found.setdefault(block_key, []).append(profile)
    return found


def block_keys(profile: Profile, zone: str) -> set[Pair]:
    """The blocks that a profile lies in, as (kind, value)."""
    whole = profile.face
    keys = {(kind, value) for kind, value in (("uid", whole.uid), ("url", whole.url)) if value}
    for face in (whole, *profile.dates.values()):
        if face.title_key:
            keys |= {("day", f"{time.local_day(zone)} {face.title_key}") for time in face.times}
    return keys


def pairs_in(block: list[Profile]) -> Iterable[Pair]:
    """The pairs of one block: all of them, or the neighbours of an oversized one."""
    if len(block) <= LARGEST_BLOCK:
        return (ordered_ids(one.record, other.record) for one, other in combinations(block, 2))
    in_order = sorted(block, key=likeness)
    return (ordered_ids(one.record, other.record) for one, other in pairwise(in_order))


def likeness(profile: Profile) -> tuple[list[str], str, str]:
    """An order that puts records with equal start and place side by side."""
    return sorted(profile.face.moments), profile.face.place.text, profile.record


def ordered_ids(one: str, other: str) -> Pair:
    """A pair of record ids in its one order."""
    return (one, other) if one < other else (other, one)
