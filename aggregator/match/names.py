"""Names of one word or several, found in rows of words without looking at each name in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

# By its first word: names as rows of words, each with what it stands for.
Openings = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


class Names:
    """What each name stands for; of several that begin at one word the first of their opening comes first."""

    def __init__(self, openings: Openings) -> None:
        """Know these names."""
        self.openings = openings
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.meant: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for word, names in openings.items():
            self.lengths[word] = tuple(sorted({len(name) for name, _ in names}, reverse=True))
            for place, (name, meant) in enumerate(names):
                self.meant.setdefault(name, []).append((place, meant))

    def found_in(self, words: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """What the names in a row of words stand for, each with its first word and the one after its last."""
        if self.lengths.keys().isdisjoint(words):
            return
        for at, word in enumerate(words):
            lengths = self.lengths.get(word)
            if lengths:
                yield from self.found_at(at, lengths, words)

    def found_at(self, at: int, lengths: Sequence[int], words: tuple[str, ...]) -> Iterable[tuple[str, int, int]]:
        """The same of the names that begin at one word and have one of these lengths."""
        fitting = (length for length in lengths if at + length <= len(words))
        found = [
            (place, meant, length) for length in fitting for place, meant in self.meant.get(words[at : at + length], ())
        ]
        return [(meant, at, at + length) for _, meant, length in sorted(found)]

    @cached_property
    def begun(self) -> frozenset[tuple[str, ...]]:
        """All beginnings of names of several words."""
        return frozenset(name[:length] for name in self.meant for length in range(1, len(name)))

    @cached_property
    def turns(self) -> frozenset[str]:
        """The last words of these beginnings."""
        return frozenset(beginning[-1] for beginning in self.begun)

    @cached_property
    def longest(self) -> int:
        """The words of the longest beginning."""
        return max(map(len, self.begun), default=0)

    def may_go_on(self, words: tuple[str, ...]) -> bool:
        """Whether a row of words ends with the beginning of a name, the rest of which may follow."""
        if not words or words[-1] not in self.turns:
            return False
        return any(words[-length:] in self.begun for length in range(1, min(self.longest, len(words)) + 1))
