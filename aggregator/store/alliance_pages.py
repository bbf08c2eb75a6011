"""Which events of its members an alliance's page shows: all but those that it refuses, or only those that it approved.

What an alliance says of an event is kept as a correction of the event and so follows it wherever it goes; which way
the alliance chose stands beside.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, func, literal, select

from aggregator.model.corrections import APPROVED, REFUSED, Correction
from aggregator.store import corrections
from aggregator.store.operators_schema import corrections as table
from aggregator.store.registration_schema import choosing_alliances
from aggregator.store.rows import put_rows, raise_generation
from aggregator.store.schema import identities


def said_of(field: str, umbrella: str) -> Select[tuple[str]]:
    """The question for the ids of the events of which the alliance said so, as they are called now."""
    listed = literal(",") + table.c.value + literal(",")
    named = listed.contains(f",{umbrella},", autoescape=True)
    now_called = func.coalesce(identities.c.merged_into, table.c.event_id)
    joined = table.outerjoin(identities, identities.c.id == table.c.event_id)
    return select(now_called).select_from(joined).where(table.c.field == field, table.c.undone_at.is_(None), named)


def chooses(umbrella: str) -> ColumnElement[bool]:
    """Whether the alliance shows only what it approved, as a condition."""
    return select(choosing_alliances.c.umbrella_id).where(choosing_alliances.c.umbrella_id == umbrella).exists()


def is_choosing(connection: Connection, umbrella: str) -> bool:
    """The same, asked now."""
    return bool(connection.scalar(select(chooses(umbrella))))


def events_said(connection: Connection, field: str, umbrella: str) -> set[str]:
    """The ids of the events that it refuses (REFUSED) or approved (APPROVED)."""
    return set(connection.scalars(said_of(field, umbrella)))


def choose(connection: Connection, umbrella: str, now: datetime) -> None:
    """From now on show only what is approved."""
    put_rows(connection, choosing_alliances, [{"umbrella_id": umbrella, "since": now}])
    raise_generation(connection)


def choose_no_more(connection: Connection, umbrella: str) -> None:
    """Show everything again but what is refused; what was approved is remembered."""
    connection.execute(delete(choosing_alliances).where(choosing_alliances.c.umbrella_id == umbrella))
    raise_generation(connection)


def refuse(connection: Connection, umbrella: str, event_ids: Collection[str], by: str, now: datetime) -> None:
    """Do not show the events on the alliance's page."""
    for event_id in event_ids:
        say(connection, (event_id, APPROVED), names(connection, event_id, APPROVED) - {umbrella}, by, now)
        say(connection, (event_id, REFUSED), names(connection, event_id, REFUSED) | {umbrella}, by, now)
    # No relink sees a difference, so the pages would not be asked for again.
    raise_generation(connection)


def approve(connection: Connection, umbrella: str, event_ids: Collection[str], by: str, now: datetime) -> None:
    """Show the events there, whether they were refused or waited."""
    for event_id in event_ids:
        say(connection, (event_id, REFUSED), names(connection, event_id, REFUSED) - {umbrella}, by, now)
        say(connection, (event_id, APPROVED), names(connection, event_id, APPROVED) | {umbrella}, by, now)
    raise_generation(connection)


def names(connection: Connection, event_id: str, field: str) -> set[str]:
    """The alliances that said so of the event."""
    said = (one.value for one in corrections.of_event(connection, event_id) if one.field == field)
    return {name for value in said for name in value.split(",") if name}


def say(connection: Connection, what: tuple[str, str], umbrellas: set[str], by: str, now: datetime) -> None:
    """Note exactly these for a field of an event; nothing is written where it is so already."""
    event_id, field = what
    if umbrellas == names(connection, event_id, field):
        return
    corrections.undo(connection, event_id, field, now)
    if umbrellas:
        corrections.add(connection, Correction(event_id, field, ",".join(sorted(umbrellas)), by, now))
