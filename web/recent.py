"""What was asked for last, up to a number of bytes: whatever keeps answers, or pieces of them, keeps them here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows its bytes in memory."""

    @property
    def size(self) -> int:
        """Roughly its bytes in memory."""


Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing", bound=Sized)


class Recent(Generic[Name, Thing]):
    """Things by name; what was not asked for longest goes first, until all fit into `most_bytes`.

    For one thread at a time: whoever has several holds a lock.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self.things: OrderedDict[Name, Thing] = OrderedDict()

    def get(self, name: Name) -> Thing | None:
        """The thing of that name, if it is still here."""
        found = self.things.get(name)
        if found is not None:
            self.things.move_to_end(name)
        return found

    def put(self, name: Name, thing: Thing) -> None:
        """Keep a thing in place of what had its name, and forget others until all fit."""
        self.forget(name)
        self.things[name] = thing
        self.size += thing.size
        while self.size > self.most_bytes:
            self.forget(next(iter(self.things)))

    def forget(self, name: Name) -> None:
        """Keep it no longer."""
        gone = self.things.pop(name, None)
        self.size -= gone.size if gone is not None else 0

    def keep_only(self, holds: Callable[[Thing], bool]) -> None:
        """Forget whatever that does not hold of."""
        for name in [name for name, thing in self.things.items() if not holds(thing)]:
            self.forget(name)
