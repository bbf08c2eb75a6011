"""Everything in a part that speaks of time, in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aggregator.model.prose import Evidence, TextPart
from aggregator.normalise.prose.ranges import Dates, read_dates
from aggregator.normalise.prose.repetition import Repetition, read_repetition
from aggregator.normalise.prose.times import TIME_PREPOSITIONS, Times, read_times
from aggregator.normalise.prose.tokens import Kind, Words, words_of
from aggregator.normalise.prose.weekdays import SHORT_WEEKDAYS, weekday_of

MOST_MENTIONS = 200
"""Read of one part: longer programmes are no event."""

RELATIVE_DAYS = {"heute": 0, "today": 0, "morgen": 1, "tomorrow": 1, "uebermorgen": 2, "gestern": -1, "yesterday": -1}
CLOCK_CUES = ("beginn", "start", "einlass", "anfang", "doors", "show", "los", "treffpunkt", "ende", "uhrzeit", "zeit")


@dataclass(frozen=True, slots=True)
class Loose:
    """A weekday or relative word without a date: "am Sonntag", "morgen".

    `weekday` or `days` (from the item's own day) is set. Alone it is never enough for an event.
    """

    first: int
    last: int
    weekday: int | None = None
    days: int | None = None


Said = Dates | Times | Repetition | Loose


@dataclass(frozen=True, slots=True)
class Mention:
    """One expression of time and the sentence it stands in."""

    said: Said
    sentence: int

    @property
    def first(self) -> int:
        """The index of its first token."""
        return self.said.first

    @property
    def last(self) -> int:
        """The index behind its last token."""
        return self.said.last


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an item: its words and the expressions of time in them."""

    name: str
    words: Words
    mentions: tuple[Mention, ...]

    @property
    def is_title(self) -> bool:
        """Whether it is the item's title."""
        return self.name == "title"

    def of(self, kind: type[Said]) -> list[Mention]:
        """The mentions of one kind."""
        return [mention for mention in self.mentions if isinstance(mention.said, kind)]

    def evidence(self, first: int, last: int) -> Evidence:
        """The words between two tokens, as evidence."""
        return Evidence(" ".join(self.words.quote(first, last).split()), self.name)


def read_passage(part: TextPart, language: str) -> Passage:
    """A part with all its expressions of time; each token belongs to at most one."""
    words = words_of(part.text, language)
    mentions: list[Mention] = []
    index = 0
    while index < len(words.tokens) and len(mentions) < MOST_MENTIONS:
        said = _said(words, index, mentions) if words.at(index).kind in (Kind.WORD, Kind.NUMBER) else None
        if said is None:
            index += 1
            continue
        mentions.append(Mention(said, words.sentences[said.first]))
        index = max(said.last, index + 1)
    return Passage(part.name, words, tuple(mentions))


def _said(words: Words, index: int, before: Sequence[Mention]) -> Said | None:
    """The expression that begins at a token, the surest kind first."""
    times = read_times(words, index)
    if times is not None and times.firm:
        return times
    found = read_repetition(words, index) or read_dates(words, index)
    if found is not None:
        return found
    if times is not None and _is_supported(words, index, before):
        return times
    return _loose(words, index)


def _is_supported(words: Words, index: int, before: Sequence[Mention]) -> bool:
    """Whether "19.30" or "halb acht" is a time: behind a preposition, a word like Beginn, or a date."""
    previous = words.skip(index - 1, ":") - 1 if words.low(index - 1) == ":" else index - 1
    if words.low(previous) in TIME_PREPOSITIONS or words.low(previous).endswith(CLOCK_CUES):
        return True
    return bool(before) and not isinstance(before[-1].said, Times) and index - before[-1].last <= 1


def _loose(words: Words, index: int) -> Loose | None:
    """A weekday or relative word that stands alone."""
    token = words.at(index)
    if token.low in RELATIVE_DAYS and (token.low != "morgen" or not token.is_capital or index == 0):
        return Loose(index, index + 1, days=RELATIVE_DAYS[token.low])
    weekday = weekday_of(token.low) if token.is_capital or token.low.startswith("sonn") else None
    if weekday is None and token.is_capital and token.low in SHORT_WEEKDAYS and words.low(index + 1) in (".", ","):
        weekday = SHORT_WEEKDAYS[token.low] if words.at(index + 1).glued and len(token.text) == 2 else None
    return Loose(index, index + 1, weekday=weekday) if weekday is not None else None
