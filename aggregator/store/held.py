"""Answers that are not believed: which events they lack, and what a person says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from aggregator.store.codec import decode, encode
from aggregator.store.operators_schema import held_answers
from aggregator.store.rows import put_rows

ACCEPT = "accept"
KEEP = "keep"


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """`lost` are the ids of the records that would vanish; `verdict` is ACCEPT, KEEP or empty."""

    source: str
    lost: tuple[str, ...]
    verdict: str
    by: str
    noted_at: datetime


def note(connection: Connection, source_id: str, lost: tuple[str, ...], now: datetime) -> None:
    """Remember what the answer lacks; a person's verdict on the source's earlier held answer stays."""
    row = {"source_id": source_id, "lost": encode(lost), "verdict": "", "given_by": "", "noted_at": now}
    put_rows(connection, held_answers, [row], keep=("verdict", "given_by", "noted_at"))


def forget(connection: Connection, source_id: str) -> None:
    """The source answers credibly again, or its answer is believed now."""
    if of_source(connection, source_id) is None:
        return
    connection.execute(delete(held_answers).where(held_answers.c.source_id == source_id))


def judge(connection: Connection, source_id: str, verdict: str, by: str) -> None:
    """Note what a person says of the held answer."""
    here = held_answers.c.source_id == source_id
    connection.execute(update(held_answers).where(here).values(verdict=verdict, given_by=by))


def of_source(connection: Connection, source_id: str) -> HeldAnswer | None:
    """The held answer of a source."""
    row = connection.execute(select(held_answers).where(held_answers.c.source_id == source_id)).first()
    return held_of(row) if row else None


def load(connection: Connection) -> tuple[HeldAnswer, ...]:
    """All held answers, oldest first."""
    order = (held_answers.c.noted_at, held_answers.c.source_id)
    return tuple(held_of(row) for row in connection.execute(select(held_answers).order_by(*order)))


def held_of(row: Any) -> HeldAnswer:
    """The held answer of one row."""
    return HeldAnswer(row.source_id, decode(tuple[str, ...], row.lost), row.verdict, row.given_by, row.noted_at)
