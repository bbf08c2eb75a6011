"""What the pages for joining in ask of the store: notices that are not over, and deadlines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from aggregator.model.filters import EventFilter
from aggregator.model.notices import SHOWN_FOR, Notice
from aggregator.model.records import Record
from aggregator.model.sources import Initiative, Source
from aggregator.model.text import key
from aggregator.model.times import Window
from aggregator.model.umbrellas import members_of
from aggregator.store import topic_words
from aggregator.store.alliance_pages import is_choosing
from aggregator.store.codec import decode
from aggregator.store.queries import initiatives
from aggregator.store.records import IS_NOTICE
from aggregator.store.schema import members, records, sources

LIVE = (
    select(records, sources.c.fields.label("source_fields"))
    .join(sources, sources.c.id == records.c.source_id)
    .where(sources.c.active, IS_NOTICE, records.c.withdrawn_at.is_(None))
)


def current_notices(connection: Connection, today: date, wanted: EventFilter) -> tuple[Notice, ...]:
    """The wanted notices that are not over, the newest first.

    What only points to an event of the calendar is left out: it stands on that event's page.
    """
    # Nothing is published later than we saw it; a day more, since UTC is not the local day.
    oldest = datetime.combine(today - SHOWN_FOR - timedelta(days=1), time(), UTC)
    may_be_current = or_(records.c.due_day >= today, and_(records.c.due_day.is_(None), records.c.first_seen >= oldest))
    found = (each for each in asked(connection, may_be_current, wanted) if each.last_day >= today)
    return tuple(sorted(found, key=lambda notice: (notice.published, notice.record.id), reverse=True))


def deadlines(connection: Connection, window: Window, wanted: EventFilter) -> tuple[Notice, ...]:
    """The wanted notices whose deadline ends in the window, the first to end first."""
    in_window = and_(records.c.due_day >= window.first, records.c.due_day < window.last)
    found = asked(connection, in_window, wanted)
    return tuple(sorted(found, key=lambda notice: (notice.last_day, notice.record.title, notice.record.id)))


def asked(connection: Connection, condition: ColumnElement[bool], wanted: EventFilter) -> list[Notice]:
    """The wanted notices for which the condition holds, in no order."""
    known = initiatives(connection)
    under = {one for umbrella in wanted.umbrellas for one in told_by(umbrella, known, connection)}
    question = LIVE.where(condition, records.c.id.not_in(select(members.c.record_id)))
    words = {one.word: one.topic for one in topic_words.load(connection)}
    found = (notice_of(row, known, words) for row in connection.execute(question))
    return [notice for notice in found if is_wanted(notice, wanted, under, known)]


def told_by(umbrella: str, known: Mapping[str, Initiative], connection: Connection) -> set[str]:
    """Whose notices an alliance shows: where it approves each event, nobody's but its own."""
    members = () if is_choosing(connection, umbrella) else members_of(umbrella, known)
    return {umbrella, *(one.id for one in members)}


def notice_of(row: Any, known: Mapping[str, Initiative], words: Mapping[str, str]) -> Notice:
    """The notice of one row; without topics of its own it has those of the given words, or of who tells it."""
    record, initiative = decoded(row.fields), source_of(row.source_fields).initiative
    own = record.topics or topic_words.meant_by(record.categories, words)
    topics = own or (known[initiative].topics if initiative in known else ())
    return Notice(record, initiative, topics, row.first_seen, row.changed_at)


@lru_cache(maxsize=2048)
def decoded(fields: str) -> Record:
    """The record in the column `fields`; most are asked for again with the next page."""
    return decode(Record, fields)


@lru_cache(maxsize=512)
def source_of(fields: str) -> Source:
    """The source in the column `fields`."""
    return decode(Source, fields)


def is_wanted(notice: Notice, wanted: EventFilter, under: Collection[str], known: Mapping[str, Initiative]) -> bool:
    """Whether topic, initiative, umbrella and words of the filter fit; it must ask for nothing else.

    `under` are those whose notices its umbrellas show.
    """
    return (
        (not wanted.topics or not set(wanted.topics).isdisjoint(notice.topics))
        and (not wanted.initiatives or notice.initiative in wanted.initiatives)
        and (not wanted.umbrellas or notice.initiative in under)
        and (not wanted.text or holds(notice, wanted.text, known))
    )


def holds(notice: Notice, text: str, known: Mapping[str, Initiative]) -> bool:
    """Whether every word stands in the notice or in the name of who tells it, as in a search for events."""
    record, words = notice.record, key(text).split()
    name = known[notice.initiative].name if notice.initiative in known else ""
    searched = key(f"{record.title} {record.place.text} {record.description} {name}")
    return bool(words) and all(word in searched for word in words)
