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
    pieces, checksum, length = [HEAD], 0, 0
    for one in parts:
        pieces.append(one.deflated)
        checksum = combined(checksum, one.checksum, one.length)
        length += one.length
    return b"".join((*pieces, LAST, struct.pack("<II", checksum, length & SIZE_MASK)))


def combined(left: int, right: int, length: int) -> int:
    """The CRC-32 of two texts, from those of each and the length of the second.

    A CRC is linear: the first one goes on as if `length` zero bytes followed, and the second is added.
    """
    a, b, c, d = tables(length)
    return a[left & 255] ^ b[left >> 8 & 255] ^ c[left >> 16 & 255] ^ d[left >> 24] ^ right


# Within one calendar most lengths are different, but the next calendar has nearly all of them again.
@lru_cache(maxsize=1024)
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
