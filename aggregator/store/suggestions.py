"""Dates that the words of a notice may tell, not surely enough for an event: those that wait, and what people said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, delete, select

from aggregator.model.events import EventOccurrence
from aggregator.model.own_dates import OwnDate
from aggregator.model.prose import Suggestion
from aggregator.model.records import Record
from aggregator.model.sources import Source
from aggregator.store import own_dates
from aggregator.store.codec import decode, encode
from aggregator.store.operators_schema import judged_suggestions as judged
from aggregator.store.records import IS_NOTICE
from aggregator.store.rows import put_rows
from aggregator.store.schema import records, sources

# As the codec writes the field; a notice without suggestions does not have it.
HAS_SUGGESTIONS = '"suggestions":'


class Answer(StrEnum):
    """What a person said of a suggestion."""

    TAKEN = "taken"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A date that `notice` may tell. `id` changes when the notice tells another one; then people are asked anew."""

    id: str
    initiative: str
    notice: Record
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of one; `source` and `date_id` name the typed-in date that it became, "" for none."""

    id: str
    initiative: str
    title: str
    answer: Answer
    by: str
    at: datetime
    source: str = ""
    date_id: str = ""


def waiting(connection: Connection, now: datetime, initiatives: Collection[str] = ()) -> tuple[Waiting, ...]:
    """Those to come that nobody judged, the next first; of the initiatives, or of all."""
    question = (
        select(records.c.fields, sources.c.fields.label("source_fields"))
        .join(sources, sources.c.id == records.c.source_id)
        .where(IS_NOTICE, records.c.withdrawn_at.is_(None), sources.c.active)
        .where(records.c.fields.contains(HAS_SUGGESTIONS, autoescape=True))
    )
    known = set(connection.scalars(select(judged.c.id)))
    found = (
        Waiting(name_of(notice, each), decode(Source, row.source_fields).initiative, notice, each)
        for row in connection.execute(question)
        for notice in [decode(Record, row.fields)]
        for each in notice.suggestions
        if is_to_come(each, now)
    )
    wanted = (one for one in found if one.id not in known and (not initiatives or one.initiative in initiatives))
    return tuple(sorted(wanted, key=lambda one: (one.suggestion.start.instant, one.notice.title, one.id)))


def is_to_come(suggestion: Suggestion, now: datetime) -> bool:
    """Whether it is not over; a repetition goes on."""
    occurrence = EventOccurrence(suggestion.start, suggestion.start, suggestion.end)
    return bool(suggestion.rule) or occurrence.ends_at > now


def name_of(notice: Record, suggestion: Suggestion) -> str:
    """The name of a suggestion: of the notice, and of what its words tell."""
    return blake2b(f"{notice.id} {encode(suggestion)}".encode(), digest_size=16).hexdigest()


def take(connection: Connection, one: Waiting, source_id: str, date: OwnDate, said: tuple[str, datetime]) -> None:
    """Enter it as a typed-in date of that source. `said` is by whom, and when."""
    kept = own_dates.put(connection, source_id, date, said[1])
    note(connection, one, Judged(one.id, one.initiative, date.title, Answer.TAKEN, *said, source_id, kept.id))


def dismiss(connection: Connection, one: Waiting, said: tuple[str, datetime]) -> None:
    """It is no date: ask no more. `said` is by whom, and when."""
    note(connection, one, Judged(one.id, one.initiative, one.notice.title, Answer.DISMISSED, *said))


def note(connection: Connection, one: Waiting, said: Judged) -> None:
    """Keep what was said."""
    row = {
        "id": one.id,
        "initiative_id": said.initiative,
        "title": said.title,
        "answer": said.answer.value,
        "given_by": said.by,
        "given_at": said.at,
        "own_source_id": said.source,
        "date_id": said.date_id,
    }
    put_rows(connection, judged, [row])


def answers(connection: Connection, initiatives: Collection[str] = (), most: int = 10) -> tuple[Judged, ...]:
    """What was said last; of the initiatives, or of all."""
    question = select(judged).order_by(judged.c.given_at.desc(), judged.c.id).limit(most)
    if initiatives:
        question = question.where(judged.c.initiative_id.in_(initiatives))
    return tuple(judged_of(row) for row in connection.execute(question))


def load(connection: Connection, suggestion_id: str) -> Judged | None:
    """What was said of one."""
    row = connection.execute(select(judged).where(judged.c.id == suggestion_id)).first()
    return judged_of(row) if row else None


def take_back(connection: Connection, said: Judged) -> None:
    """Ask again; the date that it became goes."""
    connection.execute(delete(judged).where(judged.c.id == said.id))
    if said.date_id:
        own_dates.remove(connection, said.source, said.date_id)


def forget(connection: Connection, before: datetime) -> None:
    """Drop what was said before that moment: the notices are long over."""
    connection.execute(delete(judged).where(judged.c.given_at < before))


def judged_of(row: Any) -> Judged:
    """What was said, of one row."""
    answer = Answer(row.answer)
    return Judged(
        row.id, row.initiative_id, row.title, answer, row.given_by, row.given_at, row.own_source_id, row.date_id
    )
