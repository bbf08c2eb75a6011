"""A component as folded lines of at most 75 octets (RFC 5545 section 3.1).

`icalendar` folds the same way but asks for the length of every single character, which for long
descriptions is most of the work of rendering.
"""

from __future__ import annotations

LONGEST = 74
"""Octets of one line, the blank that continues it not counted."""

CONTINUES = b"\r\n "
ESCAPES = b"\\^"
"""What begins an escaped sign, which simple readers want on one line."""


def folded(line: bytes) -> bytes:
    """One content line in UTF-8, broken between two characters wherever it is too long."""
    pieces, begin = [], 0
    while len(line) - begin > LONGEST:
        end = begin + LONGEST
        while is_inside_character(line[end]):
            end -= 1
        if line[end - 1] in ESCAPES:
            end -= 1
        pieces.append(line[begin:end])
        begin = end
    return CONTINUES.join((*pieces, line[begin:]))


def is_inside_character(octet: int) -> bool:
    """Whether it is a later octet of a character in UTF-8."""
    return octet & 0b1100_0000 == 0b1000_0000
