"""Expressions that are tried only where their plain letters stand: most texts hold none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# An expression without regard to case takes these for an i and an s, which lower case does not.
ODD_LETTERS = {ord("ı"): "i", ord("İ"): "i", ord("ſ"): "s"}
# What is kept of the words of texts: so many, none longer.
MOST_KNOWN, LONGEST_KNOWN = 20_000, 40
# Once so many are kept, a text with more new words than this is quicker searched than learnt.
MOST_NEW = 16
NONE: frozenset[str] = frozenset()


def letters(text: str) -> str:
    """The text in lower case, letter for letter."""
    is_odd = not text.isascii() and ("ı" in text or "ſ" in text or "İ" in text)
    return text.translate(ODD_LETTERS).lower() if is_odd else text.lower()


class Said(NamedTuple):
    """A text, its `letters`, and which words of a vocabulary stand in these, be it inside of others."""

    text: str
    lowered: str
    words: frozenset[str]


class Inside(dict[str, frozenset[str]]):
    """Which pieces stand inside of a word; of words that were met before it is known."""

    def __init__(self, pieces: frozenset[str]) -> None:
        """Know no word."""
        self._pieces = pieces

    def those_in(self, lowered: str) -> frozenset[str]:
        """The pieces inside of a text, by way of its words, unless they are words that nobody writes."""
        words = set(lowered.split())
        if len(self) >= MOST_KNOWN and len(words - self.keys()) > MOST_NEW:
            return frozenset(piece for piece in self._pieces if piece in lowered)
        return NONE.union(*map(self.__getitem__, words))

    def __missing__(self, word: str) -> frozenset[str]:
        """The pieces inside of a word that is new."""
        found = frozenset(piece for piece in self._pieces if piece in word) or NONE
        if len(word) <= LONGEST_KNOWN and len(self) < MOST_KNOWN:
            self[word] = found
        return found


class Vocabulary:
    """Pieces of text that are looked for in every text: found by way of its words, most of which were met before."""

    def __init__(self, pieces: Iterable[str]) -> None:
        """Know the pieces; of those that hold blanks the words are looked for first."""
        every = set(pieces)
        self._parts = {piece: frozenset(piece.split()) for piece in every if piece.split() != [piece]}
        self._inside = Inside(NONE.union(every - self._parts.keys(), *self._parts.values()))

    def said(self, text: str) -> Said:
        """The text with the pieces that stand in it."""
        lowered = letters(text)
        heard = self._inside.those_in(lowered)
        # "für kinder" can stand only where "für" and "kinder" do.
        spanning = [piece for piece, parts in self._parts.items() if parts <= heard and piece in lowered]
        return Said(text, lowered, heard.union(spanning))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One expression. What it matches begins, in lower case, with one of its `openers`, if there are any, and holds
    one word of each of its `needles`.
    """

    expression: re.Pattern[str]
    openers: frozenset[str]
    needles: tuple[frozenset[str], ...]

    def search(self, said: Said) -> re.Match[str] | None:
        """The first match."""
        for words in self.needles:
            if words.isdisjoint(said.words):
                return None
        if not self.openers:
            return self.expression.search(said.text)
        for place in self.places(said):
            if match := self.expression.match(said.text, place):
                return match
        return None

    @property
    def fewest(self) -> frozenset[str]:
        """Few words of which every match holds one."""
        return min((words for words in (self.openers, *self.needles) if words), key=len)

    def places(self, said: Said) -> list[int]:
        """Where an opener stands, in order."""
        found = []
        for opener in self.openers & said.words:
            place = said.lowered.find(opener)
            while place >= 0:
                found.append(place)
                place = said.lowered.find(opener, place + 1)
        found.sort()
        return found


class Phrases:
    """Alternatives that are searched as one expression would be, those that cannot match left aside."""

    def __init__(self, *phrases: tuple[str, str, *tuple[str, ...]]) -> None:
        """Each phrase is an expression, its openers and what it needs: words parted by a bar."""
        self.phrases = tuple(
            Phrase(
                re.compile(expression, re.IGNORECASE),
                frozenset(openers.split("|")) if openers else NONE,
                tuple(frozenset(words.split("|")) for words in needles),
            )
            for expression, openers, *needles in phrases
        )
        self.whole = re.compile("|".join(f"(?:{expression})" for expression, *_ in phrases), re.IGNORECASE)
        self.words = NONE.union(*(words for phrase in self.phrases for words in (phrase.openers, *phrase.needles)))
        self._gate = NONE.union(*(phrase.fewest for phrase in self.phrases))

    def search(self, said: Said) -> re.Match[str] | None:
        """The first match, of several in one place the one of the earlier alternative: as `whole.search` finds it.

        What is said must have been heard with all `words` of these phrases.
        """
        if self._gate.isdisjoint(said.words):
            return None
        best = None
        for phrase in self.phrases:
            found = phrase.search(said)
            if found and (best is None or found.start() < best.start()):
                best = found
        return best

    def without(self, text: str) -> str:
        """The text with a blank for each match."""
        return self.whole.sub(" ", text)
