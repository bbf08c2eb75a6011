"""A festival and its items: what an event is part of, and what it consists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from aggregator.model.events import Listing, PublishedEvent
from aggregator.model.filters import EventFilter
from aggregator.model.times import Window
from aggregator.store import calendar
from web.calendar.neighbours import Neighbour, neighbour
from web.calendar.rows import tiny_day
from web.scene import Scene

# A festival of weeks in a large town: more lines than these are no programme that anybody reads on one page.
READ, LONGEST = 600, 40
SHORTEST = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Programme:
    """The events that this one is part of, as (title, address), and its own items in their order."""

    whole: tuple[tuple[str, str], ...] = ()
    items: tuple[Neighbour, ...] = ()


def programme(published: PublishedEvent, items: tuple[Listing, ...], scene: Scene) -> Programme:
    """What belongs together, in words and addresses."""
    whole = tuple((each.title, scene.links.event(each.event)) for each in published.event.part_of)
    return Programme(whole, tuple(neighbour(each, tiny_day(each.day, scene), scene) for each in items))


def items_of(published: PublishedEvent, connection: Connection, scene: Scene) -> tuple[Listing, ...]:
    """The items of an event that is long enough to have some, each once; nothing for any other."""
    event = published.event
    if event.is_series or event.end is None or event.end.wall - event.start.wall < SHORTEST:
        return ()
    first, last = event.start.local_day(scene.zone), event.end.local_day(scene.zone)
    listed = calendar.listings(connection, Window(first, last + timedelta(days=1)), EventFilter(), READ)
    own = {
        each.published.identity.id: each
        for each in reversed(listed)
        if any(whole.event == published.identity.id for whole in each.published.event.part_of)
    }
    return tuple(each for each in listed if own.get(each.published.identity.id) is each)[:LONGEST]
