"""Alliances: the link by which they invite, who asked to belong to them, and whom they took in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from aggregator.store import registered
from aggregator.store.registration_schema import invitations, memberships
from aggregator.store.rows import put_rows


@dataclass(frozen=True, slots=True)
class Membership:
    """An initiative that asked to belong to an alliance; `approved_at` is when that said yes (UTC)."""

    umbrella: str
    initiative: str
    asked_at: datetime
    approved_at: datetime | None = None


def invitation(connection: Connection, umbrella_id: str) -> str:
    """The token of the alliance's link, "" if it has none. It opens nothing: it only lets somebody ask."""
    question = select(invitations.c.token).where(invitations.c.umbrella_id == umbrella_id)
    return connection.scalar(question) or ""


def invite(connection: Connection, umbrella_id: str, now: datetime) -> str:
    """Make a link; an earlier one works no more."""
    token = secrets.token_urlsafe(16)
    put_rows(connection, invitations, [{"umbrella_id": umbrella_id, "token": token, "created_at": now}])
    return token


def stop_inviting(connection: Connection, umbrella_id: str) -> None:
    """Let the link work no more."""
    connection.execute(delete(invitations).where(invitations.c.umbrella_id == umbrella_id))


def umbrella_of_token(connection: Connection, token: str) -> str | None:
    """The alliance of a link."""
    return connection.scalar(select(invitations.c.umbrella_id).where(invitations.c.token == token)) if token else None


def of_umbrella(connection: Connection, umbrella_id: str) -> tuple[Membership, ...]:
    """Who asked and who belongs, in the order of asking."""
    question = select(memberships).where(memberships.c.umbrella_id == umbrella_id).order_by(memberships.c.asked_at)
    return tuple(
        Membership(row.umbrella_id, row.initiative_id, row.asked_at, row.approved_at)
        for row in connection.execute(question)
    )


def ask(connection: Connection, umbrella_id: str, initiative_id: str, now: datetime) -> None:
    """An initiative wants to belong to the alliance; asked once is enough."""
    here = (memberships.c.umbrella_id == umbrella_id, memberships.c.initiative_id == initiative_id)
    if umbrella_id == initiative_id or connection.execute(select(memberships).where(*here)).first():
        return
    row = {"umbrella_id": umbrella_id, "initiative_id": initiative_id, "asked_at": now}
    connection.execute(insert(memberships).values(**row))


def take_in(connection: Connection, umbrella_id: str, initiative_id: str, now: datetime) -> None:
    """The alliance says yes: from now on its page shows the initiative's events."""
    if is_free(connection, initiative_id):
        here = (memberships.c.umbrella_id == umbrella_id, memberships.c.initiative_id == initiative_id)
        if connection.execute(update(memberships).where(*here).values(approved_at=now)).rowcount:
            put_under(connection, initiative_id, umbrella_id)


def let_go(connection: Connection, umbrella_id: str, initiative_id: str) -> None:
    """The alliance says no, or not any more; or the initiative leaves."""
    is_theirs = is_free(connection, initiative_id)
    here = (memberships.c.umbrella_id == umbrella_id, memberships.c.initiative_id == initiative_id)
    connection.execute(delete(memberships).where(*here))
    listed = registered.load(connection, initiative_id)
    if is_theirs and listed and listed.initiative.umbrella == umbrella_id:
        put_under(connection, initiative_id, None)


def move(connection: Connection, initiative_id: str, umbrella_id: str | None, now: datetime) -> None:
    """The operator says to which alliance an initiative belongs, or that it belongs to none."""
    here = (memberships.c.initiative_id == initiative_id, memberships.c.approved_at.is_not(None))
    if not is_free(connection, initiative_id):
        return
    connection.execute(delete(memberships).where(*here))
    if umbrella_id:
        keys = {"umbrella_id": umbrella_id, "initiative_id": initiative_id}
        put_rows(connection, memberships, [{**keys, "asked_at": now, "approved_at": now}])
    put_under(connection, initiative_id, umbrella_id)


def is_free(connection: Connection, initiative_id: str) -> bool:
    """Whether people may say to which alliance it belongs: where sources.yaml names one, the file wins."""
    listed = registered.load(connection, initiative_id)
    if listed is None:
        return False
    umbrella = listed.initiative.umbrella
    here = (memberships.c.umbrella_id == umbrella, memberships.c.initiative_id == initiative_id)
    is_given = select(memberships.c.umbrella_id).where(*here, memberships.c.approved_at.is_not(None))
    return listed.is_from_web or umbrella is None or connection.execute(is_given).first() is not None


def put_under(connection: Connection, initiative_id: str, umbrella_id: str | None) -> None:
    """Write to which alliance the initiative belongs."""
    listed = registered.load(connection, initiative_id)
    if listed:
        registered.save_umbrella(connection, replace(listed.initiative, umbrella=umbrella_id))
