"""What matching remembers between two relinks: which records changed, by which keys they are found, what was learnt."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from hashlib import blake2b

from sqlalchemy import Connection, delete, insert, select, update

from aggregator.store.matching_schema import held_matches, lessons, match_keys, touched
from aggregator.store.operators_schema import known_places
from aggregator.store.rows import add_rows, delete_rows, in_batches
from aggregator.store.schema import initiatives, records, sources

ONLY_ROW = 1
AT_ONCE = 20_000


class Kind(IntEnum):
    """What a key is for.

    BLOCK: it may be one event with whoever shares it; MARK: the same on whatever day; USE: an identifier of its source;
    SERIES: the series that an override belongs to; ADDRESS: the page of an event, NOTICE: the page that a notice leads
    to; UMBRELLA: the festival that it is an item of.
    """

    BLOCK = 1
    MARK = 2
    USE = 3
    SERIES = 4
    ADDRESS = 5
    NOTICE = 6
    UMBRELLA = 7


Key = tuple[Kind, int]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StoredLessons:
    """When and in which frame was learnt, from how many records, and how much has changed since.

    `digest` stands for what was learnt.
    """

    learnt_at: datetime
    frame: str
    digest: str
    records: int
    since: int


def touch(connection: Connection, ids: Iterable[str]) -> None:
    """Note that these records are not as they were when last matched."""
    add_rows(connection, touched, [{"record_id": id_} for id_ in ids])


def load_touched(connection: Connection) -> tuple[frozenset[str], frozenset[int]]:
    """The records that changed since they were last matched, and the numbers of the notes that say so."""
    rows = connection.execute(select(touched.c.id, touched.c.record_id)).all()
    return frozenset(row.record_id for row in rows), frozenset(row.id for row in rows)


def is_behind(connection: Connection) -> bool:
    """Whether some records changed since they were last matched."""
    return connection.execute(select(touched.c.id).limit(1)).first() is not None


def settle(connection: Connection, notes: Collection[int]) -> None:
    """Forget these notes: they have been seen to.

    Not all up to a number: on PostgreSQL a note with a lower one may have been committed since they were read.
    """
    for batch in in_batches(sorted(notes)):
        connection.execute(delete(touched).where(touched.c.id.in_(batch)))


def keys_of(connection: Connection, ids: Collection[str]) -> dict[str, set[Key]]:
    """The stored keys of each of the records."""
    found: dict[str, set[Key]] = {id_: set() for id_ in ids}
    columns = match_keys.c.record_id, match_keys.c.kind, match_keys.c.key
    for batch in in_batches(ids):
        for record, kind, key in connection.execute(select(*columns).where(match_keys.c.record_id.in_(batch))):
            found[record].add((Kind(kind), key))
    return found


def holders(connection: Connection, kind: Kind, keys: Collection[int]) -> dict[int, set[str]]:
    """The records that hold each of the keys; keys that nobody holds are left out."""
    found: dict[int, set[str]] = {}
    columns = match_keys.c.key, match_keys.c.record_id
    for batch in in_batches(keys):
        question = select(*columns).where(match_keys.c.key.in_(batch), match_keys.c.kind == kind.value)
        for key, record in connection.execute(question):
            found.setdefault(key, set()).add(record)
    return found


def put_keys(connection: Connection, keys: Mapping[str, Iterable[Key]]) -> None:
    """Replace the keys of these records."""
    delete_rows(connection, match_keys.c.record_id, list(keys))
    add_keys(connection, keys)


def add_keys(connection: Connection, keys: Mapping[str, Iterable[Key]]) -> None:
    """Write further keys of these records."""
    rows = [{"record_id": id_, "kind": kind.value, "key": key} for id_, held in keys.items() for kind, key in held]
    add_rows(connection, match_keys, rows)


def put_umbrellas(connection: Connection, ids: Collection[str], keys: Mapping[str, Iterable[int]]) -> None:
    """Replace what is known of the festivals that these records are items of."""
    for batch in in_batches(ids):
        theirs = match_keys.c.record_id.in_(batch), match_keys.c.kind == Kind.UMBRELLA.value
        connection.execute(delete(match_keys).where(*theirs))
    add_keys(connection, {id_: [(Kind.UMBRELLA, key) for key in held] for id_, held in keys.items()})


def replace_keys(connection: Connection, keys: Iterable[tuple[str, Key]]) -> None:
    """Replace the keys of all records, given in any order."""
    connection.execute(delete(match_keys))
    for rows in in_large_batches(keys):
        add_rows(connection, match_keys, rows)


def in_large_batches(keys: Iterable[tuple[str, Key]]) -> Iterator[list[dict[str, str | int]]]:
    """Rows in lists that are large enough to be quick and small enough for the memory."""
    rows: list[dict[str, str | int]] = []
    for id_, (kind, key) in keys:
        rows.append({"record_id": id_, "kind": kind.value, "key": key})
        if len(rows) == AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def put_held(connection: Connection, pairs: Iterable[Pair], ids: Collection[str] | None = None) -> None:
    """Replace the matches that were held back: all, or those of these records."""
    if ids is None:
        connection.execute(delete(held_matches))
    for batch in in_batches(ids or ()):
        theirs = held_matches.c.left_id.in_(batch) | held_matches.c.right_id.in_(batch)
        connection.execute(delete(held_matches).where(theirs))
    add_rows(connection, held_matches, [{"left_id": left, "right_id": right} for left, right in pairs])


def held_by_source(connection: Connection) -> dict[str, Counter[str]]:
    """How many matches of each source with each other one were held back."""
    found: dict[str, Counter[str]] = {}
    owner, other = records.alias(), records.alias()
    joined = held_matches.join(owner, owner.c.id == held_matches.c.left_id)
    joined = joined.join(other, other.c.id == held_matches.c.right_id)
    for left, right in connection.execute(select(owner.c.source_id, other.c.source_id).select_from(joined)):
        for one, another in {(left, right), (right, left)}:
            found.setdefault(one, Counter())[another] += 1
    return found


def save_lessons(connection: Connection, fields: str, frame: str, records: int, now: datetime) -> None:
    """Remember what was learnt from so many records, encoded, in place of what was learnt before."""
    connection.execute(delete(lessons))
    row = {
        "id": ONLY_ROW,
        "learnt_at": now,
        "frame": frame,
        "digest": blake2b(fields.encode(), digest_size=16).hexdigest(),
        "records": records,
        "since": 0,
        "fields": zlib.compress(fields.encode(), 1),
    }
    connection.execute(insert(lessons).values(**row))


def learnt(connection: Connection) -> StoredLessons | None:
    """When and in which frame was last learnt; None if never."""
    columns = lessons.c.learnt_at, lessons.c.frame, lessons.c.digest, lessons.c.records, lessons.c.since
    row = connection.execute(select(*columns)).one_or_none()
    return StoredLessons(row.learnt_at, row.frame, row.digest, row.records, row.since) if row else None


def load_lessons(connection: Connection) -> str:
    """What was last learnt, encoded; "" if nothing was."""
    fields = connection.scalar(select(lessons.c.fields))
    return zlib.decompress(fields).decode() if fields else ""


def note_changes(connection: Connection, number: int) -> None:
    """Count records that changed since the lessons were learnt."""
    connection.execute(update(lessons).values(since=lessons.c.since + number))


def surroundings(connection: Connection) -> list[str]:
    """What is stored of sources in use, initiatives and known venues, as it is written, in one order."""
    wanted = select(sources.c.fields).where(sources.c.active).order_by(sources.c.position, sources.c.id)
    groups = select(initiatives.c.fields).order_by(initiatives.c.id)
    venues = select(known_places.c.fields).order_by(known_places.c.id)
    return [row.fields for question in (wanted, groups, venues) for row in connection.execute(question)]


def forget(connection: Connection) -> None:
    """Let the next relink learn anew."""
    for table in (match_keys, lessons):
        connection.execute(delete(table))
