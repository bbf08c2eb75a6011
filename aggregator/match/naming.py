"""Which initiatives a text names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aggregator.match.corpus import COMMON_PARTS
from aggregator.match.lexicon import STOP
from aggregator.match.names import Names
from aggregator.match.sentences import Look, plain_words, sentence
from aggregator.match.sets import united
from aggregator.match.wording import Cutter
from aggregator.model.sources import Initiative

CUT = Cutter()
# A "Repair-Café" is what hundred groups call themselves; with its town it is one of them.
GENERIC = COMMON_PARTS | {"reparatur", "solawi", "welt", "laden"}
CLAUSE = re.compile(r"\s[-–—|]\s|[,;(]")
ACRONYM = re.compile(r"\b([A-Z][A-Za-z]*[A-Z]+)\b")
SHORTEST_NAME = 3
# So many first words of a longer name may stand for it: "Forum Ehrenamt" of a region.
SHORT_NAME = 2
OWN_WORD = 6
# What groups are, not what one of them is called.
ORGANISATIONS = frozenset(
    """verein buendnis initiative gruppe forum gemeinde kirchengemeinde zentrum netzwerk kreis ortsgruppe ortsverband
    kreisverband landkreis verband stiftung gesellschaft agentur marketing kultur region evangelische katholische
    freunde foerderverein arbeitskreis veranstaltungskalender kalender redaktion touristinfo lokale offene
    internationale
    """.split()
)
# A name that ends so is an adjective that lost its noun: no name by itself.
ADJECTIVE = re.compile(r"(?:es|er)$")


@dataclass(frozen=True)
class Naming:
    """The names of initiatives: by first word, as (words, initiative id), longest first.

    `parts` are the word parts of each initiative's name, by id. `short` are words that only one of them has.
    """

    openings: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)

    def named_in(self, text: str) -> frozenset[str]:
        """The ids of the initiatives that a text names."""
        return self.look.through(text)

    @cached_property
    def look(self) -> Look[str]:
        """Looks for initiatives and remembers where it has looked."""
        return Look(self.named_in_sentence)

    @cached_property
    def names(self) -> Names:
        """What they are called."""
        return Names(self.openings)

    def named_in_sentence(self, text: str) -> tuple[frozenset[str], bool]:
        """The ids of those that a sentence names, and whether a name may have begun at its end."""
        read = sentence(text)
        words = tuple(telling(read.plain))
        found = frozenset(initiative for initiative, _, _ in self.names.found_in(words))
        return found, read.goes_on or self.names.may_go_on(words)

    def named_in_title(self, title: str) -> frozenset[str]:
        """The ids of the initiatives that a title names, be it by one word of their names that no other has."""
        found = self.named_in(title)
        short = [self.short[word] for word in telling_words(title) if word in self.short]
        return found.union(short) if short else found

    def words(self, initiatives: Iterable[str]) -> frozenset[str]:
        """The word parts of their names."""
        found = [parts for initiative in initiatives if (parts := self.parts.get(initiative))]
        return united(found)


def telling_words(text: str) -> list[str]:
    """The words of a text without grammar: "Bündnis f. Demokratie" is "Bündnis für Demokratie"."""
    return list(telling(plain_words(text)))


def telling(words: Iterable[str]) -> Iterator[str]:
    """Words without grammar."""
    return (word for word in words if word not in STOP and len(word) > 1)


def names_of(initiative: Initiative) -> tuple[str, ...]:
    """What an initiative may be called: its name, the part before a dash or bracket, its acronym."""
    first = first_clause(initiative.name)
    acronyms = (found for found in ACRONYM.findall(initiative.name) if len(found) >= 3)
    return tuple(dict.fromkeys((initiative.name, first, *acronyms)))


def first_clause(name: str) -> str:
    """A name up to its first dash, bracket or comma."""
    return CLAUSE.split(name)[0].strip()


def learn_names(initiatives: Collection[Initiative], towns: frozenset[str]) -> Naming:
    """The names by which texts may call the initiatives, with and without the town."""
    names: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    parts: dict[str, frozenset[str]] = {}
    cutter = Cutter()
    for initiative in initiatives:
        spelled = [tuple(telling_words(name)) for name in names_of(initiative)]
        spelled += [words[:length] for words in spelled for length in range(SHORT_NAME, len(words))]
        bare = [short for words in spelled if (short := without_town(words, towns))]
        parts[initiative.id] = frozenset(part for words in bare for word in words for part in cutter[word])
        whole = [tuple(plain_words(name)) for name in names_of(initiative)]
        joined = [("".join(without_town(words, towns) or words),) for words in (*whole, *spelled)]
        letters = [initials(without_town(words, towns) or words) for words in whole]
        for name in (*spelled, *bare, *joined, *letters):
            if is_name(name):
                names[name].add(initiative.id)
    openings: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    # A name that several initiatives share means none of them.
    for name, ids in sorted(names.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(ids) == 1:
            openings[name[0]].append((name, next(iter(ids))))
    return Naming({word: tuple(found) for word, found in openings.items()}, parts, own_words(initiatives, towns))


def common_ends(initiatives: Iterable[Initiative]) -> frozenset[str]:
    """The last words that several initiatives' names share, as far as names alone tell: towns and regions."""
    ends = Counter(words[-1] for each in initiatives if len(words := telling_words(first_clause(each.name))) > 1)
    return frozenset(word for word, count in ends.items() if count > 1 and word not in ORGANISATIONS)


def own_words(initiatives: Iterable[Initiative], towns: frozenset[str]) -> dict[str, str]:
    """Long words that only one initiative has in its name, by which hosts call it."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for initiative in initiatives:
        for word in telling_words(first_clause(initiative.name)):
            owners[word].add(initiative.id)
    return {
        word: next(iter(ids))
        for word, ids in owners.items()
        if len(ids) == 1 and len(word) >= OWN_WORD and word not in towns | ORGANISATIONS and is_name((word,))
    }


def initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """The first letters of a name of several words: "FFF"."""
    return ("".join(word[0] for word in words),) if len(words) >= SHORTEST_NAME else ()


def without_town(words: tuple[str, ...], towns: frozenset[str]) -> tuple[str, ...]:
    """A name without its town, if what is left can still stand for it."""
    short = tuple(word for word in words if word not in towns)
    if short == words or (len(short) == 1 and ADJECTIVE.search(short[0])):
        return words if short == words else ()
    return short


def is_name(words: tuple[str, ...]) -> bool:
    """Whether words are telling enough to name one initiative in running text."""
    return len("".join(words)) >= SHORTEST_NAME and not all(part in GENERIC for word in words for part in CUT[word])
