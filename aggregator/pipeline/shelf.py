"""What one relink looks up in the store about records and their surroundings, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from sqlalchemy import Connection

from aggregator.match.announcements import address_key
from aggregator.match.blocking import WIDEST_BLOCK
from aggregator.match.identifiers import uses_of
from aggregator.match.keys import hashed
from aggregator.match.learning import Learnt
from aggregator.match.sketching import sketch_of
from aggregator.match.standardising import Profile, profile_of
from aggregator.match.units import Unit, unit_of
from aggregator.model.records import Record, StoredRecord
from aggregator.store import events, matching, records
from aggregator.store.matching import Key, Kind


def series_key(series: str) -> int:
    """The number by which the overrides of a series are found."""
    return hashed("series", series)


def umbrella_key(umbrella: str) -> int:
    """The number by which the items of a festival are found."""
    return hashed("umbrella", umbrella)


def keys_of_statement(record: Record, is_unit: bool) -> set[Key]:
    """The keys that follow from what a record says, whatever was learnt."""
    keys: set[Key] = set()
    address = address_key(record)
    if address:
        keys.add((Kind.NOTICE if record.is_notice else Kind.ADDRESS, address))
    if record.series:
        keys.add((Kind.SERIES, series_key(record.series)))
    if is_unit:
        keys |= {(Kind.USE, use) for use in uses_of(record)}
    return keys


def keys_of_unit(unit: Unit) -> set[Key]:
    """The keys of the blocks that a unit lies in."""
    return {(Kind.BLOCK, key) for key in unit.held} | {(Kind.MARK, key) for key in unit.marks}


class Shelf:
    """The records, profiles and keys that a relink asks for; `is_shown` says which records take part."""

    def __init__(self, connection: Connection, learnt: Learnt, is_shown: Callable[[StoredRecord], bool]) -> None:
        """Start with nothing looked up."""
        self.connection = connection
        self.learnt = learnt
        self.is_shown = is_shown
        self.stored: dict[str, StoredRecord | None] = {}
        self.profiles: dict[str, Profile] = {}
        self.units: dict[str, Unit] = {}
        self.sketches: dict[str, Unit] = {}
        self.events: dict[str, str] = {}
        self.held: dict[Key, frozenset[str]] = {}

    def fetch(self, ids: Iterable[str]) -> dict[str, StoredRecord]:
        """Those of the records that take part, by id."""
        wanted = set(ids)
        missing = wanted - self.stored.keys()
        if missing:
            self.stored |= dict.fromkeys(missing)
            found = records.load_some(self.connection, missing)
            self.stored |= {each.record.id: each for each in found if self.is_shown(each)}
        return {id_: stored for id_ in sorted(wanted) if (stored := self.stored[id_])}

    def units_behind(self, ids: Iterable[str]) -> set[str]:
        """The units that records are compared as: themselves, or the series of an override; notices are none."""
        told = self.fetch(ids)
        self.fetch({each.record.series for each in told.values() if each.record.series})
        behind = {self.series_behind(id_) for id_ in told}
        return {id_ for id_ in behind if not self.record(id_).is_notice}

    def series_behind(self, id_: str) -> str:
        """The series that a record which takes part is an override of, else itself."""
        series = self.record(id_).series
        return series if series and series in self.fetch((series,)) else id_

    def record(self, id_: str) -> Record:
        """A record that takes part."""
        stored = self.stored[id_]
        assert stored is not None
        return stored.record

    def overrides_of(self, series: Iterable[str]) -> dict[str, StoredRecord]:
        """The overrides of these series, by id."""
        keys = {series_key(id_) for id_ in series}
        return self.fetch(id_ for found in self.holders(Kind.SERIES, keys).values() for id_ in found)

    def holders(self, kind: Kind, keys: Collection[int]) -> dict[int, frozenset[str]]:
        """Who holds each of the keys."""
        missing = [key for key in keys if (kind, key) not in self.held]
        if missing:
            found = matching.holders(self.connection, kind, missing)
            self.held |= {(kind, key): frozenset(found.get(key, ())) for key in missing}
        return {key: self.held[kind, key] for key in keys}

    def forget_holders(self) -> None:
        """Look keys up again: they were written."""
        self.held.clear()

    def is_wide(self, key: int) -> bool:
        """Whether too many hold a key of a block that was looked up."""
        return any(len(self.held.get((kind, key), ())) > WIDEST_BLOCK for kind in (Kind.BLOCK, Kind.MARK))

    def sketches_of(self, ids: Collection[str]) -> dict[str, Unit]:
        """The same without what their words tell."""
        told = [self.record(id_) for id_ in self.fetch(ids)]
        self.overrides_of(record.id for record in told if record.is_series)
        known = {id_: each.record for id_, each in self.stored.items() if each}
        for record in told:
            if record.id not in self.sketches:
                self.sketches[record.id] = sketch_of(record, self.learnt, known)
        return {record.id: self.sketches[record.id] for record in told}

    def units_of(self, ids: Collection[str]) -> dict[str, Unit]:
        """The units among these records that take part, as blocking sees them."""
        wanted = sorted(self.units_behind(ids).intersection(ids))
        missing = [id_ for id_ in wanted if id_ not in self.units]
        told = [self.record(id_) for id_ in missing]
        self.overrides_of(record.id for record in told if record.is_series)
        uses = {use for record in told for use in uses_of(record)}
        repeated = {use for use, found in self.holders(Kind.USE, uses).items() if len(found) > 1}
        known = {id_: each.record for id_, each in self.stored.items() if each}
        for record in told:
            profile = profile_of(record, self.learnt, known, repeated)
            self.profiles[record.id], self.units[record.id] = profile, unit_of(profile, self.learnt)
        return {id_: self.units[id_] for id_ in wanted}

    def events_of(self, ids: Iterable[str]) -> dict[str, str]:
        """The events that these records were last merged into."""
        wanted = set(ids)
        missing = wanted - self.events.keys()
        if missing:
            self.events |= dict.fromkeys(missing, "")
            self.events |= {id_: each.event for id_, each in events.load_members(self.connection, missing).items()}
        return {id_: self.events[id_] for id_ in wanted if self.events[id_]}
