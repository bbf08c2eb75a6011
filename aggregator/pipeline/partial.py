"""Only what changed in a calendar is read: its other events are as they were when the store took them in.

For each source the store keeps by what the last whole reading was made: its settings, our code, what stands around the
events, and a digest for each UID. Where anything but some events differs, or a reading of these alone would not be the
whole truth (an event came or went, something is wrong, another day has begun), everything is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aggregator.errors import Failure
from aggregator.model.fetching import Body, SourceState
from aggregator.model.records import FeedReading, Record, StoredRecord
from aggregator.model.version import VERSION
from aggregator.normalise.records import MOST_OCCURRENCES
from aggregator.parse.outline import DIGEST, Outline, digest_of, outline_of
from aggregator.pipeline.isolation import read_isolated
from aggregator.pipeline.reading import ReadJob
from aggregator.store import outlines, records
from aggregator.store.codec import encode
from aggregator.store.database import Store

# Another word here lets every source be read as a whole once: the code of reading has changed.
READER = "evenings of nights"
NUMBER = 4
# Of more than one event in so many it is cheaper to read all.
FEWER = 4


@dataclass(frozen=True, slots=True)
class Basis:
    """By what a source was last read: digests of settings and code, of what stands around its events, and by UID.

    `occurrences` is how many dates its events have in all.
    """

    context: bytes
    frame: bytes
    occurrences: int
    events: Mapping[bytes, bytes]

    def packed(self) -> bytes:
        """All of it in some bytes for each event."""
        head = self.context + self.frame + self.occurrences.to_bytes(NUMBER, "big")
        return head + b"".join(uid + digest for uid, digest in self.events.items())


@dataclass(frozen=True, slots=True)
class Understood:
    """A reading, the stored records that it is to be compared with, and by what it was made.

    `basis` is empty where the next reading cannot build on it.
    """

    reading: FeedReading
    stored: tuple[StoredRecord, ...]
    basis: bytes = b""


def understand(store: Store, job: ReadJob, state: SourceState) -> Understood | Failure:
    """Read a body, as little of it as says what is new."""
    is_calendar = job.source.format in ("auto", "ics") and not job.source.follow
    outline = outline_of(job.body.content) if is_calendar else None
    if outline is not None and is_calm(job, state):
        found = changed_only(store, job, outline)
        if found is not None:
            return found
    return whole(store, job, outline)


def is_calm(job: ReadJob, state: SourceState) -> bool:
    """Whether what a source does not say anew is as it was: nothing is missing or doubted, and it is the same day."""
    is_sound = not (state.missing or state.held_since or state.failure)
    return is_sound and state.expanded_on == job.window.first.isoformat()


def whole(store: Store, job: ReadJob, outline: Outline | None) -> Understood | Failure:
    """Read everything."""
    reading = read_isolated(job)
    if isinstance(reading, Failure):
        return reading
    with store.reading() as connection:
        stored = records.load(connection, [job.source.id])
    if outline is None or not is_plain(reading):
        return Understood(reading, stored)
    return Understood(reading, stored, basis_of(job, outline, count(reading.records)).packed())


def changed_only(store: Store, job: ReadJob, outline: Outline) -> Understood | None:
    """Read the events that changed; None where that would not be the whole truth."""
    with store.reading() as connection:
        known = unpacked(outlines.load(connection, job.source.id))
    fresh = basis_of(job, outline, 0)
    changed = news(known, fresh, outline) if known else set()
    if known is None or not changed:
        return None
    reading = read_isolated(replace(job, body=replace(job.body, content=outline.only(changed))))
    if isinstance(reading, Failure) or not is_plain(reading):
        return None
    with store.reading() as connection:
        stored = records.load_named(connection, job.source.id, changed)
    total = known.occurrences + count(reading.records) - count(each.record for each in stored)
    if total >= MOST_OCCURRENCES or not is_restated(stored, reading.records):
        return None
    return Understood(reading, stored, replace(fresh, occurrences=total).packed())


def news(known: Basis, fresh: Basis, outline: Outline) -> set[str]:
    """The UIDs whose events say something new; none where more than events differs, or so many that all are read."""
    same = (known.context, known.frame) == (fresh.context, fresh.frame)
    if not same or known.events.keys() != fresh.events.keys():
        return set()
    told = zip(outline.digests, fresh.events.items(), strict=True)
    changed = {uid for uid, (name, digest) in told if known.events[name] != digest}
    return changed if len(changed) * FEWER <= len(outline.digests) else set()


def is_plain(reading: FeedReading) -> bool:
    """Whether each event would be read like this on its own: nothing was wrong, and no label stands before titles."""
    is_sound = reading.format == "ics" and reading.complete and not reading.defects
    return is_sound and not any(record.stated_title.startswith("[") for record in reading.records)


def is_restated(stored: tuple[StoredRecord, ...], fresh: tuple[Record, ...]) -> bool:
    """Whether exactly those that are known and there are told again: none is new, none is gone."""
    if any(each.withdrawn_at or each.missing_since for each in stored):
        return False
    return sorted(each.record.key for each in stored) == sorted(record.key for record in fresh)


def count(those: Iterable[Record]) -> int:
    """How many dates they have."""
    return sum(len(record.occurrences) for record in those)


def basis_of(job: ReadJob, outline: Outline, occurrences: int) -> Basis:
    """By what a body is read."""
    body = Body(b"", charset=job.body.charset, final_url=job.body.final_url)
    context = f"{READER}\0{VERSION}\0{encode(replace(job, body=body))}"
    events = {digest_of(uid.encode()): digest for uid, digest in outline.digests.items()}
    return Basis(digest_of(context.encode()), outline.frame, occurrences, events)


def unpacked(basis: bytes) -> Basis | None:
    """What `packed` wrote; None of nothing."""
    if not basis:
        return None
    size = len(basis)
    cuts = (basis[place : place + DIGEST] for place in range(2 * DIGEST + NUMBER, size, DIGEST))
    events = dict(zip(cuts, cuts, strict=True))
    occurrences = int.from_bytes(basis[2 * DIGEST : 2 * DIGEST + NUMBER], "big")
    return Basis(basis[:DIGEST], basis[DIGEST : 2 * DIGEST], occurrences, events)
