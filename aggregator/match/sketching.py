"""A unit before its words are read: enough to tell whom it cannot meet, at a tenth of what the whole of it costs."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.match.belonging import SHORTEST_UMBRELLA, lasting
from aggregator.match.corpus import without_habit
from aggregator.match.learning import Learnt
from aggregator.match.spans import days_near, days_of, span_over
from aggregator.match.spots import Spot
from aggregator.match.standardising import moment, times_of
from aggregator.match.units import BRIEF, Unit, minute_of, twins_of
from aggregator.model.records import Record, Status
from aggregator.model.text import key


def sketch_of(record: Record, learnt: Learnt, records: Mapping[str, Record]) -> Unit:
    """The unit of a record without its features, marks and keys; `records` hold its overrides.

    In all else it is what `unit_of` makes of the record's profile, but that what was moved may have been moved from any
    day near by, and that every start counts in its own zone: whom the sketch cannot meet the unit cannot meet either.
    """
    zone, times = learnt.town.zone, times_of(record.start)
    occurrences = record.occurrences if record.is_series else None
    days = days_of(times, record.end, occurrences, zone)
    span = span_over(days.union(days_near(times)) if record.status is Status.MOVED else days)
    told = {each.record for each in occurrences or ()} & records.keys()
    site = site_of(record, learnt)
    starts = (*times, *(each.start for each in occurrences or ()))
    title = key(without_habit(record.title, learnt.lessons.habits.get(record.source, "")))
    return Unit(
        record=record.id,
        source=record.source,
        is_series=record.is_series,
        is_long=record.is_series or span.bits.bit_count() > BRIEF,
        is_umbrella=not record.is_series and lasting(times[0], record.end) >= SHORTEST_UMBRELLA,
        span=span,
        minutes=frozenset(minute_of(time, zone) for time in starts if not time.is_date),
        towns=site.towns.union(*(site_of(records[id_], learnt).towns for id_ in told if records[id_].place.text)),
        point=None if told else site.point,
        features=frozenset(),
        marks=frozenset(),
        twins=twins_of(title, record.place, map(moment, times)),
    )


def site_of(record: Record, learnt: Learnt) -> Spot:
    """Where a record takes place by its place alone."""
    return learnt.sites.site_of(record, learnt.lessons.homes.get(record.source, ""))
