"""Where a look at all records puts what it made of each, so that a region of them does not have to fit into memory."""

from __future__ import annotations

import copyreg
import gc
import io
import os
import pickle
from array import array
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from tempfile import TemporaryFile
from typing import Any

from aggregator.match.learning import Town
from aggregator.match.linking import Whole, link_whole
from aggregator.match.spots import Spot
from aggregator.match.standardising import Dates, Face, Profile
from aggregator.match.wording import Wording
from aggregator.model.linkage import HumanVerdict
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record
from aggregator.model.times import EventTime

# As many as are read again and again while the pairs of one day are compared.
AT_HAND = 1024
# A town's records stay in the memory: writing and reading them costs more than they take.
FEW = 20_000


def taken_apart(kind: type) -> Any:
    """How a value of this kind is written: by its fields in their order, which is much quicker than slot by slot."""
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


WRITTEN = copyreg.dispatch_table | {
    kind: taken_apart(kind) for kind in (Profile, Face, Dates, Wording, Spot, Place, Occurrence, EventTime)
}


class Cabinet(MutableMapping[str, Profile]):
    """Profiles by record id, in a file without a name that is gone when the cabinet is closed or its process ends."""

    def __init__(self) -> None:
        """Start empty."""
        self.file = TemporaryFile()  # noqa: SIM115  closed with the cabinet
        self.drawers: dict[str, int] = {}
        self.starts = array("q", [0])
        self.read = lru_cache(AT_HAND)(self.read_anew)

    def __enter__(self) -> Cabinet:
        """Be open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Be gone."""
        self.file.close()

    def __setitem__(self, record: str, profile: Profile) -> None:
        """Put a profile away."""
        written = io.BytesIO()
        pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = WRITTEN
        pickler.dump(profile)
        self.drawers[record] = len(self.starts) - 1
        self.starts.append(self.starts[-1] + self.file.write(written.getbuffer()))

    def __getitem__(self, record: str) -> Profile:
        """A profile as it was put away."""
        return self.read(self.drawers[record])

    def read_anew(self, drawer: int) -> Profile:
        """The profile of a drawer, from the file."""
        self.file.flush()
        start, end = self.starts[drawer], self.starts[drawer + 1]
        found: Profile = pickle.loads(os.pread(self.file.fileno(), end - start, start))
        return found

    def __delitem__(self, record: str) -> None:
        """Forget a profile."""
        del self.drawers[record]

    def __iter__(self) -> Iterator[str]:
        """The ids of the records, in the order in which they came."""
        return iter(self.drawers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.drawers)


def link_many(records: Iterable[Record], number: int, town: Town, human: Sequence[HumanVerdict] = ()) -> Whole:
    """A look at so many records together, out of a cabinet if they are too many to lie about."""
    with nothing_thrown_away():
        if number <= FEW:
            return link_whole(records, town, human)
        with Cabinet() as cabinet:
            return link_whole(records, town, human, profiles=cabinet)


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """While a look at all records lasts nobody searches for circles of things: there are none, and it takes a fifth of
    the time to go through millions again and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
