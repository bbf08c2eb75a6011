"""When an event that its source no longer lists may disappear (rule 4; reliability.md section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.errors import ErrorClass
from aggregator.model.defects import DefectKind
from aggregator.model.records import FeedReading, Record, Status, StoredRecord
from aggregator.pipeline.recognising import is_over

# A second healthy answer this much later confirms that an event is gone.
CONFIRMED_AFTER = timedelta(hours=6)
# A calendar that is suddenly empty or halved is not believed for so long.
BELIEVED_AFTER = timedelta(hours=72)
FEWEST_SUSPICIOUS = 5

# Formats that list what was written last, not what is coming: old items leave when new ones are written.
ROLLING_KINDS = frozenset({"rss", "rdf", "atom"})
# An event skipped for one of these reasons is not ours to show any longer, although the feed still has it.
TAKEN_BACK = frozenset({DefectKind.PRIVATE, DefectKind.OUTSIDE_REGION})


@dataclass(frozen=True, slots=True)
class Absence:
    """Record ids newly missing and those confirmed as gone, or the reason why absence is not believed.

    `detail` says how many of the coming events are gone, as in "7/10"; `lost` are their ids.
    """

    missing: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    held: str = ""
    detail: str = ""
    lost: tuple[str, ...] = ()


def decide_absence(
    stored: Sequence[StoredRecord],
    present: Mapping[str, Record],
    reading: FeedReading,
    held_since: datetime | None,
    now: datetime,
) -> Absence:
    """What it means that stored records are not among those `present` in a reading, which are given by stored id.

    Events that are over, notices and what is withdrawn already never go; nothing goes by an answer that
    may not be whole.
    """
    if not reading.complete or any(defect.kind is DefectKind.TOO_MANY for defect in reading.defects):
        return Absence()
    listed, oldest = still_listed(reading), oldest_item(reading)
    coming = [known for known in stored if counts(known) and not is_over(known.record, now)]
    events = [known for known in coming if not known.record.is_override]
    gone = [
        known
        for known in events
        if known.record.id not in present
        and not listed & {known.record.uid, known.record.guid, known.record.link}
        and not rolled_off(known.record, oldest)
    ]
    # What came with a held answer does not count: or a calendar that was exchanged would seem only halved next time.
    before = [known for known in events if held_since is None or known.first_seen < held_since]
    lost = {known.record.id for known in before} & {known.record.id for known in gone}
    called_off = sum(is_called_off(known.record, present) for known in before)
    held = suspicion(len(lost), len(lost) + called_off, len(before), reading)
    if held and (held_since is None or now - held_since < BELIEVED_AFTER):
        return Absence(held=held, detail=f"{len(lost)}/{len(before)}", lost=tuple(sorted(with_overrides(lost, coming))))
    confirmed = {known.record.id for known in gone if is_confirmed(known, now)} | (lost if held else set())
    newly = {known.record.id for known in gone if known.missing_since is None} - confirmed
    reverted = {known.record.id for known in coming if is_reverted(known.record, present)}
    return Absence(
        missing=tuple(sorted(with_overrides(newly, coming))),
        withdrawn=tuple(sorted(with_overrides(confirmed, coming) | reverted)),
    )


def counts(known: StoredRecord) -> bool:
    """Whether a stored record is an event that can go missing."""
    return known.withdrawn_at is None and not known.record.is_notice


def suspicion(gone: int, off: int, coming: int, reading: FeedReading) -> str:
    """The error class of an answer that lost too much at once, "" for a credible one.

    `off` are those that will not take place any more: gone, or cancelled with this answer. A calendar that calls
    off one half and no longer lists the other is a message of cancellation (RFC 5546 section 3.2.5), not a list.
    """
    if gone and all(record.is_notice for record in reading.records):
        return ErrorClass.HELD_EMPTY
    if gone and off >= FEWEST_SUSPICIOUS and 2 * off > coming:
        return ErrorClass.HELD_SHRANK
    return ""


def is_called_off(known: Record, present: Mapping[str, Record]) -> bool:
    """Whether the reading cancels an event that was to take place."""
    new = present.get(known.id)
    return new is not None and new.status is Status.CANCELLED and known.status is not Status.CANCELLED


def is_confirmed(known: StoredRecord, now: datetime) -> bool:
    """Whether it was missing long enough before this answer."""
    return known.missing_since is not None and now - known.missing_since >= CONFIRMED_AFTER


def still_listed(reading: FeedReading) -> set[str]:
    """How the source names the events that it lists but we could not read this time."""
    skipped = (defect for defect in reading.defects if defect.skipped and defect.kind not in TAKEN_BACK)
    return {defect.uid for defect in skipped} - {""}


def oldest_item(reading: FeedReading) -> datetime | None:
    """When the oldest item of a feed that lists what was written last was written."""
    written = (record.published for record in reading.records if record.kind in ROLLING_KINDS)
    return min((at for at in written if at), default=None)


def rolled_off(record: Record, oldest: datetime | None) -> bool:
    """Whether an item may have left its feed only because newer ones were written."""
    if oldest is None or record.published is None:
        return False
    return record.kind in ROLLING_KINDS and record.published < oldest


def is_reverted(record: Record, present: Mapping[str, Record]) -> bool:
    """Whether a date is back to its rule: the override is gone and its series is there. That needs no second answer."""
    return record.is_override and record.id not in present and record.series in present


def with_overrides(events: set[str], coming: Sequence[StoredRecord]) -> set[str]:
    """The ids of the events and of the overrides that go with them."""
    return events | {known.record.id for known in coming if known.record.series in events}
