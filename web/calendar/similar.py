"""What sounds like a word that nothing was found for: known words that share many groups of three letters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from aggregator.model.text import WORD, key

# Words that begin alike are more often meant than those that only end alike.
LEAST, LEAST_OF_ONE_BEGINNING = 0.4, 0.34
MOST = 3
SHORTEST = 3


@lru_cache(maxsize=20_000)
def trigrams(word: str) -> frozenset[str]:
    """Each three letters in a row; two blanks before and one behind give the beginning of a word more weight."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(left: str, right: str) -> float:
    """The share of common trigrams, 0 to 1 (Dice)."""
    ours, theirs = trigrams(left), trigrams(right)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def similar_words(word: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The few words of the texts that are most like the word, best first; all are keys (model.text)."""
    known = {one for text in texts for one in text.split() if len(one) >= SHORTEST and one != word}
    ranked = sorted((-likeness(word, one), one) for one in known)
    alike = (one for score, one in ranked if -score >= (LEAST_OF_ONE_BEGINNING if one[0] == word[0] else LEAST))
    return tuple(islice(alike, MOST))


def as_written(word: str, texts: Iterable[str]) -> str:
    """The word as the first text that has it spells it: "Töpferkurs" for "toepferkurs"; the key if none has it."""
    for text in texts:
        for part in WORD.findall(text):
            if key(part) == word:
                return str(part)
    return word
