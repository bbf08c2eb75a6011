"""A text as matching reads it: its meaningful word parts, its numbers, the hours and days that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from aggregator.match.lexicon import AUDIENCES, HEADS, SIDE_EVENTS, STOP
from aggregator.match.sentences import (
    AT_HAND,
    SPOKEN,
    SPOKEN_HOURS,
    Look,
    plain_words,
    sentence,
    sentences_of,
    without_asides,
)
from aggregator.match.sets import NOTHING, gathered, less
from aggregator.match.synonyms import DAYS_WITH_NAMES, SYNONYMS
from aggregator.model.records import Record
from aggregator.model.text import key
from aggregator.model.values import dataclass

ENDINGS = ("innen", "ungen", "ern", "en", "er", "es", "em", "e", "n", "s")
# "Regeln" are several, a "Stein" or an "Aktion" is one.
BEFORE_N = "elr"
SHORTEST_STEM, SHORTEST_PART = 4, 3
# The first letters of a word, by which its relatives are found.
ROOT = 5
# Words of one stem that were cut or typed differently: "Balkon" and "Balkonkraftwerk", "Weinacht" and "Weihnacht".
SAME_SPELLING = 85.0
LONG_SENTENCE = 30

HOUR = re.compile(r"\b([01]?\d|2[0-4])(?:[.:]([0-5]\d))?\s*(?:uhr|h)\b|\b([01]?\d|2[0-3])[:.]([0-5]\d)\b(?!\.)", re.I)
ENGLISH_HOUR = re.compile(r"\b(1[0-2]|[1-9])(?::([0-5]\d))?\s*(am|pm)\b", re.I)
MONTHS = "januar februar märz april mai juni juli august september oktober november dezember".split()
DAY = re.compile(rf"\b([0-3]?\d)\.\s?(?:(1[0-2]|0?\d)\b|({'|'.join(MONTHS)})\b)?(?!\d)", re.I)
MARK = re.compile(
    r"\b(teil|part|termin|tag|folge|modul|gruppe|kapitel|etappe|session|level)\s*(\d+|[a-h]|[ivx]+)\b", re.I
)
LEVEL = re.compile(r"\b([abc][12](?:\.\d)?)\b", re.I)
NUMBER = re.compile(r"\((\d{1,2})\)|#(\d{1,3})\b|\b(\d{1,2})\.\s*(?:türchen|vorstellung|ausgabe|auflage|folge)", re.I)
# What follows is just what does not take place.
INSTEAD = re.compile(r"\s(?:statt|anstatt|anstelle|instead of)\s.*", re.I)
# What follows has this as one of its parts.
WITHIN = re.compile(r"\b(?:abschnitt|teil|station|rahmen) (?:von|de[rs]) (?!\w*(?:reihe|serie)\b)([^.!?;,\n]+)", re.I)
INSTEAD_WORDS = frozenset(("statt", "anstatt", "anstelle", "instead"))
ROMAN = re.compile(r"(?<![–-])\b(I{1,3}|IV|V)$")
NAMED_DAY = re.compile(
    "|".join(rf"\b{day}\.\s?(?:{month}|{number}\.)(?!\w)" for day, month, number in DAYS_WITH_NAMES), re.I
)
NAMED_DAYS = {
    key(f"{day} {each}"): name for (day, month, number), name in DAYS_WITH_NAMES.items() for each in (month, number)
}
# "Neustadt" has the "Neustädter Tor", "Mühlhausen" the "Mühlhäuser".
UMLAUT = re.compile(r"(?:stadt|haus)$")
DIGIT = re.compile(r"\d")
PRICE = re.compile(r"(\d{1,3})(?:[.,](?:\d\d|-))?\s*(?:€|euro\b|eur\b)", re.I)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one record.

    `title`, `text` (the description) and `place` are sets of word parts, `compounds` the parts of each long word of
    the title. `marks` are the numbers that tell
    parts of a sequence apart: (kind, value). `hours` are minutes of the day and `days` (day, month; 0 if untold)
    as title or description name them. `sentences` are the long ones, for copied text; `side` says what kind of
    side event the title names.
    """

    title: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    compounds: frozenset[frozenset[str]] = frozenset()
    text: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    marks: frozenset[tuple[str, str]] = frozenset()
    side: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()
    days: frozenset[tuple[int, int]] = frozenset()
    prices: frozenset[int] = frozenset()
    sentences: frozenset[str] = frozenset()

    @property
    def roots(self) -> frozenset[str]:
        """The first letters of the words of text and place; few are ever asked for them."""
        return frozenset(word[:ROOT] for word in self.text | self.place)


@dataclass(frozen=True, slots=True)
class Heading:
    """What of a wording the title alone tells; `parts` are its word parts, those of towns included."""

    parts: frozenset[str]
    beside: frozenset[str]
    areas: frozenset[str]
    compounds: frozenset[frozenset[str]]
    marks: frozenset[tuple[str, str]]
    side: frozenset[str]
    audiences: frozenset[str]


def wording_of(record: Record, title: str, cutter: Cutter, towns: frozenset[str]) -> Wording:
    """The wording of a record; `title` is its title without its source's own prefix; `towns` say nothing in a town."""
    heading, of_town = cutter.heading(title), stems(towns)
    sentences = list(map(sentence, sentences_of(record.description)))
    told = NOTHING.union(*(each.may_tell for each in (*map(sentence, sentences_of(title)), *sentences)))
    everything = f"{title}\n{record.description}" if told else ""
    within = WITHIN.findall(record.description)
    return Wording(
        title=less(heading.parts, of_town),
        areas=less(heading.areas & heading.parts, of_town) if heading.areas else NOTHING,
        beside=heading.beside | parts_of(" ".join(within), cutter) if within else heading.beside,
        compounds=heading.compounds,
        text=less(parts_of(without_asides(record.description), cutter), of_town),
        place=less(parts_of(record.place.text, cutter), of_town),
        marks=heading.marks,
        side=heading.side,
        audiences=heading.audiences,
        hours=frozenset(hours_in(everything)) if "hours" in told else NOTHING,
        days=frozenset(days_in(everything)) if "days" in told else NOTHING,
        prices=frozenset(map(int, PRICE.findall(everything))) if "prices" in told else NOTHING,
        sentences=gathered(each.normal for each in sentences if len(each.normal) >= LONG_SENTENCE),
    )


# "Podium (mit Aufbau ab 18 h)" is the podium.
REMARK = re.compile(r"[,;(/]\s*(?:(?:inkl|incl|mit|und|samt)\b\.?\s*)?(?:auf|ab)(?:bau\b|-\s*(?:und|/|&)).*", re.I)


# Without an article nothing but a place is said so: "in Sonnenau", but "in der Au" and "in Bewegung".
AREA = re.compile(r"\bin ([A-ZÄÖÜ][a-zäöüß]{3,})\b(?! und)")


def heading_of(title: str, cutter: Cutter) -> Heading:
    """What a title alone tells."""
    title = REMARK.sub("", title).strip() or title
    words = set(plain_words(title))
    named = with_days(title if INSTEAD_WORDS.isdisjoint(words) else INSTEAD.sub("", title))
    parts = parts_of(named, cutter)
    return Heading(
        parts,
        beside=parts_of(" ".join(INSTEAD.findall(title)), cutter),
        areas=gathered(meaning(key(name)) for name in AREA.findall(title)),
        compounds=gathered(cut for word in plain_words(named) if len(cut := frozenset(cutter[word])) > 1),
        marks=gathered(marks_of(title)),
        side=gathered(SIDE_EVENTS[word] for word in words | parts if word in SIDE_EVENTS),
        audiences=gathered(AUDIENCES[part] for part in words | parts if part in AUDIENCES),
    )


def with_days(title: str) -> str:
    """A title with days that are names by that name: "1. Mai" wherever it stands, "Frauentag" for "8. März"."""
    return NAMED_DAY.sub(lambda found: NAMED_DAYS[key(found[0])], title) if DIGIT.search(title) else title


# Longer than any word that somebody wrote; each end of it would be looked up, and remembered.
LONGEST_COMPOUND = 80


class Cutter(dict[str, tuple[str, ...]]):
    """Cuts compounds before words that stand alone elsewhere; remembers every word that it has cut."""

    def __init__(self, heads: Iterable[str] = (), towns: Iterable[str] = ()) -> None:
        """Know `heads` beside the second halves that are known everywhere; the names of `towns` stay whole."""
        super().__init__()
        self.whole = stems(frozenset(towns))
        self.heads = HEADS.union(heads)
        self.parts = Look(self.parts_of_sentence)
        self.heading = lru_cache(AT_HAND)(lambda title: heading_of(title, self))

    def parts_of_sentence(self, text: str) -> tuple[frozenset[str], bool]:
        """The word parts of a sentence that mean something, and whether it goes on in the next one."""
        read = sentence(text)
        words = (word for word in read.plain if word not in STOP and len(word) > 1 and not word.isdigit())
        return frozenset(part for word in words for part in self[word]), read.goes_on

    def __missing__(self, word: str) -> tuple[str, ...]:
        """The parts of one word in their one form: "klimaplenum" is "klima" and "plenum"; "strike" is "streik"."""
        self[word] = tuple(meaning(part) for part in self.cut(word) if part not in STOP)
        return self[word]

    def cut(self, word: str) -> Iterator[str]:
        """A compound cut before its longest known second half, in any inflection, and again what is left."""
        if len(word) > LONGEST_COMPOUND or word in MEANINGS or stem(word) in self.whole:
            yield word
            return
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART):
            if word[at:] in self.heads or stem(word[at:]) in self.heads:
                yield from self.cut(word[:at])
                yield word[at:]
                return
        yield word


def parts_of(text: str, cutter: Cutter) -> frozenset[str]:
    """The word parts of a text that mean something, in one form for all spellings and both languages."""
    return cutter.parts.through(text)


def meaning(part: str) -> str:
    """The word that stands for a part and all that means the same."""
    return MEANINGS.get(part) or MEANINGS.get(stem(part)) or stem(part)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The word without its inflection, roughly and always alike."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word if ending == "n" and word[-2] not in BEFORE_N else word[: -len(ending)]
    return word


@lru_cache(maxsize=8)
def stems(words: frozenset[str]) -> frozenset[str]:
    """The stems of the names of towns: a few, asked for with every record."""
    return frozenset(
        each for name in words for word in name.split() if word not in STOP for each in stems_of_town(word)
    )


def stems_of_town(word: str) -> tuple[str, ...]:
    """The stems of a town's name and of its adjective: "Neustadt" and "Neustädter"."""
    plain = stem(word)
    return tuple(dict.fromkeys((plain, UMLAUT.sub(lambda found: found[0].replace("a", "ae"), plain))))


def meanings(lines: str) -> dict[str, str]:
    """The table of synonyms by word and by stem."""
    table: dict[str, str] = {}
    for line in lines.strip().splitlines():
        first, *others = line.split()
        for word in (first, *others):
            table.setdefault(word, first)
            table.setdefault(stem(word), first)
    return table


MEANINGS = meanings(SYNONYMS)


def nearly(one: str, other: str) -> bool:
    """Whether two word parts are one word, cut or typed differently."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) < ROOT:
        return False
    return longer.startswith(shorter) or longer.endswith(shorter) or ratio(one, other, score_cutoff=SAME_SPELLING) > 0


def marks_of(title: str) -> Iterator[tuple[str, str]]:
    """The numbers of a title that count parts: "Teil 2", "(5)", "A1.2", "Krippenspiel II"."""
    for kind, value in MARK.findall(title):
        yield kind.casefold(), value.casefold()
    if DIGIT.search(title):
        for level in LEVEL.findall(title):
            yield "level", level.casefold()
        for values in NUMBER.findall(title):
            yield "number", next(value for value in values if value)
    if found := ROMAN.search(title):
        yield "roman", found[1]


def hours_in(text: str) -> Iterator[int]:
    """The times of day that a text names, as minutes; spoken ones ("um acht") count for both halves of the day."""
    if DIGIT.search(text):
        for hour, minute, other_hour, other_minute in HOUR.findall(text):
            yield int(hour or other_hour) * 60 + int(minute or other_minute or 0)
        for hour, minute, half in ENGLISH_HOUR.findall(text):
            yield (int(hour) % 12 + (12 if half.casefold() == "pm" else 0)) * 60 + int(minute or 0)
    for spoken in SPOKEN.findall(text):
        hour = SPOKEN_HOURS.index(spoken.casefold()) + 1
        yield from (hour * 60, (hour + 12) * 60)


def days_in(text: str) -> Iterator[tuple[int, int]]:
    """The days that a text names: (day, month), or (day, 0) for "am 12."."""
    for day, month, name in days_before_dots(text):
        if 1 <= int(day) <= 31:
            yield int(day), int(month) if month else MONTHS.index(name.casefold()) + 1 if name else 0


def days_before_dots(text: str) -> Iterator[tuple[str, str, str]]:
    """What DAY finds in a text, by its dots: there are fewer of them than letters."""
    end, dot = 0, text.find(".")
    while dot >= 0:
        for start in (dot - 2, dot - 1):
            found = DAY.match(text, start) if start >= end else None
            if found:
                yield found[1], found[2] or "", found[3] or ""
                end = found.end()
                break
        dot = text.find(".", dot + 1)
