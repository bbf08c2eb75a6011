"""Initiatives and sources that came by the web, not by sources.yaml: listed, changed, withdrawn, restored."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from aggregator.model.fetching import SourceState
from aggregator.model.registrations import Registration, WantedSource
from aggregator.model.settings import Settings
from aggregator.model.sources import OWN_FORMAT, Initiative, Source
from aggregator.model.text import key
from aggregator.store import queries
from aggregator.store.codec import decode, encode
from aggregator.store.configuration import FROM_WEB, initiative_row, state_after
from aggregator.store.operators_schema import judged_suggestions
from aggregator.store.registration_schema import (
    choosing_alliances,
    invitations,
    memberships,
    own_dates,
    owner_links,
    pictures,
    saved_filters,
)
from aggregator.store.rows import raise_generation
from aggregator.store.schema import bodies, defects, fetch_log, initiatives, outlines, records, sources
from aggregator.store.sealing import columns_of, source_of, source_text, state_of

# After all that sources.yaml may ever name.
FIRST_POSITION = 1_000_000
LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """An initiative as the store has it: from sources.yaml (`is_from_web` False) or registered."""

    initiative: Initiative
    is_from_web: bool
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnedSource:
    """A source of an initiative with what is remembered of it."""

    source: Source
    state: SourceState
    is_from_web: bool


def with_registered(settings: Settings, connection: Connection) -> Settings:
    """The settings with all initiatives that the store lists."""
    return replace(settings, initiatives=tuple(queries.initiatives(connection).values()))


def add(connection: Connection, wanted: Registration) -> str:
    """List the initiative with its sources, which are due at once; returns its id."""
    initiative = Initiative(
        id=free_id(connection, wanted.name),
        name=wanted.name,
        kind=wanted.kind,
        homepage=wanted.homepage,
        text=wanted.text,
        place=wanted.place,
        topics=wanted.topics,
        contact=wanted.contact,
    )
    row = {**initiative_row(initiative, next_position(connection)), "origin": FROM_WEB}
    connection.execute(insert(initiatives).values(**row))
    for one in wanted.sources:
        add_source(connection, initiative, one)
    raise_generation(connection)
    return initiative.id


def add_source(connection: Connection, initiative: Initiative, wanted: WantedSource) -> Source:
    """One more source of the initiative, due at once."""
    made = Source(
        id=free_source_id(connection, initiative.id),
        initiative=initiative.id,
        url=wanted.url,
        format=wanted.format,
        interval=wanted.interval,
        timezone=wanted.timezone,
        language=wanted.language,
        default_place=wanted.default_place,
        base_url=initiative.homepage,
        consent=wanted.consent,
        licence=wanted.licence,
    )
    row: dict[str, Any] = {"id": made.id, "origin": FROM_WEB, "active": True, "position": next_position(connection)}
    row |= {"fields": source_text(connection, made), **columns_of(SourceState())}
    connection.execute(insert(sources).values(**row))
    return made


def own_source(connection: Connection, initiative: Initiative, timezone: str, language: str) -> Source:
    """The initiative's source of typed-in dates, made when it is first needed."""
    known = (each.source for each in sources_of(connection, initiative.id) if each.source.is_own)
    wanted = WantedSource(f"{OWN_FORMAT}:", OWN_FORMAT, timezone=timezone, language=language)
    return next(known, None) or add_source(connection, initiative, wanted)


def load(connection: Connection, initiative_id: str) -> Listed | None:
    """The initiative of that id, also one that withdrew."""
    row = connection.execute(select(initiatives).where(initiatives.c.id == initiative_id)).first()
    if row is None:
        return None
    return Listed(decode(Initiative, row.fields), row.origin == FROM_WEB, row.withdrawn_at)


def save(connection: Connection, changed: Initiative) -> None:
    """Write what the owner changed of a registered initiative."""
    here = (initiatives.c.id == changed.id, initiatives.c.origin == FROM_WEB)
    values = {"fields": encode(changed), "search_text": key(changed.name), "umbrella": changed.umbrella}
    connection.execute(update(initiatives).where(*here).values(**values))
    raise_generation(connection)


def save_umbrella(connection: Connection, changed: Initiative) -> None:
    """Write to which alliance an initiative belongs, one of sources.yaml too: the file does not say so of it."""
    values = {"fields": encode(changed), "umbrella": changed.umbrella}
    connection.execute(update(initiatives).where(initiatives.c.id == changed.id).values(**values))
    raise_generation(connection)


def sources_of(connection: Connection, initiative_id: str) -> tuple[OwnedSource, ...]:
    """The initiative's sources that are in use, in their order."""
    question = select(sources).where(sources.c.active).order_by(sources.c.position, sources.c.id)
    rows = connection.execute(question).all()
    found = (
        OwnedSource(source_of(connection, row.fields), state_of(connection, row.state), row.origin == FROM_WEB)
        for row in rows
    )
    return tuple(each for each in found if each.source.initiative == initiative_id)


def save_source(connection: Connection, changed: Source) -> None:
    """Write what the owner changed of a registered source; what was learnt of another address is void."""
    here = (sources.c.id == changed.id, sources.c.origin == FROM_WEB)
    row = connection.execute(select(sources).where(*here)).first()
    if row is not None:
        state = state_after(dict(row._mapping), source_of(connection, row.fields), changed)
        connection.execute(update(sources).where(*here).values(fields=source_text(connection, changed), **state))
        raise_generation(connection)


def remove_source(connection: Connection, source_id: str) -> None:
    """Forget a registered source and everything that it said."""
    if connection.scalar(select(sources.c.origin).where(sources.c.id == source_id)) == FROM_WEB:
        forget_sources(connection, [source_id])
        raise_generation(connection)


def withdraw(connection: Connection, initiative_id: str, now: datetime) -> None:
    """Take the initiative and its sources off every page; a relink then takes their events off too."""
    switch(connection, initiative_id, False)
    connection.execute(update(initiatives).where(initiatives.c.id == initiative_id).values(withdrawn_at=now))
    raise_generation(connection)


def restore(connection: Connection, initiative_id: str) -> None:
    """Undo a withdrawal: everything is as it was; a relink brings the events back."""
    switch(connection, initiative_id, True)
    connection.execute(update(initiatives).where(initiatives.c.id == initiative_id).values(withdrawn_at=None))
    raise_generation(connection)


def switch(connection: Connection, initiative_id: str, is_active: bool) -> None:
    """Switch all sources of an initiative on or off."""
    rows = connection.execute(select(sources.c.id, sources.c.fields)).all()
    theirs = [row.id for row in rows if decode(Source, row.fields).initiative == initiative_id]
    connection.execute(update(sources).where(sources.c.id.in_(theirs)).values(active=is_active))


def withdrawn(connection: Connection) -> tuple[Listed, ...]:
    """The initiatives that withdrew and can still be restored, the latest first."""
    question = select(initiatives).where(initiatives.c.withdrawn_at.is_not(None))
    rows = connection.execute(question.order_by(initiatives.c.withdrawn_at.desc()))
    return tuple(Listed(decode(Initiative, row.fields), row.origin == FROM_WEB, row.withdrawn_at) for row in rows)


def forget_withdrawn(connection: Connection, before: datetime) -> tuple[str, ...]:
    """Delete all that is left of registered initiatives that withdrew before that moment; returns their ids."""
    table = initiatives.c
    old = (table.withdrawn_at < before, table.origin == FROM_WEB)
    gone = tuple(connection.scalars(select(table.id).where(*old)))
    rows = connection.execute(select(sources.c.id, sources.c.fields)).all() if gone else ()
    forget_sources(connection, [row.id for row in rows if decode(Source, row.fields).initiative in gone])
    theirs = (owner_links.c.initiative_id, pictures.c.initiative_id, saved_filters.c.initiative_id)
    for column in (*theirs, choosing_alliances.c.umbrella_id, invitations.c.umbrella_id, table.id):
        connection.execute(delete(column.table).where(column.in_(gone)))
    connection.execute(delete(judged_suggestions).where(judged_suggestions.c.initiative_id.in_(gone)))
    alliances = or_(memberships.c.initiative_id.in_(gone), memberships.c.umbrella_id.in_(gone))
    connection.execute(delete(memberships).where(alliances))
    return gone


def forget_sources(connection: Connection, source_ids: Collection[str]) -> None:
    """Delete sources with everything that hangs on them."""
    for table in (records, bodies, defects, outlines, fetch_log, own_dates):
        connection.execute(delete(table).where(table.c.source_id.in_(source_ids)))
    connection.execute(delete(sources).where(sources.c.id.in_(source_ids)))


def next_position(connection: Connection) -> int:
    """After all initiatives and sources that are there."""
    highest = (connection.scalar(select(func.max(table.c.position))) or 0 for table in (initiatives, sources))
    return max(FIRST_POSITION, *(position + 1 for position in highest))


def free_id(connection: Connection, name: str) -> str:
    """An id made of the name that nobody has or had."""
    taken = {*connection.scalars(select(initiatives.c.id)), *connection.scalars(select(memberships.c.initiative_id))}
    return first_free(slug(name), taken)


def free_source_id(connection: Connection, initiative_id: str) -> str:
    """An id for one more source of the initiative."""
    return first_free(initiative_id, set(connection.scalars(select(sources.c.id))))


def first_free(wanted: str, taken: Collection[str]) -> str:
    """The wanted id, or with the first number that makes it free."""
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wanted, *numbered) if each not in taken)


def slug(name: str) -> str:
    """A name as it can stand in addresses: letters, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", key(name)).strip("-")
    return plain[:LONGEST_ID].strip("-") or "initiative"
