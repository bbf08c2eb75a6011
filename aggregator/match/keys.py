"""Keys by which records find each other: texts as numbers, the same on every machine and at every time."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

# Positive in the signed 64 bits that both databases count with.
BYTES = 8
MOST = (1 << 63) - 1
# Odd and large, so that the days and hours of one feature lie far apart, each at a number of its own.
DAY, HOUR = 0x1E3779B97F4A7C15, 0x3F58476D1CE4E5B9


def hashed(*parts: str) -> int:
    """A number of 63 bits that stands for these texts in this order."""
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=BYTES).digest()) >> 1


@lru_cache(1 << 16)
def remembered(kind: str, feature: str) -> int:
    """The number of a feature that many records have."""
    return hashed(kind, feature)


def on_day(feature: str, day: int) -> int:
    """The number of a feature on a day (its ordinal)."""
    return (remembered("day", feature) + day * DAY) & MOST


def at_hour(feature: str, day: int, hour: int) -> int:
    """The same at an hour; -1 where only the day is known."""
    return (remembered("hour", feature) + day * DAY + hour * HOUR) & MOST
