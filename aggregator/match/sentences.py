"""Sentences read once: most of what texts say was said before, and reading is the dearest part of matching.

Whatever is looked for in a text is looked for in its sentences one by one, and what was found in each is remembered.
Where a name may go on in the next sentence both are read as one, so that nothing is missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Generic, TypeVar

from aggregator.match.names import Names
from aggregator.match.sets import NOTHING, gathered, united
from aggregator.match.synonyms import PHRASES
from aggregator.model.text import key

# So many sentences are remembered; the next one takes the place of the one that was not asked for the longest.
AT_HAND = 1 << 13
# Of so many sentences each may end in the beginning of a name; what follows is then read as one.
JOINED = 4
# "Bürger*innen" and "Mach(t)" are one word each; "RepairCafé" is two.
GENDER = re.compile(r"(?<=\w)[*:_·]+(?:innen|in|r|n)(?=\b|[a-zäöüß])")
GENDER_SIGN = re.compile(r"[*:_·]")
BRACKETED_LETTERS = re.compile(r"(?<=\w)\((\w{1,3})\)")
CAMEL = re.compile(r"([A-ZÄÖÜ])(?<=[a-zäöüß]{4}.)(?=[a-zäöüé]{2})")
# A sentence with one of these speaks of another event.
ASIDE = re.compile(
    r"\b(?:parallel|zeitgleich|gleichzeitig|zur (?:selben|gleichen) zeit|unabhängig vo[nm]|nicht zu verwechseln"
    r"|nichts mit \S.{0,60} zu tun|am (?:selben|gleichen) (?:abend|tag|nachmittag|vormittag|morgen)"
    r"|(?:gleich|direkt|unmittelbar) (?:beim?|neben)|während (?:oben|unten|nebenan|drinnen|draußen)"
    r"|at the same time|meanwhile|not to be confused)\b",
    re.I,
)
# One of these is in each of them.
ASIDE_WORDS = frozenset(
    map(
        key,
        "parallel zeitgleich gleichzeitig zeit unabhängig verwechseln während nichts selben gleichen gleich direkt"
        " unmittelbar time meanwhile confused".split(),
    )
)
SENTENCE_END = re.compile(r"(?<=[.!?;)])\s+|\n+|(?=\()")
# What the beginning and the end of a sentence may have to do with an hour: "19." and "30 Uhr", "at 7" and "pm".
HOUR = re.compile(r"uhr|\d\s*h\b|^\s*h\b|\d:\d\d|^[0-5]\d|\d\s*[ap]m\b|^\s*[ap]m\b", re.I)
SPOKEN_HOURS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
SPOKEN = re.compile(rf"\b(?:um|ab|gegen)\s+({'|'.join(SPOKEN_HOURS)})\b", re.I)
SPOKEN_FIRST = re.compile(rf"\s*(?:{'|'.join(SPOKEN_HOURS)})\b", re.I)
SPOKEN_WORDS = frozenset(map(key, SPOKEN_HOURS))
HOURS_END = frozenset({("uhr",), ("h",), ("am",), ("pm",)})
DIGIT = re.compile(r"\d")
CURRENCY = re.compile(r"€|euro?\b", re.I)

PHRASE_NAMES = Names(
    {
        opening: [(tuple(phrase.split()), PHRASES[phrase]) for phrase in sorted(PHRASES, key=len, reverse=True)
                  if phrase.split()[0] == opening]
        for opening in {phrase.split()[0] for phrase in PHRASES}
    }
)  # fmt: skip
PHRASE_OPENINGS = frozenset(PHRASE_NAMES.openings)

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What every look at a sentence begins with.

    `normal` is its normal form. `words` are those of it, `plain` those with gendered and bracketed spellings joined;
    both with expressions of several words in one form for all. `goes_on` says that such an expression may have its end
    in the next sentence, `is_aside` that it speaks of another event. `may_tell` names what a closer look at the whole
    text may find: "hours", "days", "prices".
    """

    normal: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    goes_on: bool
    is_aside: bool
    may_tell: frozenset[str]


@lru_cache(AT_HAND)
def sentence(text: str) -> Sentence:
    """A sentence as it is read."""
    normal = key(text)
    bare = tuple(normal.split())
    joined = spelled_plainly(text)
    plain = bare if joined == text else tuple(key(joined).split())
    return Sentence(
        normal,
        words=in_one_form(bare),
        plain=in_one_form(plain),
        goes_on=PHRASE_NAMES.may_go_on(bare) or PHRASE_NAMES.may_go_on(plain),
        is_aside=not ASIDE_WORDS.isdisjoint(bare) and bool(ASIDE.search(text)),
        may_tell=gathered(may_tell(text, bare)),
    )


def may_tell(text: str, words: tuple[str, ...]) -> Iterator[str]:
    """What may be found in a text that has this sentence, which has these words."""
    if may_tell_hour(text, words):
        yield "hours"
    if text[-1:].isdigit():
        yield "days"
    if CURRENCY.search(text):
        yield "prices"


def may_tell_hour(text: str, words: tuple[str, ...]) -> bool:
    """Whether it has to do with an hour: most sentences have neither a digit nor a number in words."""
    if DIGIT.search(text) or words[:1] in HOURS_END:
        return bool(HOUR.search(text)) or may_speak_of_hour(text, words)
    return may_speak_of_hour(text, words)


def may_speak_of_hour(text: str, words: tuple[str, ...]) -> bool:
    """Whether it has an hour in words, or the end of one."""
    return not SPOKEN_WORDS.isdisjoint(words) and bool(SPOKEN.search(text) or SPOKEN_FIRST.match(text))


@lru_cache(64)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, each without its end."""
    return tuple(filter(None, text.replace("!", ".").replace("?", ".").replace("\n", ".").split(".")))


class Look(Generic[Found]):
    """Something that is looked for in texts, sentence by sentence; what was found in each is remembered.

    `read` finds it in a sentence, and tells whether something may have begun at the end: then the next one is read with
    it, as if the two were one.
    """

    def __init__(self, read: Callable[[str], tuple[frozenset[Found], bool]]) -> None:
        """Look for this."""
        self.read = read
        self.alone = lru_cache(AT_HAND)(self.read_alone)

    def read_alone(self, text: str) -> frozenset[Found] | None:
        """What is found in a sentence, None if the next one has to be read with it."""
        found, goes_on = self.read(text)
        return None if goes_on else found or NOTHING

    def through(self, *texts: str) -> frozenset[Found]:
        """All that is found in some texts, one after the other."""
        sentences = [each for text in texts for each in sentences_of(text)]
        found = [each for each in map(self.alone, sentences) if each is not NOTHING]
        if None in found:
            found = [each for each in looks(sentences, self.read) if each]
        return united([each for each in found if each is not None])


def looks(sentences: Iterable[str], read: Callable[[str], tuple[Found, bool]]) -> Iterator[Found]:
    """What is read in each of some sentences, in their order; those that go on are read with what follows."""
    following = iter(sentences)
    for text in following:
        found, goes_on = read(text)
        yield read_on(text, following, read) if goes_on else found


def read_on(text: str, following: Iterator[str], read: Callable[[str], tuple[Found, bool]]) -> Found:
    """What is found in a sentence and those that have to be read together with it."""
    for more in islice(following, JOINED):
        text = f"{text}.{more}"
        found, goes_on = read(text)
        if not goes_on:
            return found
    return read(".".join((text, *following)))[0]


@lru_cache(64)
def plain_words(*texts: str) -> tuple[str, ...]:
    """The words of some texts in their normal form, gendered and bracketed spellings joined."""
    return tuple(chain.from_iterable(looks(chain.from_iterable(map(sentences_of, texts)), plain_words_of)))


def plain_words_of(text: str) -> tuple[tuple[str, ...], bool]:
    """The same of one sentence, and whether it goes on."""
    read = sentence(text)
    return read.plain, read.goes_on


def spelled_plainly(text: str) -> str:
    """A text with gendered and bracketed spellings joined and fused names apart."""
    joined = GENDER.sub("", text) if GENDER_SIGN.search(text) else text
    joined = BRACKETED_LETTERS.sub(r"\1", joined) if "(" in joined else joined
    return CAMEL.sub(r" \1", joined)


@lru_cache(64)
def without_asides(description: str) -> str:
    """A description without the sentences that speak of something else at the same time."""
    if not any(sentence(each).is_aside for each in sentences_of(description)):
        return description
    return " ".join(each for each in SENTENCE_END.split(description) if not ASIDE.search(each))


def in_german(normal: str) -> str:
    """A text in normal form with its expressions of several words and its abbreviations in one form for all."""
    words = tuple(normal.split())
    return normal if PHRASE_OPENINGS.isdisjoint(words) else " ".join(in_one_form(words))


def in_one_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same of words."""
    if PHRASE_OPENINGS.isdisjoint(words):
        return words
    found, after = [], 0
    for meant, first, last in PHRASE_NAMES.found_in(words):
        if first >= after:
            found += [*words[after:first], *meant.split()]
            after = last
    return (*found, *islice(words, after, None))
