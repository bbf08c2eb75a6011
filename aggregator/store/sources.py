"""The sources in use: what to fetch, what is remembered of each, and how it is doing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, or_, select, update

from aggregator.model.defects import Defect, DefectKind
from aggregator.model.fetching import SourceState
from aggregator.model.health import SourceOverview
from aggregator.model.sources import Source
from aggregator.store import matching
from aggregator.store.codec import decode, encode
from aggregator.store.queries import initiatives
from aggregator.store.records import IS_NOTICE
from aggregator.store.rows import in_batches, put_rows
from aggregator.store.schema import defects, members, records, sources
from aggregator.store.sealing import STATE_COLUMNS, source_of, state_of, state_row

STATED: dict[str, Any] = {name: bindparam(f"new_{name}") for name in STATE_COLUMNS}
SAVE_STATE = update(sources).where(sources.c.id == bindparam("source")).values(STATED)
Visit = tuple[Source, SourceState]


def load_active(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Visit, ...]:
    """All sources that are switched on, in the order of sources.yaml, with what is remembered of them.

    With conditions only those for which they hold.
    """
    rows = connection.execute(active().where(*conditions).order_by(sources.c.position, sources.c.id))
    return tuple((source_of(connection, row.fields), state_of(connection, row.state)) for row in rows)


def load_due(connection: Connection, until: datetime, beyond: datetime) -> tuple[Visit, ...]:
    """The sources in use whose next visit is not after `until`, or after `beyond`, or not known."""
    return load_active(connection, may_be_due(until, beyond))


def may_be_due(until: datetime, beyond: datetime) -> ColumnElement[bool]:
    """Whether a source's next visit is planned at such a moment, or not at all."""
    planned = sources.c.next_at
    return or_(planned.is_(None), planned <= until, planned > beyond)


def load_mentioning(connection: Connection, host: str) -> tuple[Visit, ...]:
    """The sources in use at this host (lower case, ASCII, maybe with its port), and a few that mention it otherwise."""
    # Names with other letters, and the longer numbers, have several spellings.
    if "xn--" in host or host.count(":") > 1:
        return load_active(connection)
    name = host.partition(":")[0]
    return load_active(connection, func.lower(sources.c.fields).contains(name, autoescape=True))


def load_troubled(connection: Connection, and_these: Iterable[str]) -> tuple[Visit, ...]:
    """The sources in use that fail or are held, and in any case those that are named."""
    found = load_active(connection, sources.c.is_troubled)
    here = {source.id for source, _ in found}
    named = [load_active(connection, sources.c.id.in_(batch)) for batch in in_batches({*and_these} - here)]
    return (*found, *chain.from_iterable(named))


def count_active(connection: Connection) -> int:
    """How many sources are in use."""
    return connection.scalar(select(func.count()).where(sources.c.active)) or 0


def find(connection: Connection, source_id: str) -> Visit | None:
    """One source that is switched on, with what is remembered of it."""
    return next(iter(load_active(connection, sources.c.id == source_id)), None)


def is_untouched(connection: Connection, source_id: str, before: SourceState) -> bool:
    """Whether nobody visited the source since that state was read; holds its row until the transaction ends."""
    row = connection.execute(select(sources.c.state).where(sources.c.id == source_id).with_for_update()).first()
    return row is not None and state_of(connection, row.state).last_attempt_at == before.last_attempt_at


def untouched(connection: Connection, before: Mapping[str, SourceState]) -> set[str]:
    """Those of the sources that nobody visited since these states were read; holds their rows, too."""
    found = set()
    for batch in in_batches(sorted(before)):
        question = select(sources.c.id, sources.c.state).where(sources.c.id.in_(batch)).order_by(sources.c.id)
        for row in connection.execute(question.with_for_update()):
            if state_of(connection, row.state).last_attempt_at == before[row.id].last_attempt_at:
                found.add(row.id)
    return found


def save_state(connection: Connection, source_id: str, state: SourceState) -> None:
    """Remember the state; write it in the transaction of the records it belongs to, as the last thing.

    Validators that outlive their records would turn a crash into lost events: the next answer is a 304.
    """
    save_states(connection, {source_id: state})


def save_states(connection: Connection, states: Mapping[str, SourceState]) -> None:
    """The same for several sources."""
    if states:
        rows = [{"source": id_, **new_values(connection, state)} for id_, state in states.items()]
        connection.execute(SAVE_STATE, rows)


def new_values(connection: Connection, state: SourceState) -> dict[str, Any]:
    """The columns of a state as SAVE_STATE names them."""
    return {f"new_{name}": value for name, value in state_row(connection, state).items()}


def postpone(connection: Connection, source_ids: Collection[str], until: datetime) -> None:
    """Let none of the sources be asked before that moment; a later time that is set already stays."""
    for batch in in_batches(source_ids):
        for source, state in load_active(connection, sources.c.id.in_(batch)):
            if state.next_at is None or state.next_at < until:
                save_state(connection, source.id, replace(state, next_at=until))


def save_defects(connection: Connection, source_id: str, found: tuple[Defect, ...]) -> None:
    """Replace what was wrong with the source's last answer; writes nothing if it is the same."""
    here = defects.c.source_id == source_id
    text = encode(found)
    if connection.scalar(select(defects.c.fields).where(here)) == (text if found else None):
        return
    if found:
        put_rows(connection, defects, [{"source_id": source_id, "fields": text}])
    else:
        connection.execute(delete(defects).where(here))


def overviews(connection: Connection) -> tuple[SourceOverview, ...]:
    """How each source in use is doing, in the order of sources.yaml."""
    names = {initiative.id: initiative.name for initiative in initiatives(connection).values()}
    events, notices = counts(connection, events_by_source()), counts(connection, notices_by_source())
    held = matching.held_by_source(connection)
    wrong = {row.source_id: decode(tuple[Defect, ...], row.fields) for row in connection.execute(select(defects))}
    return tuple(
        SourceOverview(
            source=source,
            initiative_name=names.get(source.initiative, source.initiative),
            state=state,
            events=events.get(source.id, 0),
            notices=notices.get(source.id, 0),
            defects=(*wrong.get(source.id, ()), *held_apart(held.get(source.id, {}))),
        )
        for source, state in load_active(connection)
    )


def figures(connection: Connection) -> dict[str, tuple[int, int]]:
    """How many events and notices are visible from each source that has any."""
    events, notices = counts(connection, events_by_source()), counts(connection, notices_by_source())
    return {name: (events.get(name, 0), notices.get(name, 0)) for name in {*events, *notices}}


def held_apart(held: Mapping[str, int]) -> tuple[Defect, ...]:
    """What to tell of matches with other sources that were held back."""
    return tuple(
        Defect(DefectKind.HELD_APART, detail=f"{source}: {count}")
        for source, count in sorted(held.items(), key=lambda item: (-item[1], item[0]))
    )


def active() -> Select[tuple[str, str]]:
    """The fields and state of the sources that are switched on."""
    return select(sources.c.fields, sources.c.state).where(sources.c.active)


def events_by_source() -> Select[Any]:
    """How many merged events each source announces; a series counts once, what it withdrew not at all."""
    joined = records.join(members, members.c.record_id == records.c.id)
    return (
        grouped(func.count(members.c.event_id.distinct())).select_from(joined).where(records.c.withdrawn_at.is_(None))
    )


def notices_by_source() -> Select[Any]:
    """How many undated items each source has."""
    return grouped(func.count()).where(IS_NOTICE, records.c.withdrawn_at.is_(None))


def grouped(number: ColumnElement[int]) -> Select[Any]:
    """The number for each source that has records."""
    return select(records.c.source_id, number).group_by(records.c.source_id)


def counts(connection: Connection, question: Select[Any]) -> dict[str, int]:
    """The answer to a question for names and their numbers."""
    return dict(connection.execute(question).all())
