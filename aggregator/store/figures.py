"""Figures for those who report to funders: what the calendar holds, and how often it is taken along."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from aggregator.model.linkage import Relation
from aggregator.store import digests, feed_counts
from aggregator.store.schema import event_initiatives, event_topics, events, initiatives, members, occurrences, sources

FEEDS_OVER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Figures:
    """`months` counts dates by "2026-11"; `doubles` the announcements that are not shown a second time.

    `topics` and `initiatives` count events by id, `feeds` requests of the last thirty days by kind of feed;
    `weekly_mails` are the filters that somebody gets a mail about each week.
    """

    events: int
    initiatives: int
    sources: int
    shared: int
    doubles: int
    months: dict[str, int]
    topics: dict[str, int]
    by_initiative: dict[str, int]
    feeds: dict[str, int]
    weekly_mails: int = 0


def figures(connection: Connection, today: date) -> Figures:
    """The figures of this moment."""
    voices = voices_by_event(connection)
    return Figures(
        events=number(connection, select(func.count()).select_from(events)),
        initiatives=number(connection, select(func.count()).where(initiatives.c.withdrawn_at.is_(None))),
        sources=number(connection, select(func.count()).where(sources.c.active)),
        shared=sum(many > 1 for many in voices),
        doubles=sum(many - 1 for many in voices),
        months=by_month(connection),
        topics=counted(connection, select(event_topics.c.topic, func.count()).group_by(event_topics.c.topic)),
        by_initiative=counted(
            connection,
            select(event_initiatives.c.initiative, func.count()).group_by(event_initiatives.c.initiative),
        ),
        feeds=feed_counts.since(connection, today - FEEDS_OVER),
        weekly_mails=digests.count(connection),
    )


def voices_by_event(connection: Connection) -> list[int]:
    """How many records speak of each event as a whole."""
    whole = select(func.count()).where(members.c.relation == Relation.SAME.value).group_by(members.c.event_id)
    return list(connection.scalars(whole))


def by_month(connection: Connection) -> dict[str, int]:
    """How many dates each month has."""
    rows = connection.execute(select(occurrences.c.first_day, func.count()).group_by(occurrences.c.first_day))
    months: Counter[str] = Counter()
    for day, many in rows:
        months[f"{day:%Y-%m}"] += many
    return dict(sorted(months.items()))


def counted(connection: Connection, question: Select[Any]) -> dict[str, int]:
    """The answer to a question for names and numbers, the largest first."""
    found = {row[0]: row[1] for row in connection.execute(question)}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def number(connection: Connection, question: Select[Any]) -> int:
    """The answer to a question for one number."""
    found: int = connection.execute(question).scalar_one()
    return found
