"""What the calendar shows of the feeds that were made up, to be compared with the ledger."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select

from aggregator.model.filters import EventFilter
from aggregator.model.records import Status
from aggregator.store import queries
from aggregator.store.database import Store
from aggregator.store.schema import occurrences
from benchmarks.days.feeds import Said
from benchmarks.days.ledger import Key


def shown(store: Store) -> dict[Key, list[Said]]:
    """What the calendar shows of each event, by the feed and UID that its title tells."""
    found: dict[Key, list[Said]] = defaultdict(list)
    with store.reading() as connection:
        events = [each.event for each in queries.feed_events(connection, EventFilter())]
    for event in events:
        if event.status is Status.WITHDRAWN:
            continue
        number, _, uid = event.title.split(" ")[1].removeprefix("K").partition("x")
        rule = "FREQ=DAILY" if uid == "night" else ""
        start = event.start.wall if rule else event.start.instant
        found[int(number), uid].append(Said(event.title, start, event.status is Status.CANCELLED, rule))
    return found


def nights_wrong(store: Store, night: date) -> list[str]:
    """The series of which the night of the change and its neighbours are not there exactly once each."""
    days = [night + timedelta(days=number) for number in (-1, 0, 1)]
    table = occurrences.c
    with store.reading() as connection:
        rows = connection.execute(select(table.event_id, table.first_day).where(table.first_day.in_(days)))
        dates: dict[str, list[date]] = defaultdict(list)
        for row in rows:
            dates[row.event_id].append(row.first_day)
        series = {each.identity.id for each in queries.feed_events(connection, EventFilter()) if each.event.is_series}
    return [f"{event}: {sorted(dates[event])}" for event in series if sorted(dates[event]) != days]
