"""What pages derive from one state of the store: the directory, and counts of spans of days; kept until it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from markupsafe import Markup
from sqlalchemy import Connection

from aggregator.model.feed_blocks import FeedBlock
from aggregator.model.sources import Initiative
from aggregator.model.times import Window
from aggregator.store import calendar, changed, queries
from aggregator.store.census import Census, take
from aggregator.store.forwarding import brought_forward
from web.fragments import Fragment, Fragments

# A census of more occurrences is not kept beside others; each takes some 60 bytes.
MOST_OCCURRENCES = 250_000
MOST_BYTES = 16_000_000
# What is longer, and holds more occurrences than a small region has, is counted by the database.
LONGEST_SPAN = timedelta(days=42)
MOST_IN_LONG_SPAN = 200_000


@dataclass
class Derived:
    """What was derived from one generation, for any number of threads.

    `earlier` are censuses of generations before, each with the events that changed since.
    """

    generation: int = -1
    earlier: dict[Window, tuple[Census, frozenset[str]]] = field(default_factory=dict)
    fragments: Fragments = field(default_factory=Fragments)
    directory: Mapping[str, Initiative] | None = None
    days: Window | None = None
    taken: OrderedDict[Window, Census] = field(default_factory=OrderedDict)
    too_long: dict[Window, bool] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def initiatives(self, connection: Connection) -> Mapping[str, Initiative]:
        """All initiatives by id (store.queries.initiatives)."""
        if self.directory is None:
            self.directory = queries.initiatives(connection)
        return self.directory

    def stored_days(self, connection: Connection) -> Window | None:
        """How far the calendar goes (store.calendar.stored_days)."""
        if self.days is None:
            self.days = calendar.stored_days(connection)
        return self.days

    def census(self, window: Window, connection: Connection) -> Census | None:
        """The census of a window; None for one that is too long. Those asked for last are kept."""
        if self.is_too_long(window, connection):
            return None
        # Who waits here would else do the same work at the same time.
        with self.lock:
            found = self.taken.get(window)
            if found is None:
                found = self.taken[window] = self.counted(window, connection)
            self.taken.move_to_end(window)
            self.bound()
        return found

    def is_too_long(self, window: Window, connection: Connection) -> bool:
        """Whether the window holds so much that its census would take too much time and room."""
        if window.last - window.first <= LONGEST_SPAN:
            return False
        if window not in self.too_long:
            self.too_long[window] = calendar.has_more(connection, window, MOST_IN_LONG_SPAN)
        return self.too_long[window]

    def counted(self, window: Window, connection: Connection) -> Census:
        """A census brought forward from an earlier one, else taken anew."""
        census, changed = self.earlier.pop(window, (None, frozenset()))
        forward = brought_forward(census, changed, connection) if census else None
        return forward or take(connection, window)

    def bound(self) -> None:
        """Forget what was asked for longest ago, as long as there is too much; the last is always kept."""
        for window in list(self.earlier):
            if self.size > MOST_OCCURRENCES:
                del self.earlier[window]
        while len(self.taken) > 1 and self.size > MOST_OCCURRENCES:
            self.taken.popitem(last=False)

    @property
    def size(self) -> int:
        """How many occurrences all its censuses hold."""
        held = (*self.taken.values(), *(census for census, _ in self.earlier.values()))
        return sum(len(one.event) for one in held)

    def fragment(self, key: Hashable, events: Iterable[str], made: Callable[[], Markup]) -> Markup:
        """The piece of a page that was made of these events under that name before; made now the first time."""
        found = self.fragments.get(self.generation, key)
        if found is None:
            found = made()
            self.fragments.put(self.generation, key, Fragment(found, frozenset(events)))
        return found

    def followed_by(self, generation: int, changed: frozenset[str] | None) -> Derived:
        """What is left of it in a later generation: nothing where nobody can tell what changed."""
        self.fragments.bring_forward(generation, changed)
        following = Derived(generation, fragments=self.fragments)
        if changed is not None:
            with self.lock:
                following.earlier = {window: (one, before | changed) for window, (one, before) in self.earlier.items()}
                following.earlier |= {window: (one, changed) for window, one in self.taken.items()}
        return following


class Generations:
    """What was derived from the newest generation that was asked for.

    `blocks` are the stretches of the merged calendar that were sent last: the next one has most of them too.
    """

    def __init__(self) -> None:
        self.blocks: tuple[FeedBlock, ...] = ()
        self.derived = Derived()
        self.lock = Lock()

    def of(self, generation: int, connection: Connection) -> Derived:
        """What was derived from that generation; a new one begins with what did not change, an older one empty."""
        with self.lock:
            known = self.derived.generation
            if generation < known:
                return Derived(generation)
            if generation > known:
                changes = changed.since(connection, known) if known >= 0 else None
                self.derived = self.derived.followed_by(generation, changes)
            return self.derived

    def remember(self, blocks: Sequence[FeedBlock]) -> None:
        """Keep the stretches for the next time, unless they are too large."""
        self.blocks = tuple(blocks) if sum(len(one.deflated) for one in blocks) <= MOST_BYTES else ()
