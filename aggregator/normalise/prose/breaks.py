"""Holidays in the words of a series: school holidays, public holidays, the days between the years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aggregator.normalise.prose.cues import CANCELLING, EXCEPTING
from aggregator.normalise.prose.mentions import Mention, Passage
from aggregator.normalise.prose.tokens import Words

WORDS_BEHIND = 8
HOLIDAY_WORDS = tuple("ferien schulferien sommerferien winterferien osterferien herbstferien weihnachtsferien".split())
SCHOOL_TIME = ("schulzeit", "schulzeiten", "schulwochen")
DENYING = frozenset("kein keine keinen nicht geschlossen zu".split())
PUBLIC_HOLIDAY_WORDS = ("feiertagen", "feiertage", "feiertags", "holidays")


def leaves_out_holidays(passage: Passage, mention: Mention) -> bool:
    """Whether a series pauses on public holidays."""
    words = passage.words
    denied = (
        token.low in PUBLIC_HOLIDAY_WORDS
        and words.sentences[index] - mention.sentence in (0, 1)
        and _says_no(words, index, [words.low(each) for each in range(index + 1, index + WORDS_BEHIND)])
        for index, token in enumerate(words.tokens)
    )
    return _leaves_out(passage, mention, PUBLIC_HOLIDAY_WORDS) >= 0 or any(denied)


def school_break(passage: Passage, mention: Mention) -> str:
    """The words by which a series leaves out school holidays: "außer in den Ferien", "nur während der Schulzeit"."""
    words = passage.words
    index = _leaves_out(passage, mention, HOLIDAY_WORDS)
    if index >= 0:
        return words.quote(max(index - 3, 0), index + 1).lstrip(" ,;(")
    for index, token in enumerate(words.tokens):
        if words.sentences[index] - mention.sentence not in (0, 1):
            continue
        behind = [words.low(each) for each in range(index + 1, index + WORDS_BEHIND)]
        if token.low in HOLIDAY_WORDS and _says_no(words, index, behind):
            return words.quote(max(index - 2, 0), index + 1)
        if token.low in SCHOOL_TIME and words.low(index - 1) in ("der", "zur", "waehrend", "in"):
            return words.quote(max(index - 2, 0), index + 1)
    return ""


def only_in_breaks(passage: Passage, mention: Mention) -> str:
    """The words by which a series takes place in school holidays only: "in den Sommerferien jeden Dienstag"."""
    words = passage.words
    for index, token in enumerate(words.tokens):
        if token.low in HOLIDAY_WORDS and words.sentences[index] == mention.sentence:
            before = {words.low(each) for each in range(index - 4, index)}
            if before & {"in", "waehrend"} and not before & (EXCEPTING | {"nicht", "auch", "ausserhalb"}):
                return "" if school_break(passage, mention) else words.quote(max(index - 2, 0), index + 1)
    return ""


def between_the_years(passage: Passage, mention: Mention, first: date) -> tuple[date, ...]:
    """The days from Christmas to the end of the year, if a series leaves them out; of two winters."""
    words = passage.words
    for index, sentence in enumerate(words.sentences):
        told = [words.low(index + step) for step in range(3)] == ["zwischen", "den", "jahren"]
        near = {words.low(each) for each in range(index - 4, index + WORDS_BEHIND)}
        if told and sentence - mention.sentence in (0, 1) and near & (EXCEPTING | DENYING | set(CANCELLING)):
            return tuple(date(first.year + year, 12, day) for year in (0, 1) for day in range(25, 32))
    return ()


def _says_no(words: Words, index: int, behind: Sequence[str]) -> bool:
    """Whether "in den Ferien" goes on with words that deny: "findet kein Treffen statt", "geschlossen"."""
    before = {words.low(each) for each in range(index - 3, index)}
    sentence = [word for at, word in enumerate(behind, index + 1) if _in_sentence(words, at, index)]
    denied = bool(set(sentence) & DENYING) or any(word in CANCELLING for word in sentence)
    return bool(before & {"in", "waehrend", "den", "an"}) and "auch" not in before and denied


def _in_sentence(words: Words, index: int, other: int) -> bool:
    return index < len(words.tokens) and words.sentences[index] == words.sentences[other]


def _leaves_out(passage: Passage, mention: Mention, names: tuple[str, ...]) -> int:
    """The index of a word of `names` that "außer" or "nicht" stands before, near the repetition; else -1."""
    words = passage.words
    for index, token in enumerate(words.tokens):
        if token.low in names and words.sentences[index] - mention.sentence in (0, 1):
            near = {words.low(before) for before in range(index - 4, index)}
            # "außer feiertags und in den Ferien"
            near |= {words.low(before) for before in range(index - 7, index - 4)} & EXCEPTING
            if near & (EXCEPTING | {"nicht", "keine", "bis", "ausserhalb"}):
                return index
    return -1
