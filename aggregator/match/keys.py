"""Keys by which records find each other: texts as numbers, the same on every machine and at every time."""

from __future__ import annotations

from hashlib import blake2b

# Positive in the signed 64 bits that both databases count with.
BYTES = 8


def hashed(*parts: str) -> int:
    """A number of 63 bits that stands for these texts in this order."""
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=BYTES).digest()) >> 1
