"""The weekly mail's subscriptions; who leaves, or never confirmed, is forgotten."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, select, update

from aggregator.model.digests import RETURNED_AT_MOST, Digest
from aggregator.store.post_schema import digests

UNCONFIRMED_FOR = timedelta(hours=48)


def ask(connection: Connection, wish: Digest) -> Digest:
    """Note a wish, its token filled in; the same wish of the same address keeps what it had."""
    same = (digests.c.address == wish.address, digests.c.query == wish.query)
    if known := one(connection, and_(*same)):
        return known
    made = replace(wish, token=secrets.token_urlsafe(24))
    row = {"token": made.token, "address": made.address, "query": made.query, "title": made.title}
    connection.execute(insert(digests).values(**row, language=made.language, asked_at=made.asked_at, sent_week=""))
    return made


def by_token(connection: Connection, token: str) -> Digest | None:
    """The subscription of that token."""
    return one(connection, digests.c.token == token)


def one(connection: Connection, condition: ColumnElement[bool]) -> Digest | None:
    """The subscription for which the condition holds."""
    return next(iter(found(connection, condition)), None)


def found(connection: Connection, condition: ColumnElement[bool], most: int | None = None) -> tuple[Digest, ...]:
    """The subscriptions for which the condition holds."""
    rows: Any = connection.execute(select(digests).where(condition).order_by(digests.c.token).limit(most))
    return tuple(Digest(**row._mapping) for row in rows)


def confirm(connection: Connection, token: str, now: datetime) -> None:
    """The address is theirs, and they meant it."""
    here = (digests.c.token == token, digests.c.confirmed_at.is_(None))
    connection.execute(update(digests).where(*here).values(confirmed_at=now))


def leave(connection: Connection, token: str) -> None:
    """Forget the subscription with its address."""
    connection.execute(delete(digests).where(digests.c.token == token))


def due(connection: Connection, week: str, most: int) -> tuple[Digest, ...]:
    """The confirmed ones that were not told that week yet."""
    return found(connection, and_(digests.c.confirmed_at.is_not(None), digests.c.sent_week != week), most)


def claim(connection: Connection, token: str, week: str) -> bool:
    """Note that the week was told, in the transaction that queues the mail; False if somebody did so already."""
    here = (digests.c.token == token, digests.c.sent_week != week, digests.c.confirmed_at.is_not(None))
    # A week whose mail did not come back ends the row of those that did.
    returned = case((digests.c.returned_week == digests.c.sent_week, digests.c.returned), else_=0)
    return connection.execute(update(digests).where(*here).values(sent_week=week, returned=returned)).rowcount == 1


def came_back(connection: Connection, token: str) -> bool:
    """Note that this week's mail could not be delivered to its address; True if the subscription ended by it.

    Counts once for each week, however many answers there are.
    """
    is_first = digests.c.returned_week.is_distinct_from(digests.c.sent_week)
    here = (digests.c.token == token, digests.c.sent_week != "", is_first)
    counted = update(digests).where(*here).values(returned=digests.c.returned + 1, returned_week=digests.c.sent_week)
    connection.execute(counted)
    gone = (digests.c.token == token, digests.c.returned >= RETURNED_AT_MOST)
    return connection.execute(delete(digests).where(*gone)).rowcount == 1


def count(connection: Connection) -> int:
    """How many are confirmed, for the operator's figures."""
    question = select(func.count()).select_from(digests).where(digests.c.confirmed_at.is_not(None))
    return int(connection.execute(question).scalar_one())


def forget_unconfirmed(connection: Connection, now: datetime) -> None:
    """Drop the wishes that nobody confirmed within two days."""
    is_old = (digests.c.confirmed_at.is_(None), digests.c.asked_at < now - UNCONFIRMED_FOR)
    connection.execute(delete(digests).where(*is_old))
