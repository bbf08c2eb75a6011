"""From records to what the public sees: link, merge, render, and write what differs.

Everything written here but the identities and the history can be dropped and is rebuilt byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from threading import Lock

from aggregator.export.ics import render_event
from aggregator.match.linking import Linkage, link
from aggregator.match.standardising import Town
from aggregator.match.survivorship import merge
from aggregator.model.corrections import Correction
from aggregator.model.events import EventIdentity, MergedEvent, PublishedEvent, Umbrella
from aggregator.model.linkage import Cluster, HumanVerdict
from aggregator.model.publishing import EventChanges, EventToWrite, StoredIdentity, StoredMember
from aggregator.model.records import StoredRecord
from aggregator.model.settings import Settings
from aggregator.model.sources import Initiative, Source
from aggregator.model.version import VERSION
from aggregator.pipeline.changes import decide_history
from aggregator.pipeline.correcting import corrected, is_hidden, of_events
from aggregator.pipeline.identities import Remembered, assign, revise
from aggregator.store import corrections, events, questions, records, registered, sources, verdicts
from aggregator.store.codec import encode
from aggregator.store.database import Store

# How long a future event that its source no longer lists stays visible, marked (rule 4).
WITHDRAWN_SHOWN_FOR = timedelta(days=14)
# A tick and somebody who waits on a page may want it at the same moment.
ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Known:
    """Everything that a relink decides from, as the store and the settings hold it."""

    settings: Settings
    records: Mapping[str, StoredRecord]
    sources: Mapping[str, Source]
    human: tuple[HumanVerdict, ...]
    identities: tuple[StoredIdentity, ...]
    members: Mapping[str, StoredMember]
    digests: Mapping[str, str]
    before: Mapping[str, MergedEvent]
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def initiatives(self) -> dict[str, Initiative]:
        """The initiatives by id."""
        return {initiative.id: initiative for initiative in self.settings.initiatives}

    @property
    def town(self) -> Town:
        """What matching knows beside the records."""
        return town_of(self.settings, self.sources)

    @cached_property
    def rendering(self) -> str:
        """A hash of all that rendered bytes depend on beside the event: when it moves, all are rendered anew."""
        frame = (self.settings.site, self.settings.initiatives, self.settings.topics)
        return blake2b("\0".join((VERSION, *map(encode, frame))).encode(), digest_size=8).hexdigest()


def relink(store: Store, settings: Settings, now: datetime) -> EventChanges:
    """Bring the merged events up to date with the records; returns what was written."""
    with ONE_AT_A_TIME:
        return relink_alone(store, settings, now)


def relink_alone(store: Store, settings: Settings, now: datetime) -> EventChanges:
    """The same, while no other thread does it."""
    known = load(store, settings, now)
    linkage = linkage_of(known)
    changes = decide(known, linkage, now)
    with store.reading() as connection:
        has_news = not changes.is_empty or questions.differ(connection, linkage.questions)
    if has_news:
        with store.writing() as connection:
            events.write(connection, changes, settings.site.timezone)
            questions.replace_all(connection, linkage.questions)
    return changes


def load(store: Store, settings: Settings, now: datetime) -> Known:
    """What the store holds, but for events that were withdrawn too long ago to be shown."""
    with store.reading() as connection:
        shown = (stored for stored in records.load(connection) if is_shown(stored, now))
        return Known(
            settings=registered.with_registered(settings, connection),
            records={stored.record.id: stored for stored in shown},
            sources={source.id: source for source, _ in sources.load_active(connection)},
            human=verdicts.load(connection),
            identities=events.load_identities(connection),
            members=events.load_members(connection),
            digests=events.load_digests(connection),
            before={each.identity.id: each.event for each in events.load_published(connection)},
            corrections=corrections.load(connection),
        )


def town_of(settings: Settings, sources: Mapping[str, Source]) -> Town:
    """What matching knows beside the records."""
    initiatives = {initiative.id: initiative for initiative in settings.initiatives}
    return Town(settings.site.timezone, sources, initiatives, settings.places)


def is_shown(stored: StoredRecord, now: datetime) -> bool:
    """Whether a record still takes part: a withdrawn one for two weeks."""
    return stored.withdrawn_at is None or now - stored.withdrawn_at < WITHDRAWN_SHOWN_FOR


def with_default_topics(event: MergedEvent, initiatives: Mapping[str, Initiative]) -> MergedEvent:
    """An event of which no announcement names a topic has those of the initiative that leads it."""
    leader = initiatives.get(event.initiatives[0]) if event.initiatives else None
    return event if event.topics or leader is None else replace(event, topics=leader.topics)


def decide(known: Known, linkage: Linkage, now: datetime) -> EventChanges:
    """Which identities and events differ from what is stored; the same for any order of the records."""
    site = known.settings.site
    remembered = Remembered(known.identities, {record: member.event for record, member in known.members.items()})
    assignment = assign(linkage.clusters, remembered, known.records, site.host, now)
    clusters = (merge(cluster, known.records, known.sources) for cluster in linkage.clusters)
    said = of_events(known.corrections, (*known.identities, *assignment.aliases))
    merged = [
        corrected(with_default_topics(event, known.initiatives), said.get(identity.id, ()))
        for event, identity in zip(clusters, assignment.identities, strict=True)
    ]
    umbrellas = umbrellas_of(linkage, merged, assignment.identities)
    stored_identities = {stored.identity.id: stored for stored in known.identities}
    identities, different, ids = list(assignment.aliases), [], set()
    for cluster, event, assigned in zip(linkage.clusters, merged, assignment.identities, strict=True):
        if is_hidden(said.get(assigned.id, ())):
            continue
        event = replace(event, part_of=umbrellas.get(assigned.id, ()))
        identity = revise(assigned, event, now)
        ids.add(identity.id)
        if stored_identities.get(identity.id) != StoredIdentity(identity):
            identities.append(StoredIdentity(identity))
        to_write = to_be_written(PublishedEvent(identity, event), cluster, known)
        if to_write:
            different.append(to_write)
    gone = tuple(sorted(known.digests.keys() - ids))
    return EventChanges(tuple(identities), tuple(different), gone, known.rendering)


def umbrellas_of(
    linkage: Linkage, merged: Sequence[MergedEvent], identities: Sequence[EventIdentity]
) -> dict[str, tuple[Umbrella, ...]]:
    """The festivals of each event that is an item of one, by event id."""
    position_of = {record: at for at, cluster in enumerate(linkage.clusters) for record in cluster.records}
    found: dict[str, tuple[Umbrella, ...]] = {}
    for belonging in linkage.parts:
        item, whole = position_of[belonging.item], position_of[belonging.umbrella]
        umbrella = Umbrella(identities[whole].id, merged[whole].title)
        found[identities[item].id] = (*found.get(identities[item].id, ()), umbrella)
    return found


def linkage_of(known: Known) -> Linkage:
    """Which records belong together, and what is left for people to say."""
    return link([stored.record for stored in known.records.values()], known.town, known.human)


def to_be_written(published: PublishedEvent, cluster: Cluster, known: Known) -> EventToWrite | None:
    """The event with its rendered bytes, or None if the store holds exactly this."""
    event_id = published.identity.id
    if known.digests.get(event_id) == events.digest(published, cluster.members, known.rendering):
        return None
    before = known.before.get(event_id)
    settings = known.settings
    return EventToWrite(
        published,
        render_event(published, settings.site, known.initiatives, settings.topics),
        cluster.members,
        decide_history(before, published.event) if before else (),
    )
