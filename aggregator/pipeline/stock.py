"""For a look at very many records: they are read as they are asked for, and what is decided waits in a file."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copyreg import dispatch_table
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import Connection

from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent, Statement
from aggregator.model.facts import Fact, Facts
from aggregator.model.linkage import Member
from aggregator.model.places import Place
from aggregator.model.publishing import EventChanges, EventToWrite, StoredIdentity
from aggregator.model.records import Record, Recurrence, Sighting, StoredRecord
from aggregator.model.times import EventTime
from aggregator.pipeline.cabinet import taken_apart
from aggregator.store import records

AT_ONCE = 1000
KINDS = (
    EventChanges, EventToWrite, PublishedEvent, EventIdentity, MergedEvent, EventOccurrence, Statement, Fact, Facts,
    Member, Place, StoredIdentity, Recurrence, EventTime,
)  # fmt: skip


class Stock(Mapping[str, StoredRecord]):
    """Records by id in the order of their ids, each read when it is asked for; `seen` is known of all of them."""

    def __init__(self, connection: Connection, seen: Mapping[str, Sighting]) -> None:
        """Read from here, while the connection is open."""
        self.connection, self.seen = connection, seen

    def __getitem__(self, record: str) -> StoredRecord:
        """One record."""
        return self.some((record,))[record]

    def some(self, ids: Collection[str]) -> dict[str, StoredRecord]:
        """Several at once."""
        return {each.record.id: each for each in records.load_some(self.connection, ids)}

    def __iter__(self) -> Iterator[str]:
        """All ids."""
        return iter(self.seen)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.seen)

    def statements(self) -> Iterator[Record]:
        """What all of them say, in the order of their ids, a thousand at a time in the memory."""
        for ids in in_turns(tuple(self.seen)):
            yield from records.load_statements(self.connection, ids)


def in_turns(all_of_them: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A thousand at a time."""
    return (all_of_them[first : first + AT_ONCE] for first in range(0, len(all_of_them), AT_ONCE))


class Spool:
    """Changes in a file, one after the other."""

    def __init__(self, file: IO[bytes]) -> None:
        """Write to and read from this file."""
        self.file = file

    def append(self, changes: EventChanges) -> None:
        """Put some more away."""
        pickler = pickle.Pickler(self.file, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = dispatch_table | {kind: taken_apart(kind) for kind in KINDS}
        pickler.dump(changes)

    def __iter__(self) -> Iterator[EventChanges]:
        """All that were put away."""
        self.file.seek(0)
        while True:
            try:
                yield pickle.load(self.file)
            except EOFError:
                return


@contextmanager
def spooled() -> Iterator[Spool]:
    """A spool that is gone afterwards."""
    with TemporaryFile() as file:
        yield Spool(file)
