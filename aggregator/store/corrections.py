"""What people said of events against their sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, select, update

from aggregator.model.corrections import Correction
from aggregator.store import matching
from aggregator.store.operators_schema import corrections
from aggregator.store.rows import add_rows
from aggregator.store.schema import identities, members


def load(connection: Connection) -> tuple[Correction, ...]:
    """All corrections that hold, oldest first, at most one for each field of an event."""
    return found(connection)


def of_event(connection: Connection, event_id: str) -> tuple[Correction, ...]:
    """Those of one event."""
    return found(connection, corrections.c.event_id == event_id)


def found(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Correction, ...]:
    """Those that hold and for which the conditions hold, oldest first."""
    question = select(corrections).where(corrections.c.undone_at.is_(None), *conditions).order_by(corrections.c.id)
    return tuple(correction_of(row) for row in connection.execute(question))


def add(connection: Connection, correction: Correction) -> None:
    """Note a correction; an earlier one of the same field holds no more. A relink applies it."""
    undo(connection, correction.event, correction.field, correction.at)
    row = {
        "event_id": correction.event,
        "field": correction.field,
        "value": correction.value,
        "stated": correction.stated,
        "given_by": correction.by,
        "why": correction.why,
        "given_at": correction.at,
    }
    add_rows(connection, corrections, [row])


def undo(connection: Connection, event_id: str, field: str, now: datetime) -> bool:
    """Take back the correction of a field; it stays as a trace. False if there was none."""
    theirs = (corrections.c.event_id == event_id, corrections.c.field == field, corrections.c.undone_at.is_(None))
    matching.touch(connection, [row.record_id for row in connection.execute(records_of(event_id))])
    return bool(connection.execute(update(corrections).where(*theirs).values(undone_at=now)).rowcount)


def records_of(event_id: str) -> CompoundSelect[tuple[str]]:
    """The question for the records of an event, by an id that it has or had."""
    target = select(identities.c.merged_into).where(identities.c.id == event_id).scalar_subquery()
    founder = select(identities.c.founder).where(identities.c.id == event_id)
    theirs = members.c.event_id.in_((event_id, target))
    return select(members.c.record_id).where(theirs).union(founder)


def correction_of(row: Any) -> Correction:
    """The correction of one row."""
    return Correction(row.event_id, row.field, row.value, row.given_by, row.given_at, row.why, row.stated)
