"""The answer of a source that has no address: the dates that its owner typed in."""

from __future__ import annotations

from aggregator.model.fetching import Body
from aggregator.model.sources import Source
from aggregator.parse.own import body_of
from aggregator.store import own_dates
from aggregator.store.database import Store


def answer_of_store(store: Store, source: Source) -> Body:
    """The dates as a body, to be read like any other."""
    with store.reading() as connection:
        dates = own_dates.load(connection, source.id)
    return Body(body_of(dates), "application/json", "utf-8")
