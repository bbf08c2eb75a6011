"""Ordinary events read as whole blocks, in half the time that line by line takes (RFC 5545 section 3.6.1).

What it gives is what the exact reader gives (`content_lines`, `properties`), value for value; wherever that could
differ, or anything is wrong, it declines and the exact reader has its turn (tests/parse/test_plain_events.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from aggregator.model.components import Component
from aggregator.parse import values
from aggregator.parse.cleaning import clean
from aggregator.parse.content_lines import MAX_LINE_BYTES, PROPERTY, RawComponent, Splitter, feed
from aggregator.parse.encoding import is_utf8
from aggregator.parse.hashes import hash_of_texts, is_noise
from aggregator.parse.values import BARE, LONGEST_PLAIN, NO_PARAMETERS, PLAIN, Property, plain_parameters
from aggregator.parse.vevent import KEPT, PRIVATE, component_of

T = TypeVar("T")
BEGIN, END = b"\nBEGIN:VEVENT\n", b"\nEND:VEVENT\n"
CONTINUED = (b" ", b"\t", b"\n")
BORDERS = frozenset({"BEGIN", "END"})
OFTEN = frozenset({"RRULE", "RDATE", "EXDATE", "CATEGORIES"})
# A component inside of an event that holds nothing but plain lines: nothing of it is read.
ALARM = re.compile(r"\nBEGIN:VALARM\n(?:(?!BEGIN|END)[A-Z][A-Z-]*[:;][^\n]*\n)*END:VALARM(?=\n|\Z)")


class Head(NamedTuple):
    """What stands before the first colon of a content line; of one that is not kept no parameters are told."""

    name: str
    parameters: Mapping[str, str]
    is_kept: bool
    is_noise: bool


class PlainProperties:
    """The properties of one event, of which none is wrong, as `properties.Properties` gives them."""

    def __init__(self, once: Mapping[str, Property], often: Mapping[str, list[Property]]) -> None:
        """Know what stands once and what may stand often."""
        self._once, self._often = once, often

    def one(self, name: str, read: Callable[[Property], T], default: T) -> T:
        """The value of a property that stands once; ValueError if it cannot be read."""
        found = self._once.get(name)
        return default if found is None else read(found)

    def every(self, name: str, read: Callable[[Property], T]) -> tuple[T, ...]:
        """The values of a property that may stand often."""
        return tuple(map(read, self._often.get(name, ())))

    def joined(self, name: str, read: Callable[[Property], tuple[T, ...]]) -> tuple[T, ...]:
        """The values of a list property that may stand often, as one list."""
        return tuple(value for values in self.every(name, read) for value in values)


def split_plain(content: bytes, stated_charset: str) -> Splitter | None:
    """The calendars of a stream, its ordinary events read already; None unless it is UTF-8 with plain line ends."""
    tidied = content.replace(b"\r\n", b"\n")
    # A fold may split a character; what is UTF-8 as it stands is so without its folds, too.
    if b"\r" in tidied or BEGIN not in tidied or not (is_utf8(tidied) or is_utf8(unfolded(tidied))):
        return None
    before, *pieces = tidied.split(BEGIN)
    splitter = Splitter()
    feed(splitter, before, stated_charset)
    number = before.count(b"\n") + 2
    for piece in pieces:
        block, rest = taken_apart(piece)
        event = plain_event(block, number) if block else None
        if event is None:
            feed(splitter, BEGIN[1:] + piece, stated_charset, number)
        else:
            splitter.take_whole(RawComponent("VEVENT", number, read=event))
            if rest:
                feed(splitter, rest, stated_charset, number + block.count(b"\n") + 3)
        number += piece.count(b"\n") + 2
    splitter.finish()
    return splitter


def unfolded(content: bytes) -> bytes:
    """The content with its folded lines joined, where no blank line stands between."""
    return content.replace(b"\n ", b"").replace(b"\n\t", b"")


def taken_apart(piece: bytes) -> tuple[bytes, bytes]:
    """What stands in an event and what follows it; no event if one line could go on in another part."""
    if piece.endswith(END[:-1]):
        block, rest = piece[: -len(END) + 1], b""
    else:
        block, end, rest = piece.partition(END)
        if not end or rest.lstrip(b"\n").startswith(CONTINUED):
            return b"", piece
    is_whole = not block.startswith(CONTINUED) and b"\n\n" not in block and len(block) <= MAX_LINE_BYTES
    return (block, rest) if is_whole else (b"", piece)


def plain_event(block: bytes, line: int) -> Component | None:
    """The component of an event's lines, which are UTF-8; None if anything about it is not plain."""
    text = unfolded(block).decode()
    if "\nBEGIN:VALARM\n" in text:
        text = ALARM.sub("", text)
    lines = text.split("\n")
    if not text.replace("\n", "").isprintable():
        lines = list(map(clean, lines))
    once: dict[str, Property] = {}
    often: dict[str, list[Property]] = {}
    stated = []
    for each in lines:
        head, colon, value = each.partition(":")
        known = head_of(head) if colon and len(head) < LONGEST_PLAIN else None
        if known is None:
            return None
        if not known.is_noise:
            stated.append(each)
        if known.is_kept:
            found = Property(known.name, value, line, False, known.parameters)
            if known.name in OFTEN:
                often.setdefault(known.name, []).append(found)
            elif once.setdefault(known.name, found) is not found:
                return None
    return understood(PlainProperties(once, often), hash_of_texts(stated), line)


def understood(stated: PlainProperties, content_hash: str, line: int) -> Component | None:
    """The component, unless it is private, has no start, or holds what cannot be read."""
    try:
        if stated.one("CLASS", values.token, "") in PRIVATE or stated.one("DTSTART", values.time, None) is None:
            return None
        return component_of(stated, "", content_hash, line)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def head_of(head: str) -> Head | None:
    """A line's head taken apart, None if it is not plain; the same few stand in every event of a calendar."""
    told = f"{head}:"
    found = PROPERTY.match(told)
    name = found.group()[:-1].strip().upper() if found else ""
    if not name or name in BORDERS:
        return None
    if name not in KEPT:
        return Head(name, NO_PARAMETERS, False, is_noise(told))
    if BARE.fullmatch(told):
        return Head(name, NO_PARAMETERS, True, is_noise(told))
    plain = PLAIN.fullmatch(told)
    return Head(name, plain_parameters(plain[2]), True, is_noise(told)) if plain else None
