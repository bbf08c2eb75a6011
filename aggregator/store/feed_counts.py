"""How often feeds are asked for: numbers for each day, nothing of who asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, func, select

from aggregator.store.operators_schema import feed_counts
from aggregator.store.rows import put_rows


def add(connection: Connection, day: date, counted: Mapping[str, int]) -> None:
    """Add the numbers of one process to those of the day."""
    here = select(feed_counts.c.feed, feed_counts.c.number).where(feed_counts.c.day == day)
    before = dict(connection.execute(here).all())
    rows = [{"day": day, "feed": feed, "number": number + before.get(feed, 0)} for feed, number in counted.items()]
    put_rows(connection, feed_counts, rows)


def since(connection: Connection, first: date) -> dict[str, int]:
    """How often each feed was asked for from that day on."""
    number = func.sum(feed_counts.c.number)
    question = select(feed_counts.c.feed, number).where(feed_counts.c.day >= first).group_by(feed_counts.c.feed)
    return {row[0]: int(row[1]) for row in connection.execute(question.order_by(number.desc(), feed_counts.c.feed))}


def forget(connection: Connection, before: date) -> None:
    """Drop the days before."""
    connection.execute(delete(feed_counts).where(feed_counts.c.day < before))
