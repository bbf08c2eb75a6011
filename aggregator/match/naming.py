"""Which initiatives a text names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aggregator.match.corpus import COMMON_PARTS
from aggregator.match.wording import Cutter, meaning, plain_words
from aggregator.model.sources import Initiative

CLAUSE = re.compile(r"\s[-–—|]\s|[,;(]")
ACRONYM = re.compile(r"\b([A-Z][A-Za-z]*[A-Z]+)\b")
SHORTEST_NAME = 3
# A name that ends so is an adjective that lost its noun: no name by itself.
ADJECTIVE = re.compile(r"(?:es|er)$")


@dataclass(frozen=True)
class Naming:
    """The names of initiatives: by first word, as (words, initiative id), longest first; and their word parts by id."""

    openings: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def named_in(self, text: str) -> frozenset[str]:
        """The ids of the initiatives that a text names."""
        words = plain_words(text)
        return frozenset(
            initiative
            for at, word in enumerate(words)
            for name, initiative in self.openings.get(word, ())
            if tuple(words[at : at + len(name)]) == name
        )

    def words(self, initiatives: Iterable[str]) -> frozenset[str]:
        """The word parts of their names."""
        return frozenset(part for initiative in initiatives for part in self.parts.get(initiative, ()))


def names_of(initiative: Initiative) -> tuple[str, ...]:
    """What an initiative may be called: its name, the part before a dash or bracket, its acronym."""
    first = first_clause(initiative.name)
    acronyms = (found for found in ACRONYM.findall(initiative.name) if len(found) >= 3)
    return tuple(dict.fromkeys((initiative.name, first, *acronyms)))


def first_clause(name: str) -> str:
    """A name up to its first dash, bracket or comma."""
    return CLAUSE.split(name)[0].strip()


def learn_names(initiatives: Iterable[Initiative], towns: frozenset[str]) -> Naming:
    """The names by which texts may call the initiatives, with and without the town."""
    names: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    parts: dict[str, frozenset[str]] = {}
    cutter = Cutter()
    for initiative in initiatives:
        spelled = [tuple(plain_words(name)) for name in names_of(initiative)]
        bare = [short for words in spelled if (short := without_town(words, towns))]
        parts[initiative.id] = frozenset(part for words in bare for word in words for part in cutter[word])
        for words in (*spelled, *bare):
            for name in (words, ("".join(words),)):
                if is_name(name):
                    names[name].add(initiative.id)
    openings: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    # A name that several initiatives share means none of them.
    for name, ids in sorted(names.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(ids) == 1:
            openings[name[0]].append((name, next(iter(ids))))
    return Naming({word: tuple(found) for word, found in openings.items()}, parts)


def without_town(words: tuple[str, ...], towns: frozenset[str]) -> tuple[str, ...]:
    """A name without its town, if what is left can still stand for it."""
    short = tuple(word for word in words if word not in towns)
    if short == words or (len(short) == 1 and ADJECTIVE.search(short[0])):
        return words if short == words else ()
    return short


def is_name(words: tuple[str, ...]) -> bool:
    """Whether words are telling enough to name one initiative in running text."""
    return len("".join(words)) >= SHORTEST_NAME and not all(meaning(word) in COMMON_PARTS for word in words)
