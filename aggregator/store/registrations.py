"""Initiatives that registered: from the form over the confirmed mail to the operator's decision."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from aggregator.model.registrations import (
    Approved,
    Registration,
    RegistrationState,
    StoredRegistration,
)
from aggregator.store import owners, registered
from aggregator.store.codec import decode, encode
from aggregator.store.registration_schema import memberships, registrations
from aggregator.store.sealing import opened, sealed_address

CONFIRM_WITHIN = timedelta(days=2)
OPEN = (RegistrationState.WAITING, RegistrationState.ASKED)


def add(connection: Connection, registration: Registration, now: datetime) -> str:
    """Keep a registration until its mail is confirmed; returns the token for that mail."""
    token = secrets.token_urlsafe(24)
    row = {
        "id": secrets.token_hex(16),
        "state": RegistrationState.UNCONFIRMED.value,
        "fields": encode(with_addresses(registration, partial(sealed_address, connection))),
        "token_digest": owners.digest_of(token),
        "created_at": now,
        "decided_by": "",
        "why": "",
    }
    connection.execute(insert(registrations).values(**row))
    return token


def by_token(connection: Connection, token: str, now: datetime) -> StoredRegistration | None:
    """The registration whose mail holds this token; None if there is none, or it waited too long."""
    found = first(connection, registrations.c.token_digest == owners.digest_of(token))
    is_late = found and found.state is RegistrationState.UNCONFIRMED and now - found.created_at > CONFIRM_WITHIN
    return None if is_late else found


def load(connection: Connection, registration_id: str) -> StoredRegistration | None:
    """The registration of that id."""
    return first(connection, registrations.c.id == registration_id)


def confirm(connection: Connection, registration_id: str, now: datetime) -> bool:
    """The mail arrived: from now on it waits for the operator. False if it was confirmed before."""
    here = (registrations.c.id == registration_id, registrations.c.state == RegistrationState.UNCONFIRMED.value)
    values = {"state": RegistrationState.WAITING.value, "confirmed_at": now}
    return bool(connection.execute(update(registrations).where(*here).values(**values)).rowcount)


def waiting(connection: Connection) -> tuple[StoredRegistration, ...]:
    """What the operator has to decide, the oldest first; also those that were asked something."""
    states = [state.value for state in OPEN]
    question = select(registrations).where(registrations.c.state.in_(states))
    return tuple(stored(connection, row) for row in connection.execute(question.order_by(registrations.c.confirmed_at)))


def approve(connection: Connection, registration_id: str, by: str, now: datetime) -> Approved | None:
    """List the initiative with its sources, due at once; None if it does not wait (any more).

    The caller mails the token to its owner, in the same transaction.
    """
    found = decided(connection, registration_id, RegistrationState.APPROVED, by, "", now)
    if found is None:
        return None
    initiative_id = registered.add(connection, found.registration)
    here = registrations.c.id == registration_id
    connection.execute(update(registrations).where(here).values(initiative_id=initiative_id))
    wanted = found.registration
    if wanted.umbrella:
        row = {"umbrella_id": wanted.umbrella, "initiative_id": initiative_id, "asked_at": now}
        connection.execute(insert(memberships).values(**row))
    token = owners.add(connection, initiative_id, wanted.email, wanted.language, now)
    return Approved(initiative_id, wanted.email, token, wanted.language)


def refuse(connection: Connection, registration_id: str, by: str, why: str, now: datetime) -> StoredRegistration | None:
    """Do not list it; the caller mails the reason. None if it does not wait (any more)."""
    return decided(connection, registration_id, RegistrationState.REFUSED, by, why, now)


def ask_back(
    connection: Connection, registration_id: str, by: str, question: str, now: datetime
) -> tuple[StoredRegistration, str] | None:
    """Ask the owner something; it stays in the queue. The caller mails the question with the token to answer by."""
    found = decided(connection, registration_id, RegistrationState.ASKED, by, question, now)
    if found is None:
        return None
    token = secrets.token_urlsafe(24)
    here = registrations.c.id == registration_id
    connection.execute(update(registrations).where(here).values(token_digest=owners.digest_of(token)))
    return found, token


def answer(connection: Connection, registration_id: str, changed: Registration) -> bool:
    """The owner answered by changing what was typed in: it waits again. False if nothing was asked."""
    here = (registrations.c.id == registration_id, registrations.c.state == RegistrationState.ASKED.value)
    fields = encode(with_addresses(changed, partial(sealed_address, connection)))
    values = {"state": RegistrationState.WAITING.value, "fields": fields}
    return bool(connection.execute(update(registrations).where(*here).values(**values)).rowcount)


def decided(  # noqa: PLR0913
    connection: Connection, registration_id: str, state: RegistrationState, by: str, why: str, now: datetime
) -> StoredRegistration | None:
    """Note a decision on what waits; of two operators at once the first wins."""
    open_states = [each.value for each in OPEN]
    here = (registrations.c.id == registration_id, registrations.c.state.in_(open_states))
    values = {"state": state.value, "decided_at": now, "decided_by": by, "why": why}
    if not connection.execute(update(registrations).where(*here).values(**values)).rowcount:
        return None
    return load(connection, registration_id)


def about(connection: Connection, initiative_id: str) -> tuple[StoredRegistration, ...]:
    """The registrations by which an initiative came."""
    question = select(registrations).where(registrations.c.initiative_id == initiative_id)
    return tuple(stored(connection, row) for row in connection.execute(question.order_by(registrations.c.created_at)))


def forget(connection: Connection, unconfirmed_before: datetime, decided_before: datetime) -> None:
    """Drop what was never confirmed, and what was decided long ago: the entry itself holds what is needed."""
    never = (registrations.c.state == RegistrationState.UNCONFIRMED.value, registrations.c.created_at)
    connection.execute(delete(registrations).where(never[0], never[1] < unconfirmed_before))
    is_decided = registrations.c.state.in_([RegistrationState.REFUSED.value, RegistrationState.APPROVED.value])
    connection.execute(delete(registrations).where(is_decided, registrations.c.decided_at < decided_before))


def forget_initiatives(connection: Connection, initiative_ids: Collection[str]) -> None:
    """Drop the registrations of initiatives that are gone for good."""
    connection.execute(delete(registrations).where(registrations.c.initiative_id.in_(initiative_ids)))


def first(connection: Connection, condition: Any) -> StoredRegistration | None:
    """The one registration for which the condition holds."""
    row = connection.execute(select(registrations).where(condition)).first()
    return stored(connection, row) if row else None


def stored(connection: Connection, row: Any) -> StoredRegistration:
    """The registration of one row."""
    return StoredRegistration(
        id=row.id,
        registration=with_addresses(decode(Registration, row.fields), partial(opened, connection)),
        state=RegistrationState(row.state),
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        why=row.why,
        initiative=row.initiative_id or "",
    )


def with_addresses(registration: Registration, change: Callable[[str], str]) -> Registration:
    """The registration with the addresses of its calendars sealed, or opened again."""
    changed = tuple(replace(each, url=change(each.url)) for each in registration.sources)
    return replace(registration, sources=changed)
