"""By what each source was last read, so that only what changed is read again (`pipeline.partial`)."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from aggregator.store.rows import put_rows
from aggregator.store.schema import outlines


def load(connection: Connection, source_id: str) -> bytes:
    """What was saved for the source, nothing if there is nothing."""
    return connection.scalar(select(outlines.c.basis).where(outlines.c.source_id == source_id)) or b""


def save(connection: Connection, source_id: str, basis: bytes) -> None:
    """Keep by what the source was read; nothing where the next reading cannot build on it."""
    if basis:
        put_rows(connection, outlines, [{"source_id": source_id, "basis": basis}])
    else:
        connection.execute(delete(outlines).where(outlines.c.source_id == source_id))
