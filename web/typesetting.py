"""How titles are set: where they may break (dashes, syllables of long German words), and quotes within quotes.

Browsers on some systems know no German hyphenation, and a month's cell is narrower than many a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"
LONG_WORD = re.compile(r"[^\W\d_]{14,}")
SHORTEST_PART = 3
QUOTED = re.compile(r"[„“”»«\"]([^„“”»«\"]*)[“”«»\"]")
VOWELS = "aeiouyäöüéAEIOUYÄÖÜ"
# Compounds break best behind these, mostly for their joint "s".
JOINTS = re.compile(r"(ungs|ions|eits|afts|täts|lings|chts|tags|amts|ehren|willigen)(?=[^\W\d_]{4})", re.IGNORECASE)
# Letters that stand for one sound or begin a syllable together.
ONSET = r"(?:sch|ch|st|sp|qu|[bdfgkpt]r|[bfgkp]l|[bcdfghjklmnpqrstvwxzß])"
SYLLABLE = re.compile(rf"(?<=[{VOWELS}])([bcdfghjklmnpqrstvwxzß]*?)({ONSET})(?=[{VOWELS}])", re.IGNORECASE)


def typeset(title: str) -> str:
    """The title with no-break spaces before dashes and soft hyphens in words of 14 letters or more."""
    tied = title.replace(" – ", "\u00a0– ")
    return LONG_WORD.sub(lambda match: broken(match[0]), tied)


def inner_quotes(text: str, language: str) -> str:
    """The text as it stands between double quotes: its own double quotes become single ones of the language."""
    opened, closed = "‘’" if language == "en" else "‚‘"
    return QUOTED.sub(rf"{opened}\1{closed}", text)


@lru_cache(maxsize=4096)
def broken(word: str) -> str:
    """The word with soft hyphens; the same words stand in many titles."""
    return SOFT_HYPHEN.join(parts(word))


def parts(word: str) -> list[str]:
    """The pieces between which a word may break; the first and the last have three letters or more."""
    halves = JOINTS.sub(rf"\1{SOFT_HYPHEN}", word).split(SOFT_HYPHEN)
    pieces = [piece for half in halves for piece in syllables(half)]
    while len(pieces) > 1 and len(pieces[0]) < SHORTEST_PART:
        pieces[:2] = ["".join(pieces[:2])]
    while len(pieces) > 1 and len(pieces[-1]) < SHORTEST_PART:
        pieces[-2:] = ["".join(pieces[-2:])]
    return pieces


def syllables(word: str) -> list[str]:
    """The syllables by the rule of thumb: the last consonant sound goes with the vowel behind it."""
    return SYLLABLE.sub(rf"\1{SOFT_HYPHEN}\2", word).split(SOFT_HYPHEN)
