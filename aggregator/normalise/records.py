"""The front door: components of one feed to records with occurrences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aggregator.model.components import Component, ParsedFeed
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.holidays import SchoolHoliday
from aggregator.model.places import Circle
from aggregator.model.records import FeedReading, Record, altered
from aggregator.model.sources import Source, Topic
from aggregator.model.times import Window
from aggregator.normalise.consent import as_agreed
from aggregator.normalise.describing import Draft, draft_of
from aggregator.normalise.identity import fingerprint_of, identified
from aggregator.normalise.prose_dates import Home, longest_read
from aggregator.normalise.recurrence import Expansion, expand
from aggregator.normalise.repetition import aligned
from aggregator.normalise.timezones import zones_of
from aggregator.normalise.typography import without_common_label
from aggregator.normalise.wall_clock import first_occurrence

MOST_OCCURRENCES = 20_000
"""Of one feed in all; later series keep their first date only (reliability.md section 3.1)."""


@dataclass(frozen=True, slots=True)
class NormaliseContext:
    """What is known beside the feed: its source, the site's topics, the window to expand series in.

    `max_events` is how many components of one feed are read; `school_holidays` are those of the town.
    """

    source: Source
    topics: tuple[Topic, ...]
    window: Window
    max_events: int = 20_000
    school_holidays: tuple[SchoolHoliday, ...] = ()


def normalise(feed: ParsedFeed, context: NormaliseContext) -> FeedReading:
    """A parsed feed as records in our own terms; never raises for what a feed says.

    What cannot be read becomes a defect, and its neighbours live. Overrides are records of their own
    that name their series; the series' occurrences name them.
    """
    zones = zones_of(feed, context.source.timezone)
    taken = _taken(feed, context)
    home = Home(zones.home, context.source.language, context.school_holidays, longest_read(taken))
    drafts = [draft_of(component, context.source, context.topics, zones, home) for component in taken]
    agreed = [as_agreed(record, context.source) for record in _records(drafts)]
    kept, outside = _inside(agreed, context.source.within)
    found = identified(without_common_label(kept))
    attached, orphans = _attached(found.records)
    records, unexpanded = _with_occurrences(attached, context.window)
    defects = (
        *feed.defects,
        *_surplus(feed, context),
        *(defect for draft in drafts for defect in draft.defects),
        *outside,
        *found.defects,
        *orphans,
        *unexpanded,
    )
    return FeedReading(records, defects, feed.title, feed.refresh_interval, feed.complete, feed.format)


def _taken(feed: ParsedFeed, context: NormaliseContext) -> tuple[Component, ...]:
    return feed.components[: context.max_events]


def _surplus(feed: ParsedFeed, context: NormaliseContext) -> list[Defect]:
    """The defect of a feed with more components than are read."""
    count = len(feed.components)
    return [Defect(DefectKind.TOO_MANY, detail=str(count))] if count > context.max_events else []


def _records(drafts: Iterable[Draft]) -> list[Record]:
    return [draft.record for draft in drafts if draft.record is not None]


def _inside(records: Sequence[Record], within: Circle | None) -> tuple[list[Record], list[Defect]]:
    """The records inside the source's circle; overrides stay or go with their series."""
    if within is None:
        return list(records), []
    series = {record.uid: _lies_in(record, within) for record in records if record.uid and record.original is None}
    kept, defects = [], []
    for record in records:
        known = series.get(record.uid) if record.original is not None else None
        if _lies_in(record, within) if known is None else known:
            kept.append(record)
        else:
            name = record.uid or record.guid or record.link
            defects.append(Defect(DefectKind.OUTSIDE_REGION, name, skipped=True))
    return kept, defects


def _lies_in(record: Record, within: Circle) -> bool:
    """Whether a record has coordinates, and they lie inside."""
    latitude, longitude = record.place.latitude, record.place.longitude
    return latitude is not None and longitude is not None and within.contains(latitude, longitude)


def _attached(records: Sequence[Record]) -> tuple[list[Record], list[Defect]]:
    """Overrides with the id of their series; those without a series become single events."""
    series: dict[str, Record] = {}
    for record in records:
        if record.uid and record.original is None and record.start is not None:
            known = series.get(record.uid)
            series[record.uid] = record if known is None or not known.is_series else known
    attached = [_override_of(series.get(record.uid), record) for record in records]
    orphans = [
        Defect(DefectKind.ORPHAN_OVERRIDE, record.uid)
        for record in attached
        if record.original is not None and not record.series
    ]
    return attached, orphans


def _override_of(series: Record | None, record: Record) -> Record:
    """The record as an override of its series, if it is one and has one."""
    if record.original is None or series is None or series.start is None:
        return record
    return altered(record, kind="vevent-override", series=series.id, original=aligned(record.original, series.start))


def _with_occurrences(records: Sequence[Record], window: Window) -> tuple[tuple[Record, ...], list[Defect]]:
    """The records with fingerprints and, but for overrides, their occurrences in the window."""
    overrides: Mapping[str, list[Record]] = _by_series(records)
    fingerprints = {record.id: fingerprint_of(record) for record in records if record.is_override}
    defects: list[Defect] = []
    done: list[Record] = []
    total = 0
    for record in records:
        if record.is_override:
            done.append(altered(record, fingerprint=fingerprints[record.id]))
            continue
        own = overrides.get(record.id, [])
        expansion = expand(record, own, window) if total < MOST_OCCURRENCES else _first_only(record)
        total += len(expansion.occurrences)
        defects += expansion.defects
        fingerprint = fingerprint_of(record, *(fingerprints[override.id] for override in own))
        done.append(altered(record, fingerprint=fingerprint, occurrences=expansion.occurrences))
    return tuple(done), defects


def _by_series(records: Iterable[Record]) -> Mapping[str, list[Record]]:
    """The overrides of each series by its id."""
    overrides: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.is_override:
            overrides[record.series].append(record)
    return overrides


def _first_only(record: Record) -> Expansion:
    """The first date of a record whose feed has used up its occurrences."""
    if record.start is None:
        return Expansion()
    limit = Defect(DefectKind.RECURRENCE_LIMIT, record.uid, detail=str(MOST_OCCURRENCES))
    return Expansion((first_occurrence(record),), (limit,) if record.is_series else ())
