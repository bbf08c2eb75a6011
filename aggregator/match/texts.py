"""What two records' words have in common, in bits: the rarer a shared word, the more it tells."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from math import fsum

from rapidfuzz.fuzz import ratio

from aggregator.match.corpus import Corpus
from aggregator.match.standardising import Face
from aggregator.match.wording import ROOT

# Words of one stem that were cut or typed differently: "Balkon" and "Balkonkraftwerk", "Weinacht" and "Weihnacht".
SAME_SPELLING, NEARLY = 85.0, 0.7
# Of a text only its rarest shared words count: two long texts always share many common ones.
RAREST = 6


@dataclass(frozen=True, slots=True)
class Shared:
    """What two faces have in common: the words with their bits, and how much of the shorter title they cover (0 to 1).

    `title` are in both titles, `across` in one's title and the other's text, `text` in both texts only.
    """

    title: tuple[tuple[str, float], ...]
    cover: float
    across: tuple[tuple[str, float], ...]
    text: tuple[tuple[str, float], ...]


def shared_of(left: Face, right: Face, corpus: Corpus) -> Shared:
    """What two faces have in common."""
    titles = common(left.title_words, right.title_words, corpus.title_rarity)
    masses = [fsum(map(corpus.title_rarity, face.title_words)) for face in (left, right)]
    cover = min(1.0, bits(titles) / min(masses)) if min(masses) > 0 else 0.0
    found = {word for word, _ in titles}
    across: dict[str, float] = {}
    for one, other in ((left, right), (right, left)):
        wording = other.wording
        words = {word for word in one.title_words - wording.title - found if word[:ROOT] in wording.roots}
        if words:
            across.update(common(words, wording.text | wording.place, corpus.text_rarity))
    told = left.wording.title | right.wording.title | left.spot.words | right.spot.words | across.keys()
    text = ((word, corpus.text_rarity(word)) for word in (left.wording.text & right.wording.text) - told)
    rarest = sorted(text, key=lambda item: (-item[1], item[0]))[:RAREST]
    return Shared(titles, cover, tuple(sorted(across.items())), tuple(rarest))


def common(left: Set[str], right: Set[str], rarity: Callable[[str], float]) -> tuple[tuple[str, float], ...]:
    """The words that two sets share with their bits; nearly equal ones count a little less."""
    equal = left & right
    found = {word: rarity(word) for word in equal}
    rest = right - equal
    for word in left - equal:
        near = [other for other in rest if nearly(word, other)]
        if near:
            found[word] = NEARLY * max(min(rarity(word), rarity(other)) for other in near)
    return tuple(sorted(found.items()))


def nearly(one: str, other: str) -> bool:
    """Whether two word parts are one word, cut or typed differently."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < ROOT:
        return False
    return longer.startswith(shorter) or longer.endswith(shorter) or ratio(one, other) >= SAME_SPELLING


def bits(words: tuple[tuple[str, float], ...]) -> float:
    """The sum of what shared words tell."""
    return fsum(told for _, told in words)
