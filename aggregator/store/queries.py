"""What pages and feeds ask of the store about events and who announces them."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Connection, select

from aggregator.model.events import PublishedEvent
from aggregator.model.filters import EventFilter
from aggregator.model.health import Change, HistoryEntry
from aggregator.model.sources import Initiative
from aggregator.store.codec import decode
from aggregator.store.events import PUBLISHED, load_published, published_events
from aggregator.store.filtering import matched
from aggregator.store.schema import events, identities
from aggregator.store.schema import generation as generation_table
from aggregator.store.schema import history as history_table
from aggregator.store.schema import initiatives as initiatives_table


def generation(connection: Connection) -> int:
    """The counter that every visible change raises: the ETag of everything that is made of the store."""
    value: int = connection.execute(select(generation_table.c.value)).scalar_one()
    return value


def initiatives(connection: Connection) -> dict[str, Initiative]:
    """All initiatives by id, in the order of sources.yaml, then those that registered; none that withdrew."""
    table = initiatives_table.c
    shown = select(initiatives_table).where(table.withdrawn_at.is_(None))
    rows = connection.execute(shown.order_by(table.position, table.id))
    return {row.id: initiative_of(row.fields) for row in rows}


@lru_cache(maxsize=4096)
def initiative_of(fields: str) -> Initiative:
    """The initiative in the column `fields`; nearly all are as they were when somebody last asked."""
    return decode(Initiative, fields)


def published(connection: Connection, event_id: str) -> PublishedEvent | None:
    """The event of that id; None if it is not shown (any more), also if the id is an alias."""
    return next(iter(load_published(connection, (event_id,))), None)


def alias_of(connection: Connection, event_id: str) -> str | None:
    """The id that the event goes by after all its mergers; None if it still goes by its own."""
    passed = [event_id]
    while True:
        here = identities.c.id == passed[-1]
        target = connection.scalar(select(identities.c.merged_into).where(here))
        if target is None or target in passed:
            return passed[-1] if len(passed) > 1 else None
        passed.append(target)


def history(connection: Connection, event_id: str) -> tuple[HistoryEntry, ...]:
    """What changed of the event, newest first."""
    table = history_table.c
    question = select(table.at, table.fields).where(table.event_id == event_id).order_by(table.at.desc(), table.id)
    return tuple(HistoryEntry(row.at, decode(tuple[Change, ...], row.fields)) for row in connection.execute(question))


def feed_fragments(connection: Connection, wanted: EventFilter) -> tuple[bytes, ...]:
    """The rendered ICS of each wanted event, in the order of their ids."""
    question = select(events.c.ics).where(events.c.id.in_(matched(wanted))).order_by(events.c.id)
    return tuple(connection.scalars(question))


def feed_events(
    connection: Connection, wanted: EventFilter, after: str = "", limit: int | None = None
) -> tuple[PublishedEvent, ...]:
    """The wanted events in the order of their ids; a page of them begins `after` an id and has `limit`."""
    question = PUBLISHED.where(events.c.id.in_(matched(wanted)), events.c.id > after)
    return published_events(connection, question.order_by(events.c.id).limit(limit))


def recently_changed(connection: Connection, wanted: EventFilter, limit: int) -> tuple[PublishedEvent, ...]:
    """The wanted events that were announced or changed last, newest first."""
    newest = (identities.c.modified_at.desc(), events.c.id)
    question = PUBLISHED.where(events.c.id.in_(matched(wanted))).order_by(*newest).limit(limit)
    return published_events(connection, question)
