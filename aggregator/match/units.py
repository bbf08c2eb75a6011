"""A record as blocking sees it: when it is, what it may share with others, and the keys that follow from both."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from aggregator.match.belonging import SHORTEST_UMBRELLA, festival_words, initials, length
from aggregator.match.corpus import Corpus
from aggregator.match.identifiers import is_counter
from aggregator.match.keys import at_hour, hashed, on_day, remembered
from aggregator.match.learning import Learnt
from aggregator.match.sets import NOTHING
from aggregator.match.spans import Span, days_before_move, days_of, span_over
from aggregator.match.spots import place_of_text
from aggregator.match.standardising import Face, Profile
from aggregator.match.wording import ROOT
from aggregator.model.places import Place
from aggregator.model.records import Status
from aggregator.model.times import EventTime
from aggregator.model.values import dataclass

# The rarest words of a text that open a block.
TEXT_WORDS, DATE_WORDS = 6, 3
# Words of a title that open a block by themselves, in bits.
RARE = 6.0
# So many words of a title, the rarest, open blocks two by two where none may alone.
PAIRED = 4
# Beginnings further apart are no one's same event, in minutes; nor do they make a fault of the zone.
NEAR, DAY = 180, 24 * 60
HALF_AN_HOUR = 30
# A name's first letters are few.
LONGEST_INITIALS = 6
# "IWgR: Auftakt" opens with initials, "Plenum: Haushalt" with a word that half a region opens with.
FEWEST_CAPITALS = 2
# What goes on for more days than this is long.
BRIEF = 3

# Features, and of each kind of face the words and the compounds of its title and the words of its text: how rare these
# are gives further features.
Hints = tuple[frozenset[str], tuple[tuple[frozenset[str], frozenset[frozenset[str]], frozenset[str]], ...]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A record as blocking sees it.

    `marks` are keys of its UID and addresses, `held` those of the blocks that it lies in for what it shares with others
    of its days, and `sought`, if it is brief, those in which what is long lies. `minutes` of the day are those of its
    starts, none if only days are known. `towns` and `point` say where, as far as it is told. Two entries of one
    calendar that are one event share one of `twins`.
    """

    record: str
    source: str
    is_series: bool
    is_long: bool
    is_umbrella: bool
    span: Span
    minutes: frozenset[int]
    towns: frozenset[str]
    point: tuple[float, float] | None
    features: frozenset[str]
    marks: frozenset[int]
    twins: tuple[int, ...]
    held: frozenset[int] = NOTHING
    sought: frozenset[int] = NOTHING


def unit_of(profile: Profile, learnt: Learnt) -> Unit:
    """What blocking has to know of a record."""
    unit = bare_unit(profile, learnt.town.zone)
    features = features_in(hints_of(profile), unit.is_long, learnt.corpus)
    whole = replace(unit, features=features, marks=frozenset(marks_of(profile.face)))
    return with_keys(whole, learnt.lessons.crowded)


def bare_unit(profile: Profile, zone: str) -> Unit:
    """The same before it is known which words are rare: without features, marks and keys."""
    face, kinds = profile.face, kinds_of(profile)
    dates = [each for found in profile.dates.by_day.values() for each in found] if profile.dates else None
    days = days_of(face.times, face.end, dates, zone)
    span = span_over(days | days_before_move(face) if face.status is Status.MOVED else days)
    return Unit(
        record=profile.record,
        source=face.source,
        is_series=profile.is_series,
        is_long=profile.is_series or span.bits.bit_count() > BRIEF,
        is_umbrella=not profile.is_series and length(face) >= SHORTEST_UMBRELLA,
        span=span,
        minutes=once(frozenset(minutes_of((*face.times, *(each.start for each in dates or ())), zone))),
        towns=face.spot.towns.union(*(kind.spot.towns for kind in kinds)) if len(kinds) > 1 else face.spot.towns,
        point=face.spot.point if len(kinds) == 1 else None,
        features=NOTHING,
        marks=NOTHING,
        twins=twins_of(face.title_key, face.place, face.moments),
    )


@lru_cache(1 << 12)
def once(minutes: frozenset[int]) -> frozenset[int]:
    """The same set for all who begin at these times of day: they are many."""
    return minutes


def kinds_of(profile: Profile) -> tuple[Face, ...]:
    """The faces by which a record may be found."""
    return profile.dates.kinds() if profile.dates else (profile.face,)


def twins_of(title: str, place: Place, moments: Iterable[str]) -> tuple[int, ...]:
    """What two entries of one calendar share that are one event: title, place and a moment."""
    return tuple(hashed("twin", title, place_of_text(place), each) for each in sorted(moments))


def with_keys(unit: Unit, crowded: frozenset[int]) -> Unit:
    """The unit with its keys, once it is known which are crowded."""
    held, sought = keys_of(unit.features, unit.span, unit.minutes, unit.is_long, crowded)
    return replace(unit, held=held, sought=sought)


def keys_of(
    features: frozenset[str], span: Span, minutes: frozenset[int], is_long: bool, crowded: frozenset[int]
) -> tuple[frozenset[int], frozenset[int]]:
    """The keys that a unit holds and those that it seeks; those that are crowded are told apart by the hour."""
    hours = hours_of(minutes) if crowded else ()
    long = frozenset(keys_of_long(features, span, hours, crowded))
    if is_long:
        return long, frozenset()
    return frozenset(keys_of_days(features, span, hours, crowded)), long


def marks_of(face: Face) -> Iterator[int]:
    """Keys of what may prove that two records are one, on whatever day."""
    if face.uid and not is_counter(face.uid):
        yield hashed("uid", face.uid)
    yield from (hashed("page", url) for url in (face.url, *face.links) if url)


def keys_of_days(features: Iterable[str], span: Span, hours: Iterable[int], crowded: Container[int]) -> Iterator[int]:
    """The keys of what is brief: a feature on a day, and where that is crowded at an hour."""
    for day in span.ordinals():
        for feature in features:
            whole = on_day(feature, day)
            if whole in crowded:
                yield from (at_hour(feature, day, hour) for hour in hours)
            else:
                yield whole


def keys_of_long(features: Iterable[str], span: Span, hours: Iterable[int], crowded: Container[int]) -> Iterator[int]:
    """The keys of what is long: a feature, and where that is crowded at an hour of a weekday."""
    for feature in features:
        whole = remembered("long", feature)
        if whole in crowded:
            weekdays = {str(day % 7) for day in span.ordinals()}
            yield from (hashed("long", feature, day, str(hour)) for day in weekdays for hour in hours)
        else:
            yield whole


def keys_on_days(unit: Unit, crowded: Container[int], wide: Container[int]) -> frozenset[int]:
    """The keys that what is brief would hold if it shared a feature and a day with what is long.

    Only what is brief and seeks a key of the long one counts, so a feature whose keys are too wide tells nothing, and
    where these are told apart by the hour theirs is one of its hours.
    """
    found: set[int] = set()
    own = hours_of(unit.minutes)
    for feature in unit.features:
        if all(key in wide for key in keys_of_long((feature,), unit.span, own, crowded)):
            continue
        hours = own if remembered("long", feature) in crowded else range(-1, 24)
        found.update(keys_of_days((feature,), unit.span, hours, crowded))
    return frozenset(found)


def hints_of(profile: Profile) -> Hints:
    """By what a record may be found."""
    kinds = kinds_of(profile)
    plain = frozenset(feature for kind in kinds for feature in plain_features(kind))
    words = ((each.title_words or each.wording.title, each.wording.compounds, each.wording.text) for each in kinds)
    return plain, tuple(words)


def features_in(hints: Hints, is_long: bool, corpus: Corpus) -> frozenset[str]:
    """What records of one day may share: a venue, words of the title, the rarest words of the text.

    Frequent words alone open no block, or every Plenum would meet every other.
    """
    plain, told = hints
    found = set(plain)
    openers, most = corpus.openers, DATE_WORDS if is_long else TEXT_WORDS
    for title, compounds, text in told:
        found.update(title_features(title, corpus))
        found.update(f"compound {each}" for each in corpus.rare_compounds(compounds))
        rare = sorted((-bits, word) for word in text if (bits := openers[word]))
        found.update(f"word {word[:ROOT]}" for _, word in rare[:most])
    return frozenset(found)


def plain_features(face: Face) -> Iterator[str]:
    """What is found in a face without knowing which words are rare."""
    spot = face.spot
    venues = spot.venues if spot.is_known else spot.venues | spot.mentioned
    yield from (f"venue {venue}" for venue in venues)
    if not spot.addresses:
        yield from (f"at {word}" for word in spot.telling)
    yield from (f"festival {name}" for name in names_of_festivals(face))


def names_of_festivals(face: Face) -> set[str]:
    """By which words and initials a festival and its items find each other."""
    opening, colon, _ = face.title.partition(":")
    is_short = colon and sum(map(str.isupper, opening)) >= FEWEST_CAPITALS
    short = initials(face) if length(face) >= SHORTEST_UMBRELLA else opening.casefold() if is_short else ""
    return festival_words(face) | ({short} if 0 < len(short) <= LONGEST_INITIALS else set())


def title_features(title: Iterable[str], corpus: Corpus) -> Iterator[str]:
    """The words of a title by which it is found: rare ones alone, others two by two, or the whole of it.

    The more announcements there are, the more of a word has to be the same: its beginning, then all of it.
    """
    rarest = sorted((-corpus.title_rarity(word), word) for word in title)
    rare = [word for bits, word in rarest if -bits >= RARE]
    alone = [name for word in rare if (name := name_of_word(word, corpus))]
    yield from alone
    if not alone and rare:
        names = sorted({name_among_others(word, corpus) for _, word in rarest[:PAIRED]})
        yield from (f"words {one} {other}" for one, other in combinations(names, 2))
    # Several frequent words may still be one rare title, "Offene Bühne".
    if not alone and len(rarest) > 1:
        yield f"title {' '.join(sorted(word for _, word in rarest))}"


def name_of_word(word: str, corpus: Corpus) -> str:
    """The block that a word opens by itself, "" if too many announcements have it."""
    if not corpus.is_often(word):
        return f"word {word[:ROOT]}"
    return "" if corpus.is_often_whole(word) else f"whole {word}"


def name_among_others(word: str, corpus: Corpus) -> str:
    """By what a word opens a block together with another one: its beginning, the whole of it where many begin so."""
    return word if corpus.is_often(word) else word[:ROOT]


def minutes_of(starts: Iterable[EventTime], zone: str) -> Iterator[int]:
    """The minutes of the local day at which a record, or a date of it, begins; of equal wall times the last tells."""
    starts = {time.wall.time(): time for time in starts}.values()
    return (minute_of(time, zone) for time in starts if not time.is_date)


def minute_of(time: EventTime, zone: str) -> int:
    """The minute of the local day of a moment."""
    local = time.wall if time.zone == zone else time.local(zone)
    return local.hour * 60 + local.minute


def hours_of(minutes: Iterable[int]) -> set[int]:
    """The hours in which something begins, half past belongs to both; -1 if only its day is known."""
    return {(minute + later) // 60 % 24 for minute in minutes for later in (0, HALF_AN_HOUR)} or {-1}
