"""Merged events: their identities, which are kept for ever, and all that a relink derives."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Select, delete, select

from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent
from aggregator.model.facts import Fact, Reply
from aggregator.model.linkage import Member, Relation
from aggregator.model.publishing import EventChanges, EventToWrite, StoredIdentity, StoredMember
from aggregator.model.stems import stems_of
from aggregator.model.text import key
from aggregator.store import changed, feed_blocks, matching
from aggregator.store.codec import decode, encode
from aggregator.store.rows import Row, add_rows, delete_rows, in_batches, put_rows, raise_generation
from aggregator.store.schema import (
    event_initiatives,
    event_languages,
    event_topics,
    events,
    history,
    identities,
    members,
    occurrences,
)
from aggregator.store.sphere import position

PUBLISHED = select(events.c.fields, identities).join(identities, identities.c.id == events.c.id)
DERIVED = (members, occurrences, event_topics, event_initiatives, event_languages)
WEEK = 7
# The index of words is brought up to date after each statement; for one event alone that is two thirds of writing it.
INDEXED_TOGETHER = 250
# Another word here makes the next relink write every event anew: what its rows are made of has changed.
ROWS = "stems"


def load_identities(connection: Connection) -> tuple[StoredIdentity, ...]:
    """All identities ever minted, sorted by id, aliases included."""
    return stored_identities(connection, select(identities).order_by(identities.c.id))


def load_identities_of(connection: Connection, column: str, values: Collection[str]) -> tuple[StoredIdentity, ...]:
    """The identities that have one of the values in that column (`id`, `founder` or `merged_into`)."""
    wanted = identities.c[column]
    questions = (select(identities).where(wanted.in_(batch)) for batch in in_batches(values))
    return tuple(found for question in questions for found in stored_identities(connection, question))


def stored_identities(connection: Connection, question: Select[Any]) -> tuple[StoredIdentity, ...]:
    """The answer to a question for whole rows of identities."""
    return tuple(StoredIdentity(identity_of(row), row.merged_into) for row in connection.execute(question))


def load_members(connection: Connection, ids: Collection[str] | None = None) -> dict[str, StoredMember]:
    """For each record, or each of these, that is part of an event: of which, and how."""
    question = select(members).order_by(members.c.record_id)
    if ids is None:
        return dict(stored_members(connection, question))
    questions = (question.where(members.c.record_id.in_(batch)) for batch in in_batches(ids))
    return dict(found for question in questions for found in stored_members(connection, question))


def load_members_of(connection: Connection, event_ids: Collection[str]) -> dict[str, StoredMember]:
    """The records of these events, with how they belong."""
    questions = (select(members).where(members.c.event_id.in_(batch)) for batch in in_batches(event_ids))
    return dict(found for question in questions for found in stored_members(connection, question))


def stored_members(connection: Connection, question: Select[Any]) -> Iterator[tuple[str, StoredMember]]:
    """The answer to a question for whole rows of members, by record id."""
    for row in connection.execute(question):
        member = Member(row.record_id, Relation(row.relation), row.occurrence, row.rule, row.matched_with)
        yield row.record_id, StoredMember(row.event_id, member)


def load_published(
    connection: Connection, ids: Collection[str] | None = None, again: bool = True
) -> tuple[PublishedEvent, ...]:
    """All merged events, or those of the ids that exist, sorted by id.

    `again` is False for events that nobody will ask for as they are now: they need not stay in memory.
    """
    if ids is None:
        return published_events(connection, PUBLISHED.order_by(events.c.id))
    batches = in_batches(sorted(set(ids)))
    questions = (PUBLISHED.where(events.c.id.in_(batch)).order_by(events.c.id) for batch in batches)
    return tuple(event for question in questions for event in published_events(connection, question, again))


def load_digests(connection: Connection, ids: Collection[str] | None = None) -> dict[str, str]:
    """The digest of each stored event, or of these: what a relink compares before it renders and writes anything."""
    question = select(events.c.id, events.c.digest)
    questions = [question] if ids is None else [question.where(events.c.id.in_(batch)) for batch in in_batches(ids)]
    return {row.id: row.digest for question in questions for row in connection.execute(question)}


def digest(published: PublishedEvent, members: Sequence[Member], rendering: str = "", fields: str = "") -> str:
    """A hash of all that an event's rows are made of; `rendering` as in EventChanges.

    `fields` is the event as text where that is known already, since most of the work is to write it.
    """
    # As the published event is written: a list of one, as are its parts.
    event, identity = (fields or encode(published.event))[1:-1], encode(published.identity)[1:-1]
    parts = (f'[{{"identity":{identity},"event":{event}}}]', encode(tuple(members)), rendering, ROWS)
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def write(connection: Connection, changes: EventChanges, zone: str) -> None:
    """Write what a relink found different, and raise the generation once; nothing for no changes.

    `zone` is the site's: it decides on which local days an occurrence is listed.
    """
    if changes.is_empty:
        return
    feed_blocks.forget(connection, [*changes.removed, *(event.id for event in changes.events)])
    put_rows(connection, identities, [identity_row(stored) for stored in changes.identities])
    delete_rows(connection, events.c.id, changes.removed)
    ids = [event.id for event in changes.events]
    for table in DERIVED:
        delete_rows(connection, table.c.event_id, ids)
    rows = [event_row(event, changes.rendering) for event in changes.events]
    put_rows(connection, events, rows, together=INDEXED_TOGETHER)
    # A record may come from an event that is not among the changes any more: the new one wins.
    put_rows(connection, members, [row for event in changes.events for row in member_rows(event)])
    add_rows(connection, occurrences, [row for event in changes.events for row in occurrence_rows(event, zone)])
    add_rows(connection, event_topics, [row for event in changes.events for row in topic_rows(event)])
    add_rows(connection, event_initiatives, [row for event in changes.events for row in initiative_rows(event)])
    add_rows(connection, event_languages, [row for event in changes.events for row in language_rows(event)])
    add_rows(connection, history, [history_row(event) for event in changes.events if event.history])
    raise_generation(connection)
    changed.note(connection, [*changes.removed, *ids])


def drop_derived(connection: Connection) -> None:
    """Delete all that a relink can make again: every merged event, but no identity and no history."""
    for table in (*DERIVED, events):
        connection.execute(delete(table))
    feed_blocks.forget_all(connection)
    matching.forget(connection)
    raise_generation(connection)
    changed.note_everything(connection)


@lru_cache(maxsize=512)
def decoded(fields: str) -> MergedEvent:
    """The event in the column `fields`; most are asked for again with the next page."""
    return decode(MergedEvent, fields)


def published_events(connection: Connection, question: Select[Any], again: bool = True) -> tuple[PublishedEvent, ...]:
    """The answer to a question made from PUBLISHED."""
    read = decoded if again else decoded.__wrapped__
    return tuple(PublishedEvent(identity_of(row), read(row.fields)) for row in connection.execute(question))


def identity_of(row: Any) -> EventIdentity:
    """The identity in one row."""
    return EventIdentity(
        id=row.id,
        uid=row.uid,
        founder=row.founder,
        sequence=row.sequence,
        created_at=row.created_at,
        modified_at=row.modified_at,
        fingerprint=row.fingerprint,
    )


def identity_row(stored: StoredIdentity) -> Row:
    """The row of an identity."""
    identity = stored.identity
    return {
        "id": identity.id,
        "uid": identity.uid,
        "founder": identity.founder,
        "sequence": identity.sequence,
        "created_at": identity.created_at,
        "modified_at": identity.modified_at,
        "fingerprint": identity.fingerprint,
        "merged_into": stored.merged_into,
    }


def event_row(written: EventToWrite, rendering: str) -> Row:
    """The row of the event itself, with all that filters ask for."""
    event = written.published.event
    place_name = event.place.name or event.place.text
    fields = encode(event)
    return {
        "id": written.id,
        "fields": fields,
        "ics": written.ics,
        "digest": digest(written.published, written.members, rendering, fields),
        "title": key(event.title),
        "place": key(event.place.text),
        "place_name": " ".join(place_name.split()),
        "search_text": search_text(event),
        **position(event.place),
        **facts_columns(event),
    }


def search_text(event: MergedEvent) -> str:
    """All its words in their normal form, and the stems of those that people look for."""
    named = key(f"{event.title} {event.place.text}")
    return f"{named} {key(event.description)} {stems_of(named)}"


def facts_columns(event: MergedEvent) -> Row:
    """The facts as yes, no, or nothing where nobody told.

    A place that is named, and no word of a way to take part from home, says that it is on site.
    """
    facts = event.facts
    by_place = True if event.place.online else False if event.place.text else None
    online = yes_or_no(facts.online)
    return {
        "free": yes_or_no(facts.free),
        "accessible": yes_or_no(facts.accessible),
        "children": yes_or_no(facts.children),
        "online": by_place if online is None else online,
    }


def yes_or_no(fact: Fact) -> bool | None:
    """The reply as a column holds it."""
    return {Reply.YES: True, Reply.NO: False}.get(fact.reply)


def member_rows(written: EventToWrite) -> Iterator[Row]:
    """One row for each record that the event was merged from."""
    for member in written.members:
        yield {
            "record_id": member.record,
            "event_id": written.id,
            "relation": member.relation.value,
            "occurrence": member.occurrence,
            "rule": member.rule,
            "matched_with": member.matched_with,
        }


def occurrence_rows(written: EventToWrite, zone: str) -> Iterator[Row]:
    """One row for each time that it takes place; `position` counts inside the event."""
    for position_in_event, occurrence in enumerate(written.published.event.occurrences):
        first_day, last_day = occurrence.days(zone)
        yield {
            "event_id": written.id,
            "position": position_in_event,
            "start_at": occurrence.start.instant,
            "end_at": occurrence.ends_at,
            "first_day": first_day,
            "last_day": last_day,
            "all_day": occurrence.start.is_date,
            "weekdays": weekday_bits(first_day, last_day),
            "start_minute": start_minute(occurrence, zone),
        }


def weekday_bits(first: date, last: date) -> int:
    """A bit for each weekday from the first day to the last; Monday's is 1."""
    days = min((last - first).days + 1, WEEK)
    return sum(1 << (first + timedelta(days=number)).weekday() for number in range(days))


def start_minute(occurrence: EventOccurrence, zone: str) -> int | None:
    """The minute of the local day at which it begins; None when only days are known."""
    if occurrence.start.is_date:
        return None
    start = occurrence.start.local(zone)
    return 60 * start.hour + start.minute


def topic_rows(written: EventToWrite) -> Iterator[Row]:
    """One row for each topic, named once."""
    return ({"event_id": written.id, "topic": topic} for topic in dict.fromkeys(written.published.event.topics))


def initiative_rows(written: EventToWrite) -> Iterator[Row]:
    """One row for each initiative that announces it, named once."""
    names = dict.fromkeys(written.published.event.initiatives)
    return ({"event_id": written.id, "initiative": name} for name in names)


def language_rows(written: EventToWrite) -> Iterator[Row]:
    """One row for each language spoken there, named once."""
    languages = dict.fromkeys(written.published.event.facts.languages)
    return ({"event_id": written.id, "language": language} for language in languages)


def history_row(written: EventToWrite) -> Row:
    """What became visibly different with this writing."""
    at = written.published.identity.modified_at
    return {"event_id": written.id, "at": at, "fields": encode(written.history)}
