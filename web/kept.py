"""Whole replies kept in memory: the same question about the same calendar is answered once."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from web.recent import Recent

MOST_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it becomes HTTP; `headers` are those that belong to the content.

    One that was made compressed has its gzip in `packed`, and no `body`.
    """

    body: bytes
    media_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    packed: bytes = b""

    @property
    def size(self) -> int:
        """Its bytes in memory."""
        return len(self.body) + len(self.packed)


class KeptReplies:
    """The replies asked for last, by ETag, up to a number of bytes.

    An ETag names the state of the calendar, so nothing here can be stale; what is out of date is
    simply not asked for any more and falls out, all at once when a new generation begins.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.replies: Recent[str, Reply] = Recent(most_bytes)
        self.generation = -1
        self.lock = Lock()

    def begin(self, generation: int) -> None:
        """Forget what was made of generations before this one."""
        with self.lock:
            if generation > self.generation:
                self.generation = generation
                self.replies.keep_only(lambda _: False)

    def get(self, tag: str) -> Reply | None:
        """The reply of that ETag, if it is still here."""
        with self.lock:
            return self.replies.get(tag)

    def put(self, tag: str, reply: Reply) -> None:
        """Keep a reply, and forget those not asked for longest until all fit."""
        with self.lock:
            self.replies.put(tag, reply)
