"""Keeps the initiatives and sources in step with sources.yaml; those that registered on the web are left alone.

Where both name an initiative or a source, sources.yaml wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from aggregator.model.fetching import SourceState, Validators
from aggregator.model.settings import Settings
from aggregator.model.sources import Initiative, Source
from aggregator.model.text import key
from aggregator.store.codec import decode, encode
from aggregator.store.registration_schema import memberships
from aggregator.store.rows import delete_rows, put_rows, raise_generation, set_columns
from aggregator.store.schema import initiatives, sources
from aggregator.store.sealing import STATE_COLUMNS, columns_of, source_of, source_text

FROM_FILE = "file"
FROM_WEB = "web"


def sync(connection: Connection, settings: Settings) -> bool:
    """Write what differs from the settings; True if anything did, so that a relink is due.

    Sources that are gone are switched off and keep their records; a source that reads differently now
    (another address, time zone, …) forgets its validators, since a 304 would keep the old reading.
    """
    changed = [sync_initiatives(connection, settings), sync_sources(connection, settings)]
    if any(changed):
        raise_generation(connection)
    return any(changed)


def sync_initiatives(connection: Connection, settings: Settings) -> bool:
    """Whether any initiative was new, different or gone."""
    stored = {row.id: dict(row._mapping) for row in connection.execute(select(initiatives))}
    entries = with_alliances(connection, settings.initiatives)
    wanted = [initiative_row(entry, position) for position, entry in enumerate(entries)]
    different = [row for row in wanted if not stored.get(row["id"], {}).items() >= row.items()]
    from_file = {one for one, row in stored.items() if row["origin"] == FROM_FILE}
    gone = from_file - {row["id"] for row in wanted}
    put_rows(connection, initiatives, different, keep=("withdrawn_at",))
    delete_rows(connection, initiatives.c.id, gone)
    return bool(different or gone)


def with_alliances(connection: Connection, entries: Sequence[Initiative]) -> Iterator[Initiative]:
    """The entries of the file; one without an umbrella has the alliance that took it in since."""
    table = memberships.c
    question = select(table.initiative_id, table.umbrella_id).where(table.approved_at.is_not(None))
    rows = connection.execute(question.order_by(table.approved_at, table.umbrella_id))
    joined = {row.initiative_id: row.umbrella_id for row in rows}
    for entry in entries:
        yield entry if entry.umbrella else replace(entry, umbrella=joined.get(entry.id))


def initiative_row(entry: Initiative, position: int) -> dict[str, Any]:
    """The row that the initiative should have."""
    return {
        "id": entry.id,
        "position": position,
        "fields": encode(entry),
        "search_text": key(entry.name),
        "umbrella": entry.umbrella,
        "origin": FROM_FILE,
    }


def sync_sources(connection: Connection, settings: Settings) -> bool:
    """Whether any source was new, different or gone."""
    stored = {row.id: dict(row._mapping) for row in connection.execute(select(sources))}
    wanted = [source_row(connection, entry, position, stored) for position, entry in enumerate(settings.sources)]
    gone_home = set(connection.scalars(select(initiatives.c.id).where(initiatives.c.withdrawn_at.is_not(None))))
    for row, entry in zip(wanted, settings.sources, strict=True):
        # Whoever withdrew stays away, whatever sources.yaml says, until somebody restores them.
        row["active"] = entry.initiative not in gone_home
    different = [row for row in wanted if row != stored.get(row["id"])]
    kept = {row["id"] for row in wanted}
    gone = [row["id"] for row in stored.values() if row["origin"] == FROM_FILE and row["active"]]
    gone = [source_id for source_id in gone if source_id not in kept]
    put_rows(connection, sources, different)
    set_columns(connection, sources.c.id, gone, active=False)
    return bool(different or gone)


def source_row(
    connection: Connection, source: Source, position: int, stored: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The row that the source should have; a seal is made anew only when what it holds has changed."""
    before = stored.get(source.id)
    known = source_of(connection, before["fields"]) if before else None
    return {
        "id": source.id,
        "origin": FROM_FILE,
        "active": True,
        "position": position,
        "fields": before["fields"] if before and known == source else source_text(connection, source),
        **(state_after(before, known, source) if before and known else columns_of(SourceState())),
    }


def state_after(row: Mapping[str, Any], before: Source, now: Source) -> dict[str, Any]:
    """The state's columns of a source whose entry may have changed: what was learnt of another address is void."""
    if before.url != now.url:
        return columns_of(SourceState())
    if row["active"] and before == replace(now, initiative=before.initiative, priority=before.priority):
        return {name: row[name] for name in STATE_COLUMNS}
    state = replace(decode(SourceState, str(row["state"])), next_at=None)
    if before != replace(now, initiative=before.initiative, priority=before.priority, interval=before.interval):
        state = replace(state, validators=Validators(), body_hash="")
    return columns_of(state)
