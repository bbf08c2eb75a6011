"""Events that an alliance leaves out of its page, though a member announces them; kept as corrections of the event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Select, func, literal, or_, select

from aggregator.model.corrections import REFUSED, Correction
from aggregator.store import corrections
from aggregator.store.operators_schema import corrections as table
from aggregator.store.rows import raise_generation
from aggregator.store.schema import identities


def refused_by(umbrellas: Collection[str]) -> Select[tuple[str]]:
    """The question for the ids of the events that one of the alliances does not show, as they are called now."""
    listed = literal(",") + table.c.value + literal(",")
    named = or_(*(listed.contains(f",{umbrella},", autoescape=True) for umbrella in umbrellas))
    now_called = func.coalesce(identities.c.merged_into, table.c.event_id)
    joined = table.outerjoin(identities, identities.c.id == table.c.event_id)
    return select(now_called).select_from(joined).where(table.c.field == REFUSED, table.c.undone_at.is_(None), named)


def refused_events(connection: Connection, umbrellas: Collection[str]) -> set[str]:
    """The ids of these events."""
    return set(connection.scalars(refused_by(umbrellas))) if umbrellas else set()


def refuse(connection: Connection, umbrella: str, event_id: str, by: str, now: datetime) -> None:
    """Show the event on the alliance's page no more."""
    write(connection, event_id, {*who_refuses(connection, event_id), umbrella}, by, now)


def admit(connection: Connection, umbrella: str, event_id: str, by: str, now: datetime) -> None:
    """Show it there again."""
    write(connection, event_id, who_refuses(connection, event_id) - {umbrella}, by, now)


def who_refuses(connection: Connection, event_id: str) -> set[str]:
    """The alliances that do not show the event."""
    said = (one.value for one in corrections.of_event(connection, event_id) if one.field == REFUSED)
    return {name for value in said for name in value.split(",") if name}


def write(connection: Connection, event_id: str, umbrellas: set[str], by: str, now: datetime) -> None:
    """Note exactly these."""
    corrections.undo(connection, event_id, REFUSED, now)
    if umbrellas:
        corrections.add(connection, Correction(event_id, REFUSED, ",".join(sorted(umbrellas)), by, now))
    # No relink sees a difference, so the pages would not be asked for again.
    raise_generation(connection)
