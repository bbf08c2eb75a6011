"""By which other names a house is called: without its kind, by its kind's initials, a saint's as a church.

Names stand in their normal form (`model.text.key`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from aggregator.match.houses import BARE, DECLINED, KINDS
from aggregator.match.lexicon import STOP
from aggregator.match.stating import CHURCH
from aggregator.match.wording import stem

SHORTEST_CORE, LONG_CORE = 4, 8
SAINT = ("st", "sankt")
COMPOUNDED = ("kirche", "kapelle", "schule", "museum", "theater", "bibliothek", "buecherei", "kino")
# What the last letter of an abbreviated kind of house stands for: "NBZ", "MGH", "FZT".
ABBREVIATED = ("zentrum", "haus", "heim", "treff", "schule", "bibliothek", "werkstatt", "laden")
ABBREVIATION = range(2, 6)
# The playground at the park is not the park.
NEAR = frozenset("am an auf bei beim gegenueber hinter nahe neben unter vor zwischen und".split())
# Of these a town often has an old one and a new one.
TWICE = frozenset("rathaus bahnhof friedhof post hafen markt feuerwache feuerwehrhaus stadthalle turnhalle".split())


def add_other_names(ids: dict[str, str]) -> None:
    """Enter by which other names houses are called beside those that were told."""
    for called in (called_shorter, abbreviated, without_adjective):
        ids.update(called(ids))


def abbreviated(ids: Mapping[str, str]) -> dict[str, str]:
    """Names that begin with an abbreviation, where another house of that kind ends in the same words: "NBZ Nord"."""
    written_out: defaultdict[str, set[str]] = defaultdict(set)
    for name in ids:
        kind, _, rest = name.partition(" ")
        if rest and kind.endswith(ABBREVIATED):
            written_out[rest].add(name)
    found: dict[str, str] = {}
    for name in ids:
        short, _, rest = name.partition(" ")
        meant = {full for full in written_out.get(rest, ()) if is_abbreviation(short, full.partition(" ")[0])}
        if len(meant) == 1:
            full = meant.pop()
            one, other = (name, full) if ids[name] == name else (full, name)
            found[one] = ids[other]
    return found


def is_abbreviation(short: str, word: str) -> bool:
    """Whether letters stand for a word: its first, some of its middle in their order, the first of its last part."""
    last = next((part for part in ABBREVIATED if word.endswith(part)), "")
    if not last or len(short) not in ABBREVIATION or (short[0], short[-1]) != (word[0], last[0]):
        return False
    letters = iter(word.removesuffix(last))
    return all(letter in letters for letter in short[:-1])


def called_shorter(ids: Mapping[str, str]) -> dict[str, str]:
    """Names that leave out the kind of house, or name nothing but the kind where there is one of it only."""
    cores: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for name in ids:
        cores[core_of(name)].add(name)
        for word in KINDS.keys() & set(name.split()):
            kinds[word].add(ids[name])
    found: dict[str, str] = {}
    for name, venue in ids.items():
        if venue != name:
            continue
        core = core_of(name)
        others = {ids[other] for other in cores[core] - {name} if core and are_one_kind(name, other)}
        if not core and name in KINDS:
            others = {other for other in kinds[name] if other != name}
        addressed = {other for other in others if other[-2:].strip()[:1].isdigit()}
        best = addressed or others
        if len(best) == 1:
            found[name] = next(iter(best))
    # Two names without an address must not mean each other.
    return {name: venue for name, venue in found.items() if not (venue in found and venue < name) or venue not in ids}


def without_adjective(ids: Mapping[str, str]) -> dict[str, str]:
    """Names of two words without their "Alte", where nobody else is called so: "Weberei"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, venue in ids.items():
        first, _, rest = name.partition(" ")
        if first in DECLINED and rest not in ids and rest == core_of(rest) and len(rest) >= LONG_CORE:
            found[rest].add(venue)
    return {rest: venues.pop() for rest, venues in found.items() if len(venues) == 1 and rest not in TWICE}


def core_of(name: str) -> str:
    """A house's own name without its kind, "" if nothing telling is left or it only says what is near."""
    if NEAR & set(name.split()):
        return ""
    words = [word for each in name.split() for word in split_kind(each) if word not in KINDS and word not in STOP]
    if all(word in BARE or len(word) < SHORTEST_CORE for word in words):
        return ""
    # People call the "Alte Weberei" Weberei, but the Rathaus is not the "Altes Rathaus".
    called = [word for word in words if word not in DECLINED]
    return " ".join(words if len(called) == 1 and called[0] in TWICE else called)


def split_kind(word: str) -> tuple[str, ...]:
    """A house's name apart from the kind that it ends with: "michaelskirche" is "michael" and "kirche"."""
    for kind in COMPOUNDED:
        if word.endswith(kind) and len(word) - len(kind) >= SHORTEST_CORE and word not in KINDS:
            return stem(word.removesuffix(kind)), kind
    return (word,)


def are_one_kind(one: str, other: str) -> bool:
    """Whether two names of one core may mean one house: the kinds they tell do not differ."""
    left, right = kinds_of(one), kinds_of(other)
    return not (left and right) or bool(left & right)


def kinds_of(name: str) -> set[str]:
    """The kinds of house that a name tells; a saint's is a church if it says nothing else."""
    told = [word for each in name.split() for word in split_kind(each) if word in KINDS]
    return {KINDS[word] for word in told if word not in SAINT} or set(map(KINDS.__getitem__, told))


def churches(ids: Mapping[str, str]) -> dict[str, str]:
    """Saints' names that stand for their church, both ways: whichever has an address gives it to the other."""
    found: dict[str, str] = {}
    for name in ids.keys() & {full.removesuffix(CHURCH) for full in ids if full.endswith(CHURCH)}:
        full = f"{name}{CHURCH}"
        known = ids[full] if ids[name] == name else ids[name]
        found[name] = known
        if ids[full] == full:
            found[full] = known
    return found
