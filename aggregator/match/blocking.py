"""Which pairs are worth comparing: those that share a block.

A block holds what shares a UID or an event address, or on one local day a venue, a word of the title or
a rare word of the text. Every record lies in a bounded number of blocks for each of its dates, and an
oversized block is cut by start and then compared side by side only, so the pairs grow with the data and
not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

from aggregator.match.corpus import Corpus
from aggregator.match.standardising import Face, Profile, Standard
from aggregator.model.linkage import HumanVerdict
from aggregator.model.times import EventTime

# A source may list hundreds of equal titles on one day (slots of a consultation); of such a block only
# neighbours are compared, in an order that puts equal ones side by side.
LARGEST_BLOCK = 24
# The rarest words of a text that open a block, and the letters of a title's word that a typo spares.
TEXT_WORDS, DATE_WORDS, ROOT = 6, 3, 5
# Words of a title (text) that open a block by themselves, in bits.
RARE, VERY_RARE = 6.0, 7.0
HALF_AN_HOUR = timedelta(minutes=30)
# A fault of the zone by an hour or two may carry a start over midnight.
ZONE_FAULT = timedelta(hours=2)
LONGEST_SPAN = 200

Pair = tuple[str, str]
Key = tuple[str, ...]


def candidate_pairs(standard: Standard, human: Iterable[HumanVerdict], zone: str) -> list[Pair]:
    """The pairs to compare, sorted, each once with the smaller id first; `zone` says where a day begins.

    Pairs that a person judged are always among them.
    """
    profiles = standard.profiles
    pairs = {pair for block in blocks(standard, zone).values() for pair in pairs_in(block)}
    pairs |= {ordered_ids(given.left, given.right) for given in human if given.left != given.right}
    return sorted(pair for pair in pairs if pair[0] in profiles and pair[1] in profiles)


def blocks(standard: Standard, zone: str) -> dict[Key, list[Profile]]:
    """The profiles by block key."""
    found: dict[Key, list[Profile]] = {}
    for profile in standard.profiles.values():
        for block_key in block_keys(profile, standard.corpus, zone):
            found.setdefault(block_key, []).append(profile)
    return found


def block_keys(profile: Profile, corpus: Corpus, zone: str) -> set[Key]:
    """The blocks that a profile lies in."""
    whole = profile.face
    keys: set[Key] = {("url", url) for url in (whole.url, *whole.links) if url}
    if whole.uid:
        keys.add(("uid", whole.uid))
    faces = list({id(face): face for face in profile.dates.values()}.values()) if profile.is_series else [whole]
    for face in faces:
        shared = set(features_of(face, corpus, DATE_WORDS if profile.is_series else TEXT_WORDS))
        keys |= {(day.isoformat(), *shared_key) for day in days_of(face, zone) for shared_key in shared}
    return keys


def features_of(face: Face, corpus: Corpus, words: int) -> Iterator[Key]:
    """What records of one day may share: a venue, words of the title, the rarest words of the text.

    Frequent words alone open no block, or every Plenum would meet every other.
    """
    spot = face.spot
    venues = spot.venues if spot.is_known else spot.venues | spot.mentioned
    yield from (("venue", venue) for venue in venues)
    if not spot.addresses:
        yield from (("at", word) for word in spot.telling)
    title = face.title_words or face.wording.title
    rare_title = [word for word in title if corpus.title_rarity(word) >= RARE]
    yield from (("word", word[:ROOT]) for word in rare_title)
    # Several frequent words may still be one rare title, "Offene Bühne".
    if not rare_title and len(title) > 1:
        yield from (("words", " ".join(sorted(title)), hour) for hour in hours_of(face))
    telling = ((corpus.text_rarity(word), word) for word in face.wording.text if corpus.counts.get(word, 0) > 1)
    rare = sorted((-bits, word) for bits, word in telling if bits >= VERY_RARE)
    yield from (("word", word[:ROOT]) for _, word in rare[:words])


def hours_of(face: Face) -> set[str]:
    """The hours in which a face begins; half past belongs to both."""
    return {str((time.wall + later).hour) for time in face.times for later in (timedelta(), HALF_AN_HOUR)}


def days_of(face: Face, zone: str) -> set[date]:
    """The local days that a face may be announced for: those it spans, and the next one for a start near midnight."""
    days: set[date] = set()
    for time in face.times:
        days |= days_around(time, zone)
    if face.end is not None and face.times:
        first = face.times[0].local_day(zone)
        length = min((face.end.local_day(zone) - first).days, LONGEST_SPAN)
        days |= {first + timedelta(days=day) for day in range(1, length)}
    return days


def days_around(time: EventTime, zone: str) -> set[date]:
    """The local day of a moment, and its neighbour when that is two hours away."""
    if time.is_date:
        return {time.local_day(zone)}
    local = time.local(zone)
    return {(local - ZONE_FAULT).date(), local.date(), (local + ZONE_FAULT).date()}


def pairs_in(block: list[Profile]) -> Iterable[Pair]:
    """The pairs of one block: all of them, or the neighbours of an oversized one."""
    in_order = sorted(block, key=likeness)
    near = combinations(in_order, 2) if len(block) <= LARGEST_BLOCK else pairwise(in_order)
    return (ordered_ids(one.record, other.record) for one, other in near)


def likeness(profile: Profile) -> tuple[list[str], str, str]:
    """An order that puts records with equal start and place side by side."""
    return sorted(profile.face.moments), profile.face.place.text, profile.record


def ordered_ids(one: str, other: str) -> Pair:
    """A pair of record ids in its one order."""
    return (one, other) if one < other else (other, one)
