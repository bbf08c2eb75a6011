"""Which of a preview's dates are in the calendar already, by the same matcher that would merge them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from aggregator.match.linking import link
from aggregator.match.standardising import Town
from aggregator.model.jobs import Known
from aggregator.model.preview import Coming
from aggregator.model.records import FeedReading, Record
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.pipeline.relink import town_of
from aggregator.store import records, sources
from aggregator.store.database import Store

NEW = "preview"
MOST_COMPARED = 3000


def known_already(store: Store, settings: Settings, reading: FeedReading, coming: Sequence[Coming]) -> Known:
    """What of the coming dates others announce already; `coming` are all dates that the preview counted."""
    days = {one.start.local_day(settings.site.timezone) for one in coming}
    with store.reading() as connection:
        known = {source.id: source for source, _ in sources.load_active(connection)}
        stored = [each.record for each in records.load(connection) if each.withdrawn_at is None]
    near = [record for record in stored if is_on(record, days, settings.site.timezone)][:MOST_COMPARED]
    fresh = [replace(record, source=NEW) for record in reading.records if not record.is_notice]
    everyone = {**known, NEW: Source(NEW, NEW, "", timezone=settings.site.timezone)}
    by = announcers([*near, *fresh], town_of(settings, everyone), known)
    return told(coming, {key_of(record): by[record.id] for record in fresh if by.get(record.id)})


def is_on(record: Record, days: set[date], zone: str) -> bool:
    """Whether it has a date on one of the days; an override counts, since its series needs it."""
    return record.is_override or any(each.start.local_day(zone) in days for each in record.occurrences)


def announcers(everything: Sequence[Record], town: Town, known: Mapping[str, Source]) -> dict[str, tuple[str, ...]]:
    """For each new record that joins others: the initiatives that announce the event already."""
    by_id = {record.id: record for record in everything}
    found: dict[str, tuple[str, ...]] = {}
    for cluster in link(everything, town).clusters:
        members = [by_id[name] for name in cluster.records]
        others = dict.fromkeys(known[each.source].initiative for each in members if each.source in known)
        found |= {each.id: tuple(others) for each in members if each.source == NEW and others}
    return found


def told(coming: Sequence[Coming], by: Mapping[tuple[str, str], tuple[str, ...]]) -> Known:
    """The finding in positions and counts."""
    dates = tuple((at, by[key]) for at, one in enumerate(coming) if (key := (one.title, one.link)) in by)
    frequent = Counter(name for _, names in dates for name in names)
    return Known(len(coming), dates, len(dates), tuple(name for name, _ in frequent.most_common(5)))


def key_of(record: Record) -> tuple[str, str]:
    """By what a coming date tells of which record it is."""
    return record.title, record.link
