"""From records to what the public sees: link, merge, render, and write what differs.

Everything written here but the identities and the history can be dropped and is rebuilt byte for byte. All records are
looked at together once a day and when much is new; what they teach is stored, and until then a change is matched with
its surroundings only, which gives for them what a look at all records with the same lessons would give.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

from sqlalchemy import Connection

from aggregator.export.ics import block
from aggregator.match.deciding import HumanVerdicts, verdicts_by_pair
from aggregator.match.learning import Learnt, Lessons
from aggregator.match.linking import Linkage, Whole, link_part
from aggregator.model.linkage import HumanVerdict
from aggregator.model.publishing import EventChanges, StoredIdentity
from aggregator.model.records import Record, Sighting, StoredRecord
from aggregator.model.settings import Settings
from aggregator.pipeline.cabinet import link_many, nothing_thrown_away
from aggregator.pipeline.frames import Frame, load_frame, mark_of, town_of
from aggregator.pipeline.identities import possible_ids
from aggregator.pipeline.merging import Known, decide, decided, joined, with_history
from aggregator.pipeline.shelf import Shelf, keys_of_statement, umbrella_key
from aggregator.pipeline.stock import Spool, Stock, spooled
from aggregator.pipeline.vicinity import Vicinity, renew
from aggregator.store import corrections, events, feed_blocks, matching, questions, records, verdicts
from aggregator.store.codec import decode, encode
from aggregator.store.database import Store
from aggregator.store.matching import Key, Kind, StoredLessons
from aggregator.store.rows import room_for_many

__all__ = ["load", "relink", "town_of"]

# How long a future event that its source no longer lists stays visible, marked (rule 4).
WITHDRAWN_SHOWN_FOR = timedelta(days=14)
# A tick and somebody who waits on a page may want it at the same moment.
ONE_AT_A_TIME = Lock()
# Once one record in so many has changed since they were learnt, lessons are learnt anew; but a look at all records
# costs as much as matching a good part of them, so for some hours it takes so many times as many.
STALE_SHARE = 50
BELIEVED_FOR = timedelta(hours=6)
MORE_WHILE_BELIEVED = 6
# Time alone changes what is shown, and not everybody runs the scheduler, which looks at all once a day.
KEPT_FOR = timedelta(hours=25)
# So many records lie in the memory as a whole; of a region they are read as they are asked for.
FEW = 20_000

Look = Callable[[Store, Settings, datetime], EventChanges]

logger = logging.getLogger(__name__)


class Memory:
    """What a process keeps from one relink to the next, since reading it costs more than matching a change."""

    def __init__(self) -> None:
        """Know nothing."""
        self.frame: Frame | None = None
        self.digest = ""
        self.learnt: Learnt | None = None


MEMORY = Memory()


def relink(
    store: Store, settings: Settings, now: datetime, whole: bool = False, look: Look | None = None
) -> EventChanges:
    """Bring the merged events up to date with the records; returns what was written.

    `whole` looks at all records and learns anew; so does a relink that finds too much changed for its lessons. `look`
    does that in another way than `relink_whole`.
    """
    with ONE_AT_A_TIME:
        changes = None if whole else relink_part_safely(store, settings, now)
        return (look or relink_whole)(store, settings, now) if changes is None else changes


def relink_part_safely(store: Store, settings: Settings, now: datetime) -> EventChanges | None:
    """The same as `relink_part`; a mistake of ours in it costs time, not a calendar that stands still."""
    try:
        return relink_part(store, settings, now)
    except Exception:
        logger.exception("the changes could not be matched by themselves; all records are looked at")
        return None


def relink_whole(store: Store, settings: Settings, now: datetime) -> EventChanges:
    """Look at all records together; those of a region do not have to fit into the memory."""
    with store.reading() as connection:
        _, notes = matching.load_touched(connection)
        number = len(records.sightings(connection))
    with nothing_thrown_away():
        if number <= FEW:
            turns: list[EventChanges] = []
            return joined(rebuilt(store, load(store, settings, now), turns, notes, now))
        with store.reading() as connection, spooled() as spool:
            known = known_of(connection, settings, now, in_stock=True)
            written = [(each.number, each.removed) for each in rebuilt(store, known, spool, notes, now)]
    removed = tuple(event for _, events_removed in written for event in events_removed)
    return EventChanges(removed=removed, written=sum(number for number, _ in written))


def rebuilt(
    store: Store, known: Known, turns: list[EventChanges] | Spool, notes: frozenset[int], now: datetime
) -> Iterator[EventChanges]:
    """What was written after a look at all records, in turns; all is decided before anything is written."""
    whole = link_known(known)
    for changes in decided(known, whole.linkage, now):
        turns.append(changes)
    with store.writing() as connection, room_for_many(connection):
        for changes in turns:
            changes = with_stored_history(connection, changes)
            events.write(connection, changes, known.frame.settings.site.timezone)
            yield changes
        feed_blocks.renew(connection, block)
        questions.replace_all(connection, whole.linkage.questions)
        matching.put_held(connection, held_pairs(whole.linkage))
        matching.replace_keys(connection, all_keys(known, whole))
        lessons = encode(whole.learnt.lessons)
        matching.save_lessons(connection, lessons, known.frame.mark, len(known.records), now)
        matching.settle(connection, notes)


def relink_part(store: Store, settings: Settings, now: datetime) -> EventChanges | None:
    """Look at what changed and its surroundings; None if that would not do."""
    with store.writing() as connection:
        touched, notes = matching.load_touched(connection)
        mark, stored = mark_of(connection, settings), matching.learnt(connection)
        if stored is None or stored.frame != mark or is_stale(stored, touched, now):
            return None
        if not touched:
            return EventChanges()
        frame = load_frame(connection, settings, MEMORY.frame, mark)
        shelf = Shelf(connection, lessons_for(connection, frame, stored), partial(is_shown, now=now))
        changes = match_part(shelf, frame, touched, now)
        matching.settle(connection, notes)
    return changes


def is_stale(learnt: StoredLessons, touched: Collection[str], now: datetime) -> bool:
    """Whether so much has changed, or so long ago was learnt, that all records should be looked at."""
    age = now - learnt.learnt_at
    share = STALE_SHARE if age > BELIEVED_FOR else STALE_SHARE // MORE_WHILE_BELIEVED
    return age > KEPT_FOR or max(learnt.since, len(touched)) * share > learnt.records


def lessons_for(connection: Connection, frame: Frame, stored: StoredLessons) -> Learnt:
    """What was learnt, read once for a process."""
    known = MEMORY.learnt
    if known is None or MEMORY.frame is not frame or MEMORY.digest != stored.digest:
        known = Learnt(frame.town, decode(Lessons, matching.load_lessons(connection)))
        MEMORY.frame, MEMORY.digest, MEMORY.learnt = frame, stored.digest, known
    return known


def match_part(shelf: Shelf, frame: Frame, touched: Collection[str], now: datetime) -> EventChanges:
    """Match changed records and what surrounds them, and write what differs."""
    connection = shelf.connection
    seeds = renew(shelf, touched)
    vicinity = Vicinity(shelf, said_in(shelf, verdicts.load(connection)))
    vicinity.grow(seeds)
    part = vicinity.part()
    linkage = link_part(part, vicinity.said, shelf.learnt.corpus)
    ids = vicinity.units | {record.id for record in part.beside}
    known = load_part(shelf, frame, linkage, ids, seeds)
    changes = with_stored_history(connection, decide(known, linkage, now))
    events.write(connection, changes, frame.settings.site.timezone)
    feed_blocks.renew(connection, block)
    concerned = ids | set(touched)
    questions.replace_some(connection, concerned, linkage.questions)
    matching.put_held(connection, held_pairs(linkage), concerned)
    matching.put_umbrellas(connection, vicinity.units, umbrella_keys(linkage, vicinity.units))
    return changes


def with_stored_history(connection: Connection, changes: EventChanges) -> EventChanges:
    """The changes with what they make visibly different of what is stored."""
    # A series of years weighs a megabyte, and what was before this change is never asked for again.
    before = events.load_published(connection, [each.id for each in changes.events], again=False)
    return with_history(changes, before)


def held_pairs(linkage: Linkage) -> list[tuple[str, str]]:
    """The matches that were held back."""
    return [(each.left, each.right) for each in linkage.held]


def said_in(shelf: Shelf, human: Sequence[HumanVerdict]) -> HumanVerdicts:
    """What people said, by pair of units: of an override it counts for its series."""
    named = {id_ for verdict in human for id_ in (verdict.left, verdict.right)}
    unit = {id_: shelf.series_behind(id_) for id_ in shelf.fetch(named)}
    return verdicts_by_pair(
        [replace(said, left=unit.get(said.left, said.left), right=unit.get(said.right, said.right)) for said in human]
    )


def umbrella_keys(linkage: Linkage, units: Collection[str]) -> dict[str, list[int]]:
    """By which numbers the items among the units are found by their festivals."""
    keys: dict[str, list[int]] = {}
    for belonging in linkage.parts:
        if belonging.item in units:
            keys.setdefault(belonging.item, []).append(umbrella_key(belonging.umbrella))
    return keys


def all_keys(known: Known, whole: Whole) -> Iterator[tuple[str, Key]]:
    """By which numbers each record is found."""
    units = {unit.record for unit in whole.ledger.units}
    for record in Statements(known.records):
        yield from ((record.id, key) for key in keys_of_statement(record, record.id in units))
    for id_, keys in umbrella_keys(whole.linkage, units).items():
        yield from ((id_, (Kind.UMBRELLA, key)) for key in keys)
    yield from ((id_, (Kind.BLOCK, key)) for id_, key in whole.ledger.of_days())
    yield from ((id_, (Kind.MARK, key)) for id_, key in whole.ledger.of_marks())


def load(store: Store, settings: Settings, now: datetime) -> Known:
    """What the store holds, but for events that were withdrawn too long ago to be shown."""
    with store.reading() as connection:
        return known_of(connection, settings, now)


def known_of(connection: Connection, settings: Settings, now: datetime, in_stock: bool = False) -> Known:
    """The same; `in_stock` if the records are to be read when they are asked for, while the connection is open."""
    if in_stock:
        seen = {id_: each for id_, each in records.sightings(connection).items() if is_shown(each, now)}
    else:
        every = {each.record.id: each for each in records.load(connection) if is_shown(each, now)}
    return Known(
        frame=load_frame(connection, settings),
        records=Stock(connection, seen) if in_stock else every,
        identities=events.load_identities(connection),
        members=events.load_members(connection),
        digests=events.load_digests(connection),
        corrections=corrections.load(connection),
        human=verdicts.load(connection),
    )


def load_part(shelf: Shelf, frame: Frame, linkage: Linkage, ids: Collection[str], seeds: Iterable[str]) -> Known:
    """What the store holds of these records, and of the events that they or what became of them made."""
    connection = shelf.connection
    members = events.load_members(connection, {*ids, *seeds})
    old = {member.event for member in members.values()}
    festivals = {linkage.elsewhere.get(belonging.umbrella, "") for belonging in linkage.parts} - {""}
    return Known(
        frame=frame,
        records=shelf.fetch(ids),
        identities=claimants(connection, ids, old),
        members=members,
        digests=events.load_digests(connection, old),
        corrections=corrections.load(connection),
        elsewhere={each.identity.id: each.event for each in events.load_published(connection, festivals)},
    )


def claimants(connection: Connection, ids: Collection[str], old: Collection[str]) -> tuple[StoredIdentity, ...]:
    """The identities that may claim an event of these records, those that redirect to one, and ids that are taken."""
    wanted = {*old} | {possible for id_ in ids for possible in possible_ids(id_)}
    found = {each.identity.id: each for each in events.load_identities_of(connection, "id", wanted)}
    found |= {each.identity.id: each for each in events.load_identities_of(connection, "founder", ids)}
    redirects = events.load_identities_of(connection, "merged_into", list(found))
    found |= {each.identity.id: each for each in redirects}
    return tuple(found[id_] for id_ in sorted(found))


def is_shown(stored: StoredRecord | Sighting, now: datetime) -> bool:
    """Whether a record still takes part: a withdrawn one for two weeks."""
    return stored.withdrawn_at is None or now - stored.withdrawn_at < WITHDRAWN_SHOWN_FOR


def link_known(known: Known) -> Whole:
    """A look at all records together."""
    return link_many(Statements(known.records), len(known.records), known.frame.town, known.human)


class Statements(Iterable[Record]):
    """What records say, in the order of their ids, as often as they are gone through."""

    def __init__(self, stored: Mapping[str, StoredRecord]) -> None:
        """Go through these."""
        self.stored = stored

    def __iter__(self) -> Iterator[Record]:
        """One after the other; of a stock each time anew."""
        if isinstance(self.stored, Stock):
            return self.stored.statements()
        return (each.record for _, each in sorted(self.stored.items()))
