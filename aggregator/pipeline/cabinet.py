"""Where a look at all records puts what it made of each, so that a region of them does not have to fit into memory."""

from __future__ import annotations

import copyreg
import gc
import io
import os
import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from tempfile import TemporaryFile
from typing import Any

from aggregator.match.learning import Town
from aggregator.match.linking import Room, Whole, link_whole
from aggregator.match.spots import Spot
from aggregator.match.standardising import Dates, Face, Profile
from aggregator.match.wording import Wording
from aggregator.model.linkage import HumanVerdict
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, Status
from aggregator.model.times import EventTime, TimeKind

# As many as are read again and again while the pairs of one day are compared.
AT_HAND = 1024
# What is made of so many records stays in the memory, some 7 kB for each: writing and reading it costs a fifth of all.
FEW = 40_000


def taken_apart(kind: type) -> Any:
    """How a value of this kind is written: by its fields in their order, which is much quicker than slot by slot."""
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


WRITTEN = copyreg.dispatch_table | {
    kind: taken_apart(kind) for kind in (Face, Wording, Spot, Place, Occurrence, EventTime)
}


class Form:
    """Values of one kind as rows of what is plain, which is written and read in a fraction of the time.

    A row are the fields in their order, those with a form of their own as rows.
    """

    def __init__(self, made: type, /, **inner: Any) -> None:
        """Know the forms of fields by their names."""
        names = [field.name for field in fields(made)]
        self.made = made
        self.values = attrgetter(*names)
        self.inner = [(names.index(name), form) for name, form in inner.items()]

    def row(self, value: Any) -> list[Any]:
        """A value as a row."""
        values = list(self.values(value))
        for at, form in self.inner:
            values[at] = form.row(values[at])
        return values

    def value(self, row: list[Any]) -> Any:
        """The value of a row."""
        for at, form in self.inner:
            row[at] = form.value(row[at])
        return self.made(*row)


class Word:
    """One of few words as its text."""

    def __init__(self, kind: type[Enum]) -> None:
        """Know these words."""
        self.row = attrgetter("_value_")
        self.value: Callable[[str], Any] = {each.value: each for each in kind}.__getitem__


class Several:
    """Several values of one form, or none."""

    def __init__(self, form: Form) -> None:
        """Know their form."""
        self.form = form

    def row(self, values: tuple[Any, ...]) -> list[Any]:
        """Values as rows."""
        return [self.form.row(each) for each in values]

    def value(self, rows: list[Any]) -> tuple[Any, ...]:
        """The values of rows."""
        return tuple([self.form.value(each) for each in rows])


class Perhaps(Several):
    """A value of one form, or None."""

    def row(self, value: Any) -> Any:
        """A value as a row."""
        return None if value is None else self.form.row(value)

    def value(self, row: Any) -> Any:
        """The value of a row."""
        return None if row is None else self.form.value(row)


TIME = Form(EventTime, kind=Word(TimeKind))
FACE = Form(
    Face,
    place=Form(Place),
    times=Several(TIME),
    wording=Form(Wording),
    spot=Form(Spot),
    end=Perhaps(TIME),
    status=Word(Status),
)


class Drawers:
    """Plain values one after the other in a file without a name, gone when it is closed or its process ends."""

    def __init__(self) -> None:
        """Start empty."""
        self.file = TemporaryFile()  # noqa: SIM115  closed with the cabinet
        self.starts = array("q", [0])

    def append(self, value: Any) -> None:
        """Put a value away."""
        self.starts.append(self.starts[-1] + self.file.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)))

    def __getitem__(self, drawer: int) -> Any:
        """A value as it was put away."""
        self.file.flush()
        start, end = self.starts[drawer], self.starts[drawer + 1]
        return pickle.loads(os.pread(self.file.fileno(), end - start, start))

    def __iter__(self) -> Iterator[Any]:
        """All values in their order."""
        return map(self.__getitem__, range(len(self)))

    def __len__(self) -> int:
        """How many there are."""
        return len(self.starts) - 1


class Cabinet(MutableMapping[str, Profile]):
    """Profiles by record id in drawers."""

    def __init__(self) -> None:
        """Start empty."""
        self.drawers = Drawers()
        self.at: dict[str, int] = {}
        self.read = lru_cache(AT_HAND)(self.read_anew)

    def __setitem__(self, record: str, profile: Profile) -> None:
        """Put a profile away."""
        self.at[record] = len(self.drawers)
        whole = profile.dates.whole if profile.dates else profile.face
        self.drawers.append((record, FACE.row(whole), series_of(profile) if profile.dates else b""))

    def __getitem__(self, record: str) -> Profile:
        """A profile as it was put away."""
        return self.read(self.at[record])

    def read_anew(self, drawer: int) -> Profile:
        """The profile of a drawer, from the file."""
        record, row, series = self.drawers[drawer]
        face = FACE.value(row)
        if not series:
            return Profile(record, face)
        by_day, told, rhythm, left_out = pickle.loads(series)
        return Profile(record, replace(face, rhythm=rhythm), Dates(face, by_day, told), left_out)

    def __delitem__(self, record: str) -> None:
        """Forget a profile."""
        del self.at[record]

    def __iter__(self) -> Iterator[str]:
        """The ids of the records, in the order in which they came."""
        return iter(self.at)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.at)


def series_of(profile: Profile) -> bytes:
    """What a profile of a series has beside its face; few are."""
    assert profile.dates
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = WRITTEN
    pickler.dump((profile.dates.by_day, profile.dates.told, profile.face.rhythm, profile.left_out))
    return written.getvalue()


@contextmanager
def room_out_of_memory() -> Iterator[Room]:
    """Room for very many."""
    cabinet, hints = Cabinet(), Drawers()
    with cabinet.drawers.file, hints.file:
        yield Room(cabinet, hints)


def link_many(records: Iterable[Record], number: int, town: Town, human: Sequence[HumanVerdict] = ()) -> Whole:
    """A look at so many records together, out of a file if they are too many to lie about."""
    with nothing_thrown_away():
        if number <= FEW:
            return link_whole(records, town, human)
        with room_out_of_memory() as room:
            return link_whole(records, town, human, room=room)


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
            # All that is there now counts as old, so that nobody goes through it just because it is much and new.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
