"""Who holds which key, for a look at very many records: rows of numbers instead of sets of texts.

It gives the pairs that `blocking.pairs_among` gives of the same units (a property test holds them together), in a
fraction of the memory: keys lie in arrays, sorted into shelves by their last bits, and one shelf is looked at a time.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations
from typing import Protocol

from aggregator.match.blocking import CROWDED, WIDEST_BLOCK, Pair, may_be_one, may_meet, ordered_ids
from aggregator.match.corpus import Corpus
from aggregator.match.units import Hints, Unit, features_in, keys_of

# A shelf of keys is looked at by itself, so what it takes to look at it is this share of the whole.
SHELVES = 16

Blocks = dict[int, list[int]]


class HintsOfAll(Protocol):
    """The hints of all units in the order of these, be it out of the memory."""

    def append(self, hints: Hints, /) -> None:
        """Those of one more unit."""

    def __getitem__(self, unit: int, /) -> Hints:
        """Those of a unit."""

    def __iter__(self) -> Iterator[Hints]:
        """Those of all."""


class Shelves:
    """Keys with the units that hold them, by number."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows = [(array("q"), array("l")) for _ in range(SHELVES)]

    def put(self, unit: int, keys: Iterable[int]) -> None:
        """The keys of one unit."""
        for key in keys:
            held, holders = self.rows[key % SHELVES]
            held.append(key)
            holders.append(unit)

    def pairs(self, shelf: int) -> Iterator[tuple[int, int]]:
        """The keys of a shelf, each with a unit that holds it."""
        return zip(*self.rows[shelf], strict=True)

    def holders_of(self, keys: Collection[int]) -> set[int]:
        """The units that hold one of these keys."""
        return {unit for shelf in range(SHELVES) for key, unit in self.pairs(shelf) if key in keys}

    def take_out(self, units: Collection[int]) -> None:
        """Forget the keys of these units."""
        for shelf in range(SHELVES):
            kept = [(key, unit) for key, unit in self.pairs(shelf) if unit not in units]
            self.rows[shelf] = array("q", (key for key, _ in kept)), array("l", (unit for _, unit in kept))

    def blocks(self, shelf: int) -> Blocks:
        """The holders of each key of a shelf."""
        found: Blocks = {}
        for key, unit in self.pairs(shelf):
            found.setdefault(key, []).append(unit)
        return found


class Ledger:
    """All units with their keys.

    First all are put down with the hints by which they may be found, then, when it is known which words are rare, what
    follows from these is entered.
    """

    def __init__(self, hints: HintsOfAll | None = None) -> None:
        """Start empty; hints are put there, be it out of the memory."""
        self.units: list[Unit] = []
        self.hints: HintsOfAll = [] if hints is None else hints
        self.brief, self.long, self.sought, self.marks = Shelves(), Shelves(), Shelves(), Shelves()

    def put_down(self, unit: Unit, marks: Iterable[int], hints: Hints) -> None:
        """One more unit, which has neither features nor keys yet, and its marks."""
        self.marks.put(len(self.units), marks)
        self.units.append(unit)
        self.hints.append(hints)

    def enter(self, corpus: Corpus, crowded: frozenset[int]) -> None:
        """The keys of all units that were put down."""
        for at, hints in enumerate(self.hints):
            self.put_keys(at, hints, corpus, crowded)

    def put_keys(self, at: int, hints: Hints, corpus: Corpus, crowded: frozenset[int]) -> None:
        """The keys of a unit's days."""
        unit = self.units[at]
        features = features_in(hints, unit.is_long, corpus)
        held, sought = keys_of(features, unit.span, unit.minutes, unit.is_long, crowded)
        (self.long if unit.is_long else self.brief).put(at, held)
        self.sought.put(at, sought)

    def crowded(self) -> frozenset[int]:
        """The keys that are to be told apart by the hour, as `blocking.crowded_keys` says."""
        found: set[int] = set()
        for held in (self.brief, self.long):
            for shelf in range(SHELVES):
                counts = Counter(held.rows[shelf][0])
                found.update(key for key, holders in counts.items() if holders > CROWDED)
        return frozenset(found)

    def narrow(self, corpus: Corpus, crowded: frozenset[int]) -> None:
        """Tell crowded keys apart by the hour."""
        if not crowded:
            return
        days = (self.brief, self.long, self.sought)
        affected = {unit for shelves in days for unit in shelves.holders_of(crowded)}
        for shelves in days:
            shelves.take_out(affected)
        for at in sorted(affected):
            self.put_keys(at, self.hints[at], corpus, crowded)

    def of_days(self) -> Iterator[tuple[str, int]]:
        """The records with the keys of their days, in no order."""
        for shelves in (self.brief, self.long):
            yield from self.records_with(shelves)

    def of_marks(self) -> Iterator[tuple[str, int]]:
        """The records with the keys of their identifiers, in no order."""
        yield from self.records_with(self.marks)

    def records_with(self, shelves: Shelves) -> Iterator[tuple[str, int]]:
        """The records with their keys on some shelves."""
        for shelf in range(SHELVES):
            yield from ((self.units[unit].record, key) for key, unit in shelves.pairs(shelf))

    def pairs(self) -> list[Pair]:
        """The candidate pairs, those of one day one after the other."""
        found = {pair for shelf in range(SHELVES) for pair in self.pairs_of_shelf(shelf)}
        units, total = self.units, len(self.units)
        days = array("l", (unit.span.first for unit in units))
        by_day = sorted(found, key=lambda pair: (max(days[pair // total], days[pair % total]), pair))
        return [ordered_ids(units[pair // total].record, units[pair % total].record) for pair in by_day]

    def pairs_of_shelf(self, shelf: int) -> Iterator[int]:
        """The candidate pairs that share a key of one shelf, as one number each."""
        long = narrow_ones(self.long.blocks(shelf))
        yield from self.pairs_in(narrow_ones(self.marks.blocks(shelf)), may_be_one)
        yield from self.pairs_in(narrow_ones(self.brief.blocks(shelf)), may_meet)
        yield from self.pairs_in(long, may_meet)
        for key, unit in self.sought.pairs(shelf):
            for other in long.get(key, ()):
                if may_meet(self.units[unit], self.units[other]):
                    yield self.number(unit, other)

    def pairs_in(self, blocks: Blocks, may: Callable[[Unit, Unit], bool]) -> Iterator[int]:
        """The pairs of blocks that may be one."""
        units = self.units
        for block in blocks.values():
            for one, other in combinations(block, 2):
                if may(units[one], units[other]):
                    yield self.number(one, other)

    def number(self, one: int, other: int) -> int:
        """A pair as one number."""
        return (one * len(self.units) + other) if one < other else (other * len(self.units) + one)


def narrow_ones(blocks: Blocks) -> Blocks:
    """The blocks that are not too wide to tell anything."""
    return {key: block for key, block in blocks.items() if len(block) <= WIDEST_BLOCK}
