"""The horizon moves every day: stored series are expanded anew; nothing is fetched or parsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aggregator.errors import Failure
from aggregator.model.records import Record
from aggregator.model.settings import ReadingLimits
from aggregator.model.times import Window
from aggregator.pipeline.isolation import expand_isolated
from aggregator.pipeline.reading import ExpandJob, Series


def roll_series(records: Sequence[Record], window: Window, limits: ReadingLimits) -> tuple[Record, ...]:
    """The series among the records whose occurrences differ in the new window, with the new ones.

    A series that cannot be expanded in time keeps the occurrences it has.
    """
    series = tuple(
        Series(record, tuple(override for override in records if override.series == record.id))
        for record in records
        if record.is_series
    )
    if not series:
        return ()
    expanded = expand_isolated(ExpandJob(series, window), limits)
    if isinstance(expanded, Failure):
        return ()
    by_id = {each.record: each.occurrences for each in expanded.series}
    rolled = (replace(each.record, occurrences=by_id[each.record.id]) for each in series)
    return tuple(new for new, old in zip(rolled, series, strict=True) if new.occurrences != old.record.occurrences)
