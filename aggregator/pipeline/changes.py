"""What one healthy answer of a source changes, and what a reader would notice of it (rules 1, 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.errors import ErrorClass
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.events import EventOccurrence, MergedEvent
from aggregator.model.fetching import SourceState
from aggregator.model.health import Change
from aggregator.model.records import FeedReading, Occurrence, Record, RecordChanges, Status, StoredRecord
from aggregator.model.times import EventTime
from aggregator.pipeline.absence import decide_absence
from aggregator.pipeline.mixups import is_of_another_group
from aggregator.pipeline.recognising import recognise


def decide_changes(
    stored: Sequence[StoredRecord], reading: FeedReading, state: SourceState, now: datetime
) -> RecordChanges:
    """Compare a reading with all stored records of its source, withdrawn ones too.

    Each record of the reading is added, changed or unchanged. An answer that is held takes nothing away,
    but what it adds or changes counts: of two stale copies of a calendar each has something to tell.
    """
    if is_of_another_group(stored, reading.records, state.held_since, now):
        return RecordChanges(held=ErrorClass.HELD_MIXED)
    recognised = recognise(stored, reading.records, now)
    known = {old.record.id: old for old in stored}
    there = [(record, known[record.id]) for record in recognised.records if record.id in known]
    same = {new.id for new, old in there if says_the_same(old.record, new)}
    present = {record.id: record for record in recognised.records}
    absence = decide_absence(stored, present, reading, state.held_since, now)
    unstable = (Defect(DefectKind.UNSTABLE_UID),) if recognised.unstable else ()
    return RecordChanges(
        added=tuple(record for record in recognised.records if record.id not in known),
        changed=tuple(new for new, _ in there if new.id not in same),
        unchanged=tuple(new.id for new, _ in there if new.id in same),
        rekeyed=tuple(new for new, old in there if new.id in same and new.key != old.record.key),
        rolled=tuple(new for new, old in there if new.id in same and is_rolled(old.record, new)),
        missing=absence.missing,
        returned=tuple(new.id for new, old in there if old.missing_since or old.withdrawn_at),
        withdrawn=absence.withdrawn,
        held=absence.held,
        held_detail=absence.detail,
        lost=absence.lost,
        defects=unstable,
    )


def says_the_same(old: Record, new: Record) -> bool:
    """Whether a statement is unchanged: its words, and its dates as far as both horizons reach.

    Under a new key the words are compared one by one, as the fingerprint covers the UID.
    """
    if old.fingerprint == new.fingerprint:
        return same_dates(old.occurrences, new.occurrences)
    return old.key != new.key and same_dates(old.occurrences, new.occurrences) and old == disguised(new, old)


def disguised(new: Record, old: Record) -> Record:
    """The new record with everything of the old that says nothing to a reader."""
    return replace(
        new,
        key=old.key,
        uid=old.uid,
        guid=old.guid,
        fingerprint=old.fingerprint,
        occurrences=old.occurrences,
        published=old.published,
        updated=old.updated,
        sequence=old.sequence,
    )


def same_dates(old: Sequence[Occurrence], new: Sequence[Occurrence]) -> bool:
    """Whether two expansions agree where they overlap; the horizon that rolled on between them is no change."""
    if old == new or not old or not new:
        return True
    first = max(min(date.original.instant for date in dates) for dates in (old, new))
    last = min(max(date.original.instant for date in dates) for dates in (old, new))

    def shared(dates: Sequence[Occurrence]) -> list[Occurrence]:
        return [date for date in dates if first <= date.original.instant <= last]

    return shared(old) == shared(new)


def is_rolled(old: Record, new: Record) -> bool:
    """Whether a series shows other dates, though it says the same."""
    return old.key == new.key and new.is_series and old.occurrences != new.occurrences


def decide_history(before: MergedEvent, after: MergedEvent) -> tuple[Change, ...]:
    """What a reader would notice between two states of an event, as plain text.

    Times read "2026-12-05 18:30", a status by its name in the model. Of a description only the fact is
    told. A change of one date is the field `occurrence`, with the date's start by rule before its news.
    """
    told = [Change(field, old, new) for field, old, new in told_fields(before, after) if old != new]
    if before.description != after.description:
        told.append(Change("description", "", ""))
    return (*told, *changed_dates(before, after))


def told_fields(before: MergedEvent, after: MergedEvent) -> Iterator[tuple[str, str, str]]:
    """The fields that are told in full: name, text before, text after."""
    yield "title", before.title, after.title
    yield "status", before.status, after.status
    yield "start", written(before.start), written(after.start)
    yield "end", written(before.end), written(after.end)
    yield "place", before.place.text, after.place.text
    yield "recurrence", " / ".join(before.recurrence.rules), " / ".join(after.recurrence.rules)


def changed_dates(before: MergedEvent, after: MergedEvent) -> Iterator[Change]:
    """The dates of a series about which something new is told, in their order."""
    old = {date.original.instant: news_of(date, before) for date in before.deviations}
    new = {date.original.instant: news_of(date, after) for date in after.deviations}
    originals = {date.original.instant: date.original for date in (*before.deviations, *after.deviations)}
    for instant in sorted(originals):
        was, now = old.get(instant, ""), new.get(instant, "")
        if was != now:
            day = written(originals[instant])
            yield Change("occurrence", f"{day} {was}".strip(), f"{day} {now}".strip())


def news_of(date: EventOccurrence, event: MergedEvent) -> str:
    """What differs on one date, in one line."""
    status = date.status if date.status not in (event.status, Status.CONFIRMED) else ""
    moved = written(date.start) if date.start != date.original else ""
    place = date.place.text if date.place else ""
    return ", ".join(part for part in (status, moved, date.title, place) if part)


def written(time: EventTime | None) -> str:
    """A time as people of any language read it, "" for none."""
    if time is None:
        return ""
    return f"{time.wall:%Y-%m-%d}" if time.is_date else f"{time.wall:%Y-%m-%d %H:%M}"
