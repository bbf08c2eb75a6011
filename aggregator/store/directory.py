"""What the directory asks of the store: what each initiative has on next, and when events last changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, case, func, select

from aggregator.model.events import Listing
from aggregator.model.places import Place
from aggregator.store.events import decoded, load_published
from aggregator.store.schema import event_initiatives, events, identities, occurrences

LOOKED_AT = 3
"""So many of the next occurrences are read, since the very next one may be cancelled."""


def coming_by_initiative(connection: Connection, today: date, now: datetime) -> dict[str, tuple[Listing, ...]]:
    """The next few occurrences of each initiative that has any, those that began on an earlier day last."""
    table, announced = occurrences.c, event_initiatives.c
    order = (case((table.first_day < today, 1), else_=0), table.start_at, table.event_id, table.position)
    place = func.row_number().over(partition_by=announced.initiative, order_by=order).label("place")
    ranked = (
        select(announced.initiative, table.event_id, table.position, table.first_day, table.last_day, place)
        .join_from(occurrences, event_initiatives, table.event_id == announced.event_id)
        .where(table.end_at > now)
        .subquery("ranked")
    )
    question = select(ranked).where(ranked.c.place <= LOOKED_AT).order_by(ranked.c.initiative, ranked.c.place)
    rows = connection.execute(question).all()
    published = {each.identity.id: each for each in load_published(connection, {row.event_id for row in rows})}
    found: dict[str, tuple[Listing, ...]] = {}
    for row in rows:
        event = published[row.event_id]
        occurrence = event.event.occurrences[row.position]
        listing = Listing(event, occurrence, max(row.first_day, today), row.last_day)
        found[row.initiative] = (*found.get(row.initiative, ()), listing)
    return found


def last_changes(connection: Connection) -> tuple[tuple[str, datetime], ...]:
    """The id of each event that is shown and when it last changed (UTC), in the order of their ids."""
    question = select(events.c.id, identities.c.modified_at).join(identities, identities.c.id == events.c.id)
    return tuple((row.id, row.modified_at) for row in connection.execute(question.order_by(events.c.id)))


def located_places(connection: Connection) -> tuple[Place, ...]:
    """Every place of an event whose coordinates are known, each way of naming it once."""
    spelling = (events.c.place, events.c.x, events.c.y, events.c.z)
    question = select(func.min(events.c.fields)).where(events.c.x.is_not(None)).group_by(*spelling)
    return tuple(decoded(fields).place for fields in connection.scalars(question.order_by(events.c.place)))
