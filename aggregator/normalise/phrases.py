"""Expressions that are tried only where their plain letters stand: most texts hold none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# An expression without regard to case takes these for an i and an s, which lower case does not.
ODD_LETTERS = {ord("ı"): "i", ord("İ"): "i", ord("ſ"): "s"}


def letters(text: str) -> str:
    """The text in lower case, letter for letter."""
    return text.translate(ODD_LETTERS).lower() if not text.isascii() else text.lower()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One expression. What it matches begins, in lower case, with one of its `openers`, if there are any, and holds
    one word of each of its `needles`.
    """

    expression: re.Pattern[str]
    openers: tuple[str, ...]
    needles: tuple[tuple[str, ...], ...]

    def search(self, text: str, lowered: str) -> re.Match[str] | None:
        """The first match; `lowered` are the `letters` of the text."""
        for words in self.needles:
            if not any(word in lowered for word in words):
                return None
        if not self.openers:
            return self.expression.search(text)
        tried = (self.expression.match(text, place) for place in sorted(self.places(lowered)))
        return next((match for match in tried if match), None)

    @property
    def fewest(self) -> tuple[str, ...]:
        """Few words of which every match holds one."""
        return min((words for words in (self.openers, *self.needles) if words), key=len)

    def places(self, lowered: str) -> Iterator[int]:
        """Where an opener stands."""
        for opener in self.openers:
            place = lowered.find(opener)
            while place >= 0:
                yield place
                place = lowered.find(opener, place + 1)


def shortest(words: Iterable[str]) -> tuple[str, ...]:
    """The words without those that hold another of them: a text has one of these if it has one of all."""
    every = sorted(set(words), key=lambda word: (len(word), word))
    return tuple(word for word in every if not any(other in word for other in every if other != word))


class Phrases:
    """Alternatives that are searched as one expression would be, those that cannot match left aside."""

    def __init__(self, *phrases: tuple[str, str, *tuple[str, ...]]) -> None:
        """Each phrase is an expression, its openers and what it needs: words parted by a bar."""
        self.phrases = tuple(
            Phrase(
                re.compile(expression, re.IGNORECASE),
                tuple(openers.split("|")) if openers else (),
                tuple(tuple(words.split("|")) for words in needles),
            )
            for expression, openers, *needles in phrases
        )
        self.whole = re.compile("|".join(f"(?:{expression})" for expression, *_ in phrases), re.IGNORECASE)

        self.gate = shortest(word for phrase in self.phrases for word in phrase.fewest)

    def search(self, text: str, lowered: str) -> re.Match[str] | None:
        """The first match, of several in one place the one of the earlier alternative: as `whole.search` finds it."""
        for word in self.gate:
            if word in lowered:
                break
        else:
            return None
        best = None
        for phrase in self.phrases:
            found = phrase.search(text, lowered)
            if found and (best is None or found.start() < best.start()):
                best = found
        return best

    def without(self, text: str) -> str:
        """The text with a blank for each match."""
        return self.whole.sub(" ", text)
