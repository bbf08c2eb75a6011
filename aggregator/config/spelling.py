"""Quoting what a person wrote, and guessing what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """The text in quotation marks, on one line and not too long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= LONGEST_QUOTE else f'"{line[:LONGEST_QUOTE]}…"'


def suggestion(word: str, known: Iterable[str]) -> str:
    """A clause that names the known word nearest to `word`, or all of them when none is near."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    near = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{by_folded[near[0]]}"?'
    return f"known here: {', '.join(by_folded.values())}"
