"""Pieces of pages, kept from one state of the store to the next for as long as none of their events changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from threading import Lock

from markupsafe import Markup

MOST_BYTES = 4_000_000
# What a piece costs beside its text: key, names of its events, places in tables.
OVERHEAD = 1000


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece, and the ids of the events that it was made of."""

    text: Markup
    events: frozenset[str]

    @property
    def size(self) -> int:
        """Roughly its bytes in memory."""
        return OVERHEAD + len(self.text)


class Fragments:
    """The pieces asked for last, up to a number of bytes, all of them of one generation.

    A page that is made of an older generation is given none, and what it makes is not kept.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self.generation = -1
        self.kept: OrderedDict[Hashable, Fragment] = OrderedDict()
        self.lock = Lock()

    def bring_forward(self, generation: int, changed: Collection[str] | None) -> None:
        """Forget what these events are in, everything for None: what is left is that of this generation."""
        with self.lock:
            self.generation = generation
            left = (
                (key, one) for key, one in self.kept.items() if changed is not None and one.events.isdisjoint(changed)
            )
            self.kept = OrderedDict(left)
            self.size = sum(one.size for one in self.kept.values())

    def get(self, generation: int, key: Hashable) -> Markup | None:
        """The piece of that name, if it is here."""
        with self.lock:
            found = self.kept.get(key) if generation == self.generation else None
            if found is not None:
                self.kept.move_to_end(key)
            return found.text if found else None

    def put(self, generation: int, key: Hashable, fragment: Fragment) -> None:
        """Keep a piece, and forget those not asked for longest until all fit."""
        with self.lock:
            if generation != self.generation:
                return
            before = self.kept.pop(key, None)
            self.size += fragment.size - (before.size if before else 0)
            self.kept[key] = fragment
            while self.size > self.most_bytes:
                _, forgotten = self.kept.popitem(last=False)
                self.size -= forgotten.size
