"""Expressions that are looked for only where their plain letters stand: most texts hold none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# These match an i, s or k whatever its case, but are not those letters in lower case.
ODD_LETTERS = re.compile("[ſıİ\u212a]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One expression; whatever it matches holds, in lower case, one word of each of its `needles`."""

    expression: re.Pattern[str]
    needles: tuple[tuple[str, ...], ...]

    def may_stand_in(self, lowered: str) -> bool:
        """Whether a text in lower case has the letters without which there is no match."""
        return all(any(word in lowered for word in words) for words in self.needles)


class Phrases:
    """Alternatives that are searched as one expression would be, those that cannot match left aside."""

    def __init__(self, *phrases: tuple[str, *tuple[str, ...]]) -> None:
        """Each phrase is an expression and what it needs: words parted by a bar, one of each text."""
        self.phrases = tuple(
            Phrase(re.compile(expression, re.IGNORECASE), tuple(tuple(words.split("|")) for words in needles))
            for expression, *needles in phrases
        )
        self.whole = re.compile("|".join(f"(?:{expression})" for expression, *_ in phrases), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, as `whole.search` finds it."""
        if ODD_LETTERS.search(text):
            return self.whole.search(text)
        lowered = text.lower()
        return _first(phrase.expression.search(text) for phrase in self.phrases if phrase.may_stand_in(lowered))

    def without(self, text: str) -> str:
        """The text with a blank for each match."""
        return self.whole.sub(" ", text)


def _first(found: Iterable[re.Match[str] | None]) -> re.Match[str] | None:
    """The match that begins first, of several the one of the earlier alternative."""
    return min((match for match in found if match), key=lambda match: match.start(), default=None)
