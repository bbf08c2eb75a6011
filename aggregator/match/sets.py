"""Sets of which most are empty: all empty ones are one, which saves a quarter of what a record takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

Of = TypeVar("Of")

NOTHING: frozenset[Any] = frozenset()


def less(words: frozenset[Of], others: frozenset[Of]) -> frozenset[Of]:
    """A set without others; mostly it has none of these."""
    return words if words.isdisjoint(others) else (words - others) or NOTHING


def united(found: Sequence[frozenset[Of]]) -> frozenset[Of]:
    """Several sets as one; mostly there is one."""
    return found[0].union(*found[1:]) if len(found) > 1 else found[0] if found else NOTHING


def gathered(found: Iterable[Of]) -> frozenset[Of]:
    """What was found, as a set."""
    return frozenset(found) or NOTHING
