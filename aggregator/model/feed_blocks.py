"""A stretch of the merged calendar as it is sent: compressed once, and joined with others whenever somebody asks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """The events from the id `first` on, up to where the next stretch begins ("" for the end)."""

    first: str
    following: str = ""


@dataclass(frozen=True, slots=True)
class FeedBlock:
    """The fragments of a stretch, deflated and ended so that any other block may follow (RFC 1951).

    `checksum` is the CRC-32 of the fragments, `length` their bytes. `zones` are the time zones that they name;
    `in_utc` is whether one of them starts in UTC.
    """

    first: str
    deflated: bytes
    checksum: int
    length: int
    zones: tuple[str, ...] = ()
    in_utc: bool = False
