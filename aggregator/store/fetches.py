"""What each fetch did, and the last good body of each source."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import Body
from aggregator.model.health import FetchEntry, Outcome, SourceReport
from aggregator.store.rows import Row, add_rows, put_rows
from aggregator.store.schema import bodies, fetch_log
from aggregator.store.sealing import opened, sealed_address

# A fifth larger than zlib's usual, in less than half the time; each body replaces the last one of its source.
QUICK = 1


def log(connection: Connection, report: SourceReport, at: datetime) -> None:
    """Note one attempt at a source."""
    log_all(connection, [(report, at)])


def log_all(connection: Connection, attempts: Sequence[tuple[SourceReport, datetime]]) -> None:
    """Note several attempts, each with its moment."""
    add_rows(connection, fetch_log, [log_row(report, at) for report, at in attempts])


def log_row(report: SourceReport, at: datetime) -> Row:
    """The row of one attempt."""
    return {
        "source_id": report.source,
        "at": at,
        "outcome": report.outcome.value,
        "error_class": report.failure.error_class.value if report.failure else "",
        "detail": report.failure.detail if report.failure else "",
        "added": report.added,
        "changed": report.changed,
        "withdrawn": report.withdrawn,
        "skipped": len(report.skipped),
        "milliseconds": report.milliseconds,
    }


def recent(connection: Connection, source_id: str, limit: int) -> tuple[FetchEntry, ...]:
    """The last attempts at a source, newest first."""
    mine = select(fetch_log).where(fetch_log.c.source_id == source_id).order_by(fetch_log.c.id.desc()).limit(limit)
    return tuple(entry_of(row) for row in connection.execute(mine))


def entry_of(row: Any) -> FetchEntry:
    """The attempt of one row."""
    failure = Failure(ErrorClass(row.error_class), row.detail) if row.error_class else None
    counted = (row.added, row.changed, row.withdrawn, row.skipped, row.milliseconds)
    return FetchEntry(row.at, Outcome(row.outcome), failure, *counted)


def forget_log(connection: Connection, before: datetime) -> None:
    """Drop what was noted before that moment, so that the log does not grow for ever."""
    connection.execute(delete(fetch_log).where(fetch_log.c.at < before))


def save_body(connection: Connection, source_id: str, body: Body, at: datetime) -> None:
    """Keep the body as the source's last good one."""
    row = {
        "source_id": source_id,
        "fetched_at": at,
        "media_type": body.media_type,
        "charset": body.charset,
        "final_url": sealed_address(connection, body.final_url),
        "content": zlib.compress(body.content, QUICK),
    }
    put_rows(connection, bodies, [row])


def load_body(connection: Connection, source_id: str) -> Body | None:
    """The source's last good body as far as reading it again needs; None before the first."""
    row = connection.execute(select(bodies).where(bodies.c.source_id == source_id)).first()
    if row is None:
        return None
    final_url = opened(connection, row.final_url)
    return Body(zlib.decompress(row.content), row.media_type, row.charset, final_url=final_url)
