"""How often somebody may do something, counted in the database so that it holds for all processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from zlib import crc32

from sqlalchemy import Connection, delete, func, insert, select, text

from aggregator.store.post_schema import limits

LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """`what` may be done `at_most` so often `within` this time; a day is the longest."""

    what: str
    at_most: int
    within: timedelta


def allowed(connection: Connection, limit: Limit, whom: str, now: datetime) -> bool:
    """Whether `whom` may do it once more; if so, it counts.

    `whom` is a keyed hash of a visitor's network (never the address), or "" for all together. What was
    refused does not count, so a flood fills neither the table nor its own future.
    """
    whom = blake2b(whom.encode(), digest_size=16).hexdigest()
    if connection.dialect.name == "postgresql":
        # Two at once must not both see the last free place. SQLite has one writer at a time anyway.
        lock = {"key": crc32(f"buendel limit {limit.what} {whom}".encode())}
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), lock)
    theirs = (limits.c.what == limit.what, limits.c.whom == whom, limits.c.at > now - limit.within)
    if connection.execute(select(func.count()).select_from(limits).where(*theirs)).scalar_one() >= limit.at_most:
        return False
    connection.execute(insert(limits).values(what=limit.what, whom=whom, at=now))
    return True


def sweep(connection: Connection, now: datetime) -> None:
    """Drop what counts no more."""
    connection.execute(delete(limits).where(limits.c.at < now - LONGEST))
