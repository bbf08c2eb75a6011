"""Stems of German words: "Gärten" is found by "Garten", and "Chöre" in "Gospelchor"."""

from __future__ import annotations

from functools import lru_cache

import snowballstemmer

# A shorter stem is the end of too many other words.
SHORTEST = 4
END = "|"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in its normal form (model.text.key): without ending, umlauts as their vowels."""
    # A stemmer holds the word that it works on, so each thread needs one of its own; making one costs nothing.
    found: str = snowballstemmer.stemmer("german").stemWord(word)
    return found


def stems_of(text: str) -> str:
    """The stems of a normal form's words, each closed by END, so that one can be told from a longer word."""
    found = {stem(word) for word in text.split() if len(word) >= SHORTEST}
    return " ".join(f"{one}{END}" for one in sorted(found))


def wanted_stem(word: str) -> str:
    """What stands in `stems_of` of a text that has this word or a compound that ends in it; "" for short ones."""
    found = stem(word)
    return f"{found}{END}" if len(found) >= SHORTEST else ""
