"""One gzip member out of parts that were deflated once each (RFC 1952), so that a change costs only its part.

Each part ends with a full flush and can stand anywhere; the trailer's CRC-32 is combined from those of the parts.
Members one behind the other would be simpler, but many programs stop after the first.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache

from aggregator.model.feed_blocks import FeedBlock

HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST = b"\x03\x00"
LEVEL = 6
POLYNOMIAL = 0xEDB88320
SIZE_MASK = 0xFFFFFFFF
AT_ONCE = 16
Matrix = tuple[int, ...]


def deflated(data: bytes) -> bytes:
    """The data as deflate blocks behind which others may follow."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 9)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def part(data: bytes) -> FeedBlock:
    """Any text as a part of a gzip member."""
    return FeedBlock("", deflated(data), zlib.crc32(data), len(data))


def stitched(parts: Iterable[FeedBlock]) -> bytes:
    """The gzip member that holds the parts' contents one behind the other."""
    known = tuple(parts)
    told = tuple((one.checksum, one.length) for one in known)
    groups = (summed(told[at : at + AT_ONCE]) for at in range(0, len(told), AT_ONCE))
    checksum, length = sum_of(groups)
    end = struct.pack("<II", checksum, length & SIZE_MASK)
    return b"".join((HEAD, *(one.deflated for one in known), LAST, end))


def sum_of(told: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The checksum and length of texts one behind the other, from those of each."""
    checksum, length = 0, 0
    for one, size in told:
        checksum, length = combined(checksum, one, size), length + size
    return checksum, length


# The next calendar has nearly all of them again, and is summed by them.
@lru_cache(maxsize=512)
def summed(told: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """As `sum_of`."""
    return sum_of(told)


def combined(left: int, right: int, length: int) -> int:
    """The CRC-32 of two texts, from those of each and the length of the second.

    A CRC is linear: the first one goes on as if `length` zero bytes followed, and the second is added.
    """
    place = 0
    while length:
        if digit := length & 15:
            a, b, c, d = tables(digit << place)
            left = a[left & 255] ^ b[left >> 8 & 255] ^ c[left >> 16 & 255] ^ d[left >> 24]
        length, place = length >> 4, place + 4
    return left ^ right


# Of any length only its digits to the base of 16 are asked for, some 36 KB each.
@lru_cache(maxsize=128)
def tables(length: int) -> tuple[Matrix, ...]:
    """What so many zero bytes do to each byte of a CRC."""
    matrix = tuple(1 << bit for bit in range(32))
    for power in range(length.bit_length()):
        if length >> power & 1:
            matrix = tuple(times(zeros(power), column) for column in matrix)
    return tuple(sums(matrix[start : start + 8]) for start in (0, 8, 16, 24))


def sums(columns: Matrix) -> Matrix:
    """For each byte, the sum of the columns at which it has a 1."""
    found = [0]
    for column in columns:
        found.extend([one ^ column for one in found])
    return tuple(found)


@lru_cache(maxsize=64)
def zeros(power: int) -> Matrix:
    """What two to the power of so many zero bytes do to a CRC, as a matrix over the numbers 0 and 1."""
    if power:
        half = zeros(power - 1)
        return tuple(times(half, column) for column in half)
    matrix: Matrix = (POLYNOMIAL, *(1 << bit for bit in range(31)))
    for _ in range(3):
        matrix = tuple(times(matrix, column) for column in matrix)
    return matrix


def times(matrix: Matrix, vector: int) -> int:
    """A matrix times a vector."""
    total = 0
    for column in matrix:
        if not vector:
            break
        if vector & 1:
            total ^= column
        vector >>= 1
    return total
