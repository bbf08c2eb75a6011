"""Who may open an initiative's console: by a link that was mailed, kept as a digest only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from aggregator.model.registrations import Owner
from aggregator.store.registration_schema import owner_links
from aggregator.store.rows import in_batches

VALID_FOR = timedelta(days=400)


def digest_of(token: str) -> str:
    """What is stored of a token: it has 192 random bits, so a plain digest cannot be turned round."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def add(connection: Connection, initiative_id: str, email: str, language: str, now: datetime) -> str:
    """Make a link for an owner; returns its token, to be mailed and never shown."""
    token = secrets.token_urlsafe(24)
    row = {
        "token_digest": digest_of(token),
        "initiative_id": initiative_id,
        "email": email,
        "language": language,
        "created_at": now,
        "expires_at": now + VALID_FOR,
    }
    connection.execute(insert(owner_links).values(**row))
    return token


def by_token(connection: Connection, token: str, now: datetime) -> Owner | None:
    """Whose link this is; None if it is unknown, revoked or too old."""
    table = owner_links.c
    here = (table.token_digest == digest_of(token), table.revoked_at.is_(None), table.expires_at > now)
    row = connection.execute(select(owner_links).where(*here)).first()
    return owner_of(row) if row else None


def note_use(connection: Connection, owner: Owner, now: datetime) -> None:
    """Note that somebody came by this link."""
    here = owner_links.c.token_digest == owner.digest
    connection.execute(update(owner_links).where(here).values(used_at=now))


def renew(connection: Connection, owner: Owner, now: datetime) -> str:
    """A new link for the same owner; nothing is left of the old one."""
    connection.execute(delete(owner_links).where(owner_links.c.token_digest == owner.digest))
    return add(connection, owner.initiative, owner.email, owner.language, now)


def revoke(connection: Connection, owner: Owner, now: datetime) -> None:
    """Let a link work no more; its owner can still ask for a new one."""
    here = owner_links.c.token_digest == owner.digest
    connection.execute(update(owner_links).where(here).values(revoked_at=now))


def of_initiative(connection: Connection, initiative_id: str) -> tuple[Owner, ...]:
    """The owners: whom to write when something happens. The oldest first."""
    return owners(connection, owner_links.c.initiative_id == initiative_id)


def by_address(connection: Connection, email: str) -> tuple[Owner, ...]:
    """The links of one mail address, for whoever lost the mail."""
    return owners(connection, owner_links.c.email == email)


def of_initiatives(connection: Connection, initiative_ids: Collection[str]) -> Iterator[Owner]:
    """The owners of several initiatives; of each the oldest first."""
    for batch in in_batches(initiative_ids):
        yield from owners(connection, owner_links.c.initiative_id.in_(batch))


def known_since(connection: Connection, before: datetime) -> Mapping[str, datetime]:
    """When the first link of each initiative was made, where that was no later than `before`."""
    first = func.min(owner_links.c.created_at)
    question = select(owner_links.c.initiative_id, first).where(owner_links.c.created_at <= before)
    return {row[0]: row[1] for row in connection.execute(question.group_by(owner_links.c.initiative_id))}


def owners(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Owner, ...]:
    """The owners for whom the conditions hold, each address once for an initiative."""
    question = select(owner_links).where(*conditions)
    found = [owner_of(row) for row in connection.execute(question.order_by(owner_links.c.created_at))]
    return tuple({(owner.initiative, owner.email): owner for owner in found}.values())


def owner_of(row: Any) -> Owner:
    """The owner of one row."""
    return Owner(row.initiative_id, row.email, row.token_digest, row.language, row.created_at, row.expires_at)
