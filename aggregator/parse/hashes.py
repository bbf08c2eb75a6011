"""The fingerprint of a component as received: equal when the source says nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from aggregator.model.components import Component
from aggregator.parse.content_lines import Line

# Written anew by many producers at every request, whether anything changed or not.
NOISE = ("DTSTAMP", "LAST-MODIFIED", "CREATED")
LONGEST_NOISE = max(map(len, NOISE))


def hash_of_lines(lines: Iterable[Line]) -> str:
    """The hash of a VEVENT's unfolded lines without the noise, in any order."""
    return hash_of_texts(line.text for line in lines if not is_noise(line.text))


def hash_of_texts(texts: Iterable[str]) -> str:
    """The same of lines that are no noise."""
    return _digest("\n".join(sorted(texts)))


def is_noise(line: str) -> bool:
    """Whether a line is one of those."""
    return line[:LONGEST_NOISE].upper().startswith(NOISE)


def with_hash(component: Component) -> Component:
    """The component of a feed or page with the hash of its statement, without times of publication."""
    statement = replace(component, content_hash="", line=None, published=None, updated=None)
    return replace(component, content_hash=_digest(repr(statement)))


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
