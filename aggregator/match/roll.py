"""A first look at all records, one after the other: who is compared, and whose identifiers prove anything."""

from __future__ import annotations

from collections.abc import Iterable

from aggregator.match.identifiers import event_url, uses_of
from aggregator.match.learning import Survey, Town
from aggregator.model.records import Record


class Roll:
    """Which records are compared, and what has to be known before they are made comparable.

    `beside` are those that are not compared by themselves, by id; `repeated` the identifiers that prove nothing.
    `pages` are the addresses of the records that a notice leads to, by the records' ids.
    """

    def __init__(self, town: Town) -> None:
        """Start with nothing."""
        self.survey = Survey(town)
        self.beside: dict[str, Record] = {}
        self.uses: set[int] = set()
        self.repeated: set[int] = set()
        self.pages: dict[str, str] = {}
        self.led: set[str] = set()

    def call(self, records: Iterable[Record]) -> None:
        """Look at all records."""
        ids, overrides = set(), []
        for record in records:
            if record.is_notice:
                self.beside[record.id] = record
                continue
            ids.add(record.id)
            if record.series:
                overrides.append(record)
            else:
                self.take_in(record)
        for record in overrides:
            if record.series in ids:
                self.beside[record.id] = record
            else:
                self.take_in(record)
        self.uses.clear()
        self.led = {event_url(record) for record in self.beside.values() if record.is_notice} - {""}

    def take_in(self, record: Record) -> None:
        """One record that is compared."""
        self.survey.add(record)
        for use in uses_of(record):
            (self.repeated if use in self.uses else self.uses).add(use)

    def note_page(self, record: Record) -> None:
        """Remember the page of a record if a notice leads to it."""
        if self.led and (url := event_url(record)) in self.led:
            self.pages[record.id] = url
