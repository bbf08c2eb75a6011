"""Festivals and their items: shown as belonging together, never merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from math import fsum

from aggregator.match.corpus import COMMON_PARTS, Corpus
from aggregator.match.deciding import HUMAN
from aggregator.match.lexicon import STOP
from aggregator.match.standardising import Face, Profile
from aggregator.match.wording import stem
from aggregator.model.linkage import Belonging, Decision, Relation, Verdict
from aggregator.model.text import key
from aggregator.model.times import EventTime

# An umbrella is longer than an evening, and its name is worth more bits than chance gives.
SHORTEST_UMBRELLA, LONGEST_ITEM = timedelta(hours=20), timedelta(hours=14)
TELLING_NAME, OWN_NAME = 8.0, 5.0
# A long word that ends so is a festival's name by itself.
SHORTEST_INITIALS = 3
ENDINGS, LONG_WORD = ("fest", "festival", "tage", "woche", "wochen", "konferenz", "kongress", "camp", "messe"), 8
INFLECTED = (*ENDINGS, "tagen", "festen", "festes", "fests", "festivals")


def belongings(festivals: Iterable[Belonging], cluster_of: Mapping[str, int | str]) -> tuple[Belonging, ...]:
    """Each item with its umbrella, sorted; one record for all of a cluster.

    `cluster_of` names the cluster of each record that was compared.
    """
    found: dict[tuple[int | str, int | str], Belonging] = {}
    for pair in sorted(festivals, key=lambda pair: (pair.item, pair.umbrella)):
        places = cluster_of[pair.item], cluster_of[pair.umbrella]
        if places[0] != places[1]:
            found.setdefault(places, pair)
    return tuple(found.values())


def festival_of(decision: Decision, one: Profile, other: Profile, corpus: Corpus) -> tuple[Belonging, ...]:
    """Of two units that were compared the item and its festival, if they are that."""
    # Series repeat and do not last.
    if one.is_series or other.is_series:
        return ()
    left, right = sorted((one, other), key=lambda profile: profile.record != decision.left)
    pair = (left, right) if length(left.face) >= length(right.face) else (right, left)
    return (Belonging(pair[1].record, pair[0].record),) if is_item(decision, pair, corpus) else ()


def is_item(decision: Decision, pair: tuple[Profile, Profile], corpus: Corpus) -> bool:
    """Whether the shorter is an item of the longer: a person says so, or it lies within and names it."""
    if decision.rule == HUMAN:
        return decision.verdict is Verdict.NO_MATCH and decision.relation is Relation.PART_OF
    umbrella, item = (profile.face for profile in pair)
    if length(item) > LONGEST_ITEM or not lies_within(item, umbrella) or are_two_towns(item, umbrella):
        return False
    if length(umbrella) < SHORTEST_UMBRELLA:
        return is_appearance(item, umbrella, corpus)
    if names_it(item, umbrella):
        return True
    named = umbrella.title_words & (item.wording.title | item.wording.text)
    told, whole = (fsum(map(corpus.title_rarity, words)) for words in (named, umbrella.title_words))
    # "Festivalname: Konzert" in one calendar needs less than a name in a stranger's text.
    is_prefix = item.source == umbrella.source and umbrella.title_words <= item.wording.title
    return told >= (OWN_NAME if is_prefix else TELLING_NAME) and told >= whole / 2


def are_two_towns(item: Face, umbrella: Face) -> bool:
    """Whether both tell their towns, and none in common."""
    return bool(item.spot.towns and umbrella.spot.towns) and item.spot.towns.isdisjoint(umbrella.spot.towns)


def is_appearance(item: Face, umbrella: Face, corpus: Corpus) -> bool:
    """Whether an item is somebody's part of a day's event: "Auftritt Weihnachtsmarkt Weststadt"."""
    name = umbrella.wording.title
    if item.wording.side != {"part"} or length(umbrella) < 2 * length(item) or not name <= item.wording.title:
        return False
    return fsum(map(corpus.title_rarity, name)) >= TELLING_NAME


def names_it(item: Face, umbrella: Face) -> bool:
    """Whether an item's title has the very word that says what the umbrella is, its initials, or opens with its name.

    "Umwelttage: Kräuterwanderung", "IWgR: Auftakt", "Engagement-Woche: Dankeabend".
    """
    if not festival_words(umbrella, ENDINGS).isdisjoint(map(stem, item.title_key.split())):
        return True
    opening, colon, _ = item.title.partition(":")
    if not colon:
        return False
    if initials(umbrella) == opening.strip().casefold():
        return True
    words, name = ({stem(word) for word in key(text).split()} for text in (opening, umbrella.title))
    own_words = {word for word in words if word not in COMMON_PARTS and word not in STOP}
    return words <= name and bool(own_words) and item.source == umbrella.source


def festival_words(face: Face, endings: tuple[str, ...] = INFLECTED) -> set[str]:
    """The words of a title that name a festival by themselves, with these endings, without inflection."""
    return set(words_of_festivals(face.title_key, endings))


@lru_cache(1 << 14)
def words_of_festivals(title: str, endings: tuple[str, ...]) -> frozenset[str]:
    """The same of a title in normal form."""
    return frozenset(stem(word) for word in title.split() if word.endswith(endings) and len(word) >= LONG_WORD)


def initials(umbrella: Face) -> str:
    """The first letters of an umbrella's name, without its year, "" for a short one."""
    words = [word for word in umbrella.title_key.split() if not word.isdigit()]
    return "".join(word[0] for word in words) if len(words) >= SHORTEST_INITIALS else ""


def lies_within(item: Face, umbrella: Face) -> bool:
    """Whether an item begins within the days of its umbrella."""
    first = umbrella.times[0].wall.date()
    return first <= item.times[0].wall.date() < (umbrella.times[0].wall + length(umbrella) + timedelta(hours=12)).date()


def length(face: Face) -> timedelta:
    """How long a face lasts on the wall clock."""
    return lasting(face.times[0], face.end)


def lasting(start: EventTime, end: EventTime | None) -> timedelta:
    """How long something lasts on the wall clock; an all-day one without end one day."""
    assumed = timedelta(days=1) if start.is_date else timedelta(hours=2)
    return max(end.wall - start.wall, timedelta()) if end else assumed
