"""Words as they are compared and searched: one normal form for all spellings of a name."""

from __future__ import annotations

import re
import unicodedata

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
WORD = re.compile(r"[^\W_]+")


def key(text: str) -> str:
    """The text in lower case without accents, punctuation and doubled blanks, umlauts written out.

    Umlauts are written out before accents are dropped, so that "Köln", "Koeln" and "KÖLN" are one
    key and "İ" splits no word.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(UMLAUTS)
    bare = folded if folded.isascii() else without_accents(folded)
    return " ".join(WORD.findall(bare))


def without_accents(text: str) -> str:
    """The text with every accented letter as its bare one."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def spaceless(text: str) -> str:
    """The key without blanks: "Klima-Plenum" and "Klimaplenum" are one."""
    return key(text).replace(" ", "")
