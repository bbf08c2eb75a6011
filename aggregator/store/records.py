"""What the sources say of events, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, text, update

from aggregator.model.records import Record, RecordChanges, Sighting, StoredRecord
from aggregator.store import matching
from aggregator.store.codec import decode, encode
from aggregator.store.rows import delete_rows, in_batches, put_rows, raise_generation
from aggregator.store.schema import records, sources

# As their index says it: "= 1", as SQLAlchemy would have it in a file, does not find that.
IS_NOTICE = text("records.is_notice")
# So many names are searched for in one reading of a source's records.
FEW = 16


def load(connection: Connection, source_ids: Collection[str] | None = None) -> tuple[StoredRecord, ...]:
    """The records of all sources in use, or of those asked for, sorted by id; withdrawn ones included."""
    question = select(records).join(sources).where(sources.c.active).order_by(records.c.id)
    if source_ids is not None:
        question = question.where(records.c.source_id.in_(source_ids))
    return tuple(stored_record(row) for row in connection.execute(question))


def sightings(connection: Connection) -> dict[str, Sighting]:
    """When each record of all sources in use was seen, by id in the order of ids; withdrawn ones included."""
    columns = records.c.id, records.c.first_seen, records.c.withdrawn_at
    question = select(*columns).join(sources).where(sources.c.active).order_by(records.c.id)
    return {row.id: Sighting(row.first_seen, row.withdrawn_at) for row in connection.execute(question)}


def load_some(connection: Connection, ids: Collection[str]) -> tuple[StoredRecord, ...]:
    """The records of those ids that are there, sorted by id."""
    questions = (
        select(records).where(records.c.id.in_(batch)).order_by(records.c.id) for batch in in_batches(sorted(ids))
    )
    return tuple(stored_record(row) for question in questions for row in connection.execute(question))


def load_statements(connection: Connection, ids: Collection[str]) -> Iterator[Record]:
    """What the records of those ids that are there say, sorted by id."""
    columns = select(records.c.fields).order_by(records.c.id)
    for batch in in_batches(sorted(ids)):
        yield from (decode(Record, row.fields) for row in connection.execute(columns.where(records.c.id.in_(batch))))


def load_named(connection: Connection, source_id: str, uids: Collection[str]) -> tuple[StoredRecord, ...]:
    """The source's records with those UIDs, which are plain ASCII; the text of all others is only searched."""
    place = func.instr if connection.dialect.name == "sqlite" else func.strpos
    mine = select(records).where(records.c.source_id == source_id).order_by(records.c.id)
    found: dict[str, StoredRecord] = {}
    for some in in_batches(sorted(uids), FEW):
        named = or_(*(place(records.c.fields, f'"uid":"{uid}"') > 0 for uid in some))
        found |= {row.id: stored_record(row) for row in connection.execute(mine.where(named))}
    return tuple(found[id_] for id_ in sorted(found) if found[id_].record.uid in uids)


def stored_record(row: Any) -> StoredRecord:
    """The record of one row."""
    return StoredRecord(
        record=decode(Record, row.fields),
        first_seen=row.first_seen,
        changed_at=row.changed_at,
        missing_since=row.missing_since,
        withdrawn_at=row.withdrawn_at,
    )


def apply(connection: Connection, source_id: str, changes: RecordChanges, now: datetime) -> None:
    """Write what one answer of the source changed; nothing at all if it said nothing new.

    A record that was added or changed has been seen, so it is not missing any more.
    """
    if changes.is_empty:
        return
    marks = {"missing_since": None, "withdrawn_at": None}
    rows = [
        {**row_of(record), "first_seen": now, "changed_at": now, **marks}
        for record in (*changes.added, *changes.changed)
    ]
    put_rows(connection, records, rows, keep=("first_seen",))
    restate(connection, changes.rekeyed)
    matching.touch(connection, [row["id"] for row in rows] + [*changes.returned, *changes.withdrawn])
    matching.note_changes(connection, len(rows))
    mark(connection, source_id, changes.missing, missing_since=now)
    mark(connection, source_id, changes.returned, **marks)
    mark(connection, source_id, changes.withdrawn, withdrawn_at=now)
    if changes.withdrawn or any(record.is_notice for record in (*changes.added, *changes.changed)):
        # No relink speaks of notices, so their pages would not be asked for again.
        raise_generation(connection)


def row_of(record: Record) -> dict[str, Any]:
    """The columns that hold the statement itself."""
    return {
        "id": record.id,
        "source_id": record.source,
        "fields": encode(record),
        "fingerprint": record.fingerprint,
        "is_notice": record.is_notice,
        "due_day": record.due.wall.date() if record.due else None,
    }


def mark(connection: Connection, source_id: str, ids: Sequence[str], **marks: datetime | None) -> None:
    """Set the marks on those records of the source."""
    for batch in in_batches(ids):
        theirs = (records.c.source_id == source_id, records.c.id.in_(batch))
        connection.execute(update(records).where(*theirs).values(**marks))


def restate(connection: Connection, known: Sequence[Record]) -> None:
    """Write records that say the same in another form: under a new key, or in a horizon that has moved."""
    if known:
        values: dict[str, Any] = {"fields": bindparam("text"), "fingerprint": bindparam("hash")}
        matching.touch(connection, [record.id for record in known])
        rows = [{"record": record.id, "text": encode(record), "hash": record.fingerprint} for record in known]
        connection.execute(update(records).where(records.c.id == bindparam("record")).values(**values), rows)


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Drop records for good."""
    matching.touch(connection, ids)
    delete_rows(connection, records.c.id, ids)


def forget_withdrawn(connection: Connection, before: datetime) -> None:
    """Drop records that were withdrawn before that moment; until then they can return with their id."""
    connection.execute(delete(records).where(records.c.withdrawn_at < before))
