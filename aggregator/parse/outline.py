"""A calendar by its events, without reading any: which of them say what they said last time.

Only calendars that are plainly built have an outline; of all others None is told, and they are read as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from aggregator.parse.encoding import is_utf8

BEGIN, END = b"\nBEGIN:VEVENT", b"\nEND:VEVENT"
STAMPS = re.compile(rb"\n(?:DTSTAMP|LAST-MODIFIED|CREATED):\d{8}T\d{6}Z?\r?(?=\n)")
# Names that mean the same however they are written; others may be tidied into one another.
UID = re.compile(rb"\nUID:([A-Za-z0-9@._-]{1,200})\r?\n(?![ \t])")
DIGEST = 8


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands around the events, and the blocks of each UID; `digests` are those of the blocks without stamps.

    `frame` is the digest of all that is no event: properties of the calendar, time zones.
    """

    head: bytes
    tail: bytes
    frame: bytes
    blocks: Mapping[str, bytes]
    digests: Mapping[str, bytes]

    def only(self, uids: Collection[str]) -> bytes:
        """The calendar with the events of these UIDs alone."""
        return b"".join((self.head, *(block for uid, block in self.blocks.items() if uid in uids), self.tail))


def outline_of(content: bytes) -> Outline | None:
    """The outline of one plainly built VCALENDAR in UTF-8 whose events all have a plain UID."""
    if not content.startswith(b"BEGIN:VCALENDAR") or content.count(b"BEGIN:VCALENDAR") != 1 or not is_utf8(content):
        return None
    head, *pieces = content.split(BEGIN)
    # In any other place or writing the word would be read as something else than we take it for here.
    if content.upper().count(b"VEVENT") != 2 * len(pieces):
        return None
    blocks: dict[str, bytes] = {}
    rests = []
    for piece in pieces:
        block, _, rest = piece.partition(END)
        name = UID.search(block)
        if name is None or block.upper().count(b"\nUID") != 1 or rest[:1] not in (b"\r", b"\n"):
            return None
        uid = name[1].decode()
        blocks[uid] = b"".join((blocks.get(uid, b""), BEGIN, block, END))
        rests.append(rest if rest.strip() else b"")
    tail = b"".join(rests)
    digests = {uid: digest_of(STAMPS.sub(b"", block)) for uid, block in blocks.items()}
    return Outline(head, tail, digest_of(b"\0".join((head, tail))), blocks, digests)


def digest_of(content: bytes) -> bytes:
    """A short hash."""
    return blake2b(content, digest_size=DIGEST).digest()
