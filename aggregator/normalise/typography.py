"""Titles as a newspaper would set them: no ornaments, no shouting, no label that every title of a feed carries."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from aggregator.model.records import Record

# A run of words in capitals; acronyms like ADFC or KFZ are short, so one long word marks the run as shouting.
CAPITALS = re.compile(r"\b[A-ZÄÖÜ][A-ZÄÖÜß-]+\b(?:\s+[A-ZÄÖÜ][A-ZÄÖÜß-]*\b)*")
SHOUTED_LETTERS = 7
SMALL_WORDS = frozenset(
    "am an auf aus bei das dem den der des die ein eine einen für im in ins mit nach oder ohne und um unter vom von"
    " vor zu zum zur a and at by for from in of on or the to with".split()
)
# Where ornaments begin (`is_ornament`).
PICTURES = re.compile("[\u2000-\U0010ffff]")
LABEL = re.compile(r"\[([^\]]{2,60})\]\s*(?=\S)")
FEWEST_LABELLED = 3
LABELLED_SHARE = 0.8


def calm(title: str) -> str:
    """The title without emoji and ornaments at its ends and in between, shouted runs set in normal case."""
    bare = title
    if PICTURES.search(title):
        bare = "".join(" " if is_ornament(character) else character for character in title)
    plain = " ".join(bare.split())
    return CAPITALS.sub(lambda run: spoken(run[0]), plain) or title


def is_ornament(character: str) -> bool:
    """Whether a character is a picture: emoji, stars, hearts, their joiners and variants."""
    if ord(character) < 0x2000:
        return False
    return unicodedata.category(character) in ("So", "Sk", "Cs", "Cn") or character in "\ufe0e\ufe0f\u200d\u20e3"


def spoken(run: str) -> str:
    """A run of words in capitals as it would be spoken, or as it is if it may be acronyms."""
    words = run.split()
    if not any(len(word) >= SHOUTED_LETTERS for word in words):
        return run
    return " ".join([capitalised(words[0]), *(small_or_capitalised(word) for word in words[1:])])


def capitalised(word: str) -> str:
    """A word with one capital for each of its hyphenated parts."""
    return "-".join(part.capitalize() for part in word.split("-"))


def small_or_capitalised(word: str) -> str:
    """A word inside a run: articles and prepositions small, the rest with a capital."""
    return word.lower() if word.lower() in SMALL_WORDS else capitalised(word)


def without_common_label(records: Sequence[Record]) -> list[Record]:
    """The records without the bracketed label that a platform puts before every title ("[Our town] Concert")."""
    label = common_label(record.stated_title for record in records)
    if not label:
        return list(records)
    return [replace(record, title=unlabelled(record.title, label)) for record in records]


def common_label(titles: Iterable[str]) -> str:
    """The label that most titles begin with, brackets included; empty if there is none."""
    every = list(titles)
    found = Counter(match[0].strip() for title in every if (match := LABEL.match(title)))
    if not found:
        return ""
    label, times = found.most_common(1)[0]
    return label if times >= max(FEWEST_LABELLED, LABELLED_SHARE * len(every)) else ""


def unlabelled(title: str, label: str) -> str:
    """The title without the label, unless nothing would be left."""
    if not title.lower().startswith(label.lower()):
        return title
    return title[len(label) :].strip() or title
