"""A text as words, numbers and marks, and where its sentences end."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from aggregator.model.text import key
from aggregator.normalise.prose.lexicon import ABBREVIATIONS, MONTHS

LONGEST_TEXT = 65_536
"""Characters read of one part; every later step is linear in them."""

PIECE = re.compile(r"[0-9]+|[^\W\d_]+|\n|\S")
SOFT_HYPHEN = "\u00ad"
LONGEST_NUMBER = 4
SENTENCE_MARKS = frozenset(".!?…")


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    BREAK = "break"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark.

    `low` is what is compared: lower case, umlauts written out, no accents. `glued` says that no blank
    stands before it. `start` and `end` are offsets in the text.
    """

    kind: Kind
    text: str
    low: str
    start: int
    end: int
    glued: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.kind is Kind.WORD

    @property
    def is_capital(self) -> bool:
        """Whether it is a word with a capital: in German most often a noun."""
        return self.kind is Kind.WORD and self.text[0].isupper()

    @property
    def number(self) -> int | None:
        """Its value if it is a number of at most four digits."""
        return int(self.text) if self.kind is Kind.NUMBER and len(self.text) <= LONGEST_NUMBER else None


NOTHING = Token(Kind.END, "", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one part of an item, and the number of the sentence that each belongs to.

    `months` are the indices of tokens that may tell a month, in order; `lead` is the index of the first word,
    0 where there is none.
    """

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[int]
    months: Sequence[int]
    lead: int = 0
    language: str = "de"

    def at(self, index: int) -> Token:
        """The token at `index`; an empty one outside the text."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else NOTHING

    def low(self, index: int) -> str:
        """The comparable form of the token at `index`."""
        return self.at(index).low

    def skip(self, index: int, *allowed: str) -> int:
        """The index behind one token that is among `allowed`, else the same index."""
        return index + 1 if self.low(index) in allowed else index

    def has_month_within(self, index: int, distance: int) -> bool:
        """Whether a month may be told among the next tokens; spares searching for it again and again."""
        following = bisect_left(self.months, index)
        return following < len(self.months) and self.months[following] < index + distance

    def quote(self, first: int, last: int) -> str:
        """The text from token `first` to just before token `last`."""
        if first >= last:
            return ""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def words_of(text: str, language: str) -> Words:
    """A text as tokens; only its first 65 536 characters are read."""
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).replace(SOFT_HYPHEN, "")
    tokens: list[Token] = []
    end = 0
    for found in PIECE.finditer(text):
        piece = found[0]
        # A line that ends with a comma goes on: letters break the line after the greeting or for width.
        if piece != "\n" or not tokens or tokens[-1].text != ",":
            tokens.append(Token(_kind(piece), piece, _low(piece), found.start(), found.end(), found.start() == end))
            end = found.end()
    lead = next((index for index, token in enumerate(tokens) if token.is_word), 0)
    return Words(text, tokens, _sentences(tokens), _months(tokens), lead, language)


@lru_cache(maxsize=4096)
def _low(piece: str) -> str:
    """The comparable form of a word; marks stay."""
    return key(piece) or piece if len(piece) <= 64 else piece


def _kind(piece: str) -> Kind:
    if piece == "\n":
        return Kind.BREAK
    if piece[0].isdigit() and piece.isascii():
        return Kind.NUMBER
    return Kind.WORD if piece[0].isalpha() else Kind.MARK


def _months(tokens: Sequence[Token]) -> list[int]:
    """The indices of names of months and of second numbers in 5.12."""
    return [
        index
        for index, token in enumerate(tokens)
        if token.low in MONTHS or (token.kind is Kind.NUMBER and index and tokens[index - 1].text in (".", "/"))
    ]


def _sentences(tokens: Sequence[Token]) -> list[int]:
    """For each token the number of its sentence, from 0 on."""
    numbers: list[int] = []
    sentence = 0
    for index, token in enumerate(tokens):
        numbers.append(sentence)
        if token.kind is Kind.BREAK or (token.text in SENTENCE_MARKS and _ends(tokens, index)):
            sentence += 1
    return numbers


def _ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether the mark at `index` ends a sentence: not that of an ordinal, an abbreviation or an address."""
    following = tokens[index + 1] if index + 1 < len(tokens) else NOTHING
    if following.glued or (following.is_word and not following.is_capital):
        return False
    if tokens[index].text != "." or index == 0:
        return True
    before = tokens[index - 1]
    if before.kind is Kind.NUMBER:
        after_colon = index > 1 and tokens[index - 2].text == ":" and before.glued
        return len(before.text) > 2 or after_colon
    return not (before.is_word and (len(before.text) == 1 or before.low in ABBREVIATIONS))
