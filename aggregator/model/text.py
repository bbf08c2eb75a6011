"""Words as they are compared and searched: one normal form for all spellings of a name."""

from __future__ import annotations

import re
import unicodedata

UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
WORD = re.compile(r"[^\W_]+")
FOREIGN = re.compile(r"[^\x00-\x7f]")


def key(text: str) -> str:
    """The text in lower case without accents, punctuation and doubled blanks, umlauts written out.

    Umlauts are written out before accents are dropped, so that "Köln", "Koeln" and "KÖLN" are one
    key and "İ" splits no word.
    """
    if text.isascii():
        return " ".join(WORD.findall(text.lower()))
    folded = unicodedata.normalize("NFKC", text).casefold()
    for umlaut, letters in UMLAUTS.items():
        folded = folded.replace(umlaut, letters)
    bare = folded if folded.isascii() else without_accents(folded)
    return " ".join(WORD.findall(bare))


def without_accents(text: str) -> str:
    """The text with every accented letter as its bare one."""
    return FOREIGN.sub(bare_letter, unicodedata.normalize("NFKD", text))


def bare_letter(found: re.Match[str]) -> str:
    """A letter as it is, and nothing for the accent that follows one."""
    return "" if unicodedata.combining(found[0]) else found[0]


def spaceless(text: str) -> str:
    """The key without blanks: "Klima-Plenum" and "Klimaplenum" are one."""
    return key(text).replace(" ", "")
