"""What pages derive from one state of the store: the directory, and counts of spans of days; kept until it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from sqlalchemy import Connection

from aggregator.model.feed_blocks import FeedBlock
from aggregator.model.sources import Initiative
from aggregator.model.times import Window
from aggregator.store import census, queries
from aggregator.store.census import Census

# A census of more occurrences is not kept beside others; each takes some 60 bytes.
MOST_OCCURRENCES = 400_000
MOST_BYTES = 16_000_000
# What is longer is counted by the database.
LONGEST_SPAN = timedelta(days=42)


@dataclass
class Derived:
    """What was derived from one generation, for any number of threads."""

    directory: Mapping[str, Initiative] | None = None
    taken: OrderedDict[Window, Census] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def initiatives(self, connection: Connection) -> Mapping[str, Initiative]:
        """All initiatives by id (store.queries.initiatives)."""
        if self.directory is None:
            self.directory = queries.initiatives(connection)
        return self.directory

    def census(self, window: Window, connection: Connection) -> Census | None:
        """The census of a window; None for one that is too long. Those asked for last are kept."""
        if window.last - window.first > LONGEST_SPAN:
            return None
        # Who waits here would else do the same work at the same time.
        with self.lock:
            found = self.taken.get(window)
            if found is None:
                found = self.taken[window] = census.take(connection, window)
            self.taken.move_to_end(window)
            while len(self.taken) > 1 and sum(len(one.event) for one in self.taken.values()) > MOST_OCCURRENCES:
                self.taken.popitem(last=False)
        return found


class Generations:
    """What was derived from the newest generation that was asked for.

    `blocks` are the stretches of the merged calendar that were sent last: the next one has most of them too.
    """

    def __init__(self) -> None:
        self.blocks: tuple[FeedBlock, ...] = ()
        self.number = -1
        self.derived = Derived()
        self.lock = Lock()

    def of(self, generation: int) -> Derived:
        """What was derived from that generation; a new one begins empty, for an older one nothing is kept."""
        with self.lock:
            if generation < self.number:
                return Derived()
            if generation > self.number:
                self.number, self.derived = generation, Derived()
            return self.derived

    def remember(self, blocks: Sequence[FeedBlock]) -> None:
        """Keep the stretches for the next time, unless they are too large."""
        self.blocks = tuple(blocks) if sum(len(one.deflated) for one in blocks) <= MOST_BYTES else ()
