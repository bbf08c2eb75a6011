"""What two records' words have in common, in bits: the rarer a shared word, the more it tells."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from math import fsum

from aggregator.match.corpus import Corpus
from aggregator.match.standardising import Face
from aggregator.match.wording import ROOT, nearly

# What nearly equal words tell of what equal ones do.
NEARLY = 0.7
# Of a text only its rarest shared words count: two long texts always share many common ones.
RAREST = 6
# Long texts share words by chance: of what a word in both tells, so many bits are no news.
CHANCE = 3.0
# A text of few words need not mention what a title says; one of so many more would.
BRIEF, AT_LENGTH = 12, 30


@dataclass(frozen=True, slots=True)
class Shared:
    """What two faces have in common: the words with their bits, and how much of the shorter title they cover (0 to 1).

    `title` are in both titles, `across` in one's title and the other's text, `text` in both texts only. `rest` are the
    bits of what either title says and the other announcement does not, of the title that says less of it.
    """

    title: tuple[tuple[str, float], ...]
    cover: float
    across: tuple[tuple[str, float], ...]
    text: tuple[tuple[str, float], ...]
    rest: float = 0.0


def rest_of(one: Face, other: Face, corpus: Corpus) -> float:
    """What one title says and the other announcement nowhere, though it writes at length; in bits."""
    at_length = min(1.0, max(0, len(other.wording.text) - BRIEF) / AT_LENGTH)
    if not at_length:
        return 0.0
    said = other.wording.title | other.wording.text | other.wording.place | other.spot.words | other.names
    unsaid = one.wording.title - said - one.spot.words
    if not unsaid:
        return 0.0
    rest = (word for word in unsaid if not any(nearly(word, each) for each in said))
    return at_length * fsum(map(corpus.title_rarity, rest))


def shared_of(left: Face, right: Face, corpus: Corpus) -> Shared:
    """What two faces have in common."""
    left_title, right_title = compared_titles(left, right)
    titles = common(left_title, right_title, corpus.title_rarity)
    masses = [fsum(map(corpus.title_rarity, words)) for words in (left_title, right_title)]
    cover = min(1.0, bits(titles) / min(masses)) if min(masses) > 0 else 0.0
    found = {word for word, _ in titles}
    across: dict[str, float] = {}
    for words, face in ((left_title, right), (right_title, left)):
        other = face.wording
        # A word that names the other's group still stands in its title; one that names its house is no news.
        own = other.title - face.spot.words
        here = other.text | other.place | own
        untold = words - other.title
        roots = other.roots if untold else frozenset()
        near = {word for word in untold if word[:ROOT] in roots}
        near = (near | (words & own)) - found
        if near:
            across.update(common(near, here, corpus.text_rarity))
    told = left.wording.title | right.wording.title | left.spot.words | right.spot.words | across.keys()
    alike = (left.wording.text & right.wording.text) - told
    text = ((word, rare) for word in alike if (rare := corpus.text_rarity(word) - CHANCE) > 0)
    rarest = sorted(text, key=lambda item: (-item[1], item[0]))[:RAREST]
    rest = rest_of(left, right, corpus)
    rest = min(rest, rest_of(right, left, corpus)) if rest else 0.0
    return Shared(titles, cover, tuple(sorted(across.items())), tuple(rarest), rest)


def compared_titles(left: Face, right: Face) -> tuple[Set[str], Set[str]]:
    """The words of both titles; if one says only where or by whom, and the other says it too, all of them."""
    if not (left.title_words and right.title_words) and left.wording.title & right.wording.title:
        return left.wording.title, right.wording.title
    return left.title_words, right.title_words


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


def bits(words: tuple[tuple[str, float], ...]) -> float:
    """The sum of what shared words tell."""
    return fsum(told for _, told in words)


def is_in_other_area(one: Face, other: Face) -> bool:
    """Whether one title tells a village or a part of the town that the other, which knows the place, does not mention.

    Where the first tells a place as well, the title may speak of somewhere far away.
    """
    areas, wording = one.wording.areas, other.wording
    if not areas or one.spot.is_known or one.spot.mentioned or not other.spot.is_known:
        return False
    return areas.isdisjoint(wording.title | wording.text | wording.place)


def share_compound(left: Face, right: Face, corpus: Corpus) -> bool:
    """Whether both titles have a compound that few others have."""
    one, other = (set(corpus.rare_compounds(face.wording.compounds)) for face in (left, right))
    return not one.isdisjoint(other)


def names_beside(one: Face, other: Face) -> bool:
    """Whether one names the other as what it stands in for, or is a part of, and has a title of its own."""
    beside = one.wording.beside
    return bool(other.title_words) and other.title_words <= beside and not one.title_words <= beside


def tell_one_thing(left: Face, right: Face) -> bool:
    """Whether neither text contradicts the other: one house, yet "Raum Nord" and "Raum Süd"."""
    one, other = left.wording.text, right.wording.text
    return one <= other or other <= one
