"""Pieces of pages, kept from one state of the store to the next for as long as none of their events changes."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from threading import Lock

from markupsafe import Markup

from web.recent import Recent

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
        self.kept: Recent[Hashable, Fragment] = Recent(most_bytes)
        self.generation = -1
        self.lock = Lock()

    def bring_forward(self, generation: int, changed: Collection[str] | None) -> None:
        """Forget what these events are in, everything for None: what is left is that of this generation."""
        with self.lock:
            self.generation = generation
            self.kept.keep_only(lambda one: changed is not None and one.events.isdisjoint(changed))

    def get(self, generation: int, key: Hashable) -> Markup | None:
        """The piece of that name, if it is here."""
        with self.lock:
            found = self.kept.get(key) if generation == self.generation else None
            return found.text if found else None

    def put(self, generation: int, key: Hashable, fragment: Fragment) -> None:
        """Keep a piece, and forget those not asked for longest until all fit."""
        with self.lock:
            if generation == self.generation:
                self.kept.put(key, fragment)
