"""From linked records to events: merge, correct, name, and tell what differs from the store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from aggregator.export.ics import render_event
from aggregator.match.linking import Linkage
from aggregator.match.survivorship import merge
from aggregator.model.corrections import Correction
from aggregator.model.events import EventIdentity, MergedEvent, PublishedEvent, Umbrella
from aggregator.model.linkage import Cluster, HumanVerdict
from aggregator.model.publishing import EventChanges, EventToWrite, StoredIdentity, StoredMember
from aggregator.model.records import StoredRecord
from aggregator.model.sources import Initiative
from aggregator.pipeline.changes import decide_history
from aggregator.pipeline.correcting import corrected, is_hidden, of_events
from aggregator.pipeline.frames import Frame
from aggregator.pipeline.identities import Remembered, assign, revise
from aggregator.pipeline.placing import at_known_place
from aggregator.pipeline.stock import Stock, in_turns
from aggregator.store import events
from aggregator.store.topic_words import meant_by


@dataclass(frozen=True)
class Known:
    """What is stored of some records and the events that they made, for all records or for a part closed in itself.

    `identities` are those that may claim one of the events, `taken` further ids that are in use. `elsewhere` are
    festivals beyond this part, by the id of their event.
    """

    frame: Frame
    records: Mapping[str, StoredRecord]
    identities: tuple[StoredIdentity, ...]
    members: Mapping[str, StoredMember]
    digests: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    human: tuple[HumanVerdict, ...] = ()
    elsewhere: Mapping[str, MergedEvent] = field(default_factory=dict)


def decide(known: Known, linkage: Linkage, now: datetime) -> EventChanges:
    """Which identities and events differ from what is stored; the same for any order of the records."""
    return joined(decided(known, linkage, now))


def joined(turns: Iterable[EventChanges]) -> EventChanges:
    """Changes that were decided in turns, as one."""
    every = list(turns)
    return EventChanges(
        tuple(identity for each in every for identity in each.identities),
        tuple(event for each in every for event in each.events),
        tuple(event for each in every for event in each.removed),
        every[0].rendering,
    )


def decided(known: Known, linkage: Linkage, now: datetime) -> Iterator[EventChanges]:
    """The same in turns, so that not all events have to be in the memory at once; what goes comes first."""
    seen = known.records.seen if isinstance(known.records, Stock) else known.records
    remembered = Remembered(known.identities, {record: member.event for record, member in known.members.items()})
    assignment = assign(linkage.clusters, remembered, seen, known.frame.settings.site.host, now)
    said = of_events(known.corrections, (*known.identities, *assignment.aliases))
    hidden = frozenset(event for event, corrections in said.items() if is_hidden(corrections))
    stored = {stored.identity.id: stored for stored in known.identities}
    ruling = Ruling(known, linkage, assignment.identities, said, hidden, stored, now)
    gone = known.digests.keys() - {identity.id for identity in assignment.identities if identity.id not in hidden}
    yield EventChanges(assignment.aliases, (), tuple(sorted(gone)), known.frame.rendering)
    umbrellas = ruling.umbrellas()
    for positions in in_turns(range(len(linkage.clusters))):
        yield ruling.changes(positions, umbrellas)


@dataclass(frozen=True)
class Ruling:
    """All that it takes to tell what becomes of a cluster, by its position; `identities` are those of all clusters."""

    known: Known
    linkage: Linkage
    identities: Sequence[EventIdentity]
    said: Mapping[str, Sequence[Correction]]
    hidden: frozenset[str]
    stored: Mapping[str, StoredIdentity]
    now: datetime

    def changes(self, positions: Sequence[int], umbrellas: Mapping[str, tuple[Umbrella, ...]]) -> EventChanges:
        """Which of these events, and which of their identities, differ from what is stored."""
        identities, different = [], []
        for at, event in self.merged(positions).items():
            assigned = self.identities[at]
            if assigned.id in self.hidden:
                continue
            event = replace(event, part_of=umbrellas.get(assigned.id, ()))
            identity = revise(assigned, event, self.now)
            if self.stored.get(identity.id) != StoredIdentity(identity):
                identities.append(StoredIdentity(identity))
            to_write = to_be_written(PublishedEvent(identity, event), self.linkage.clusters[at], self.known)
            if to_write:
                different.append(to_write)
        return EventChanges(tuple(identities), tuple(different), (), self.known.frame.rendering)

    def merged(self, positions: Iterable[int]) -> dict[int, MergedEvent]:
        """The events of some clusters; what people say wins over what all sources say together."""
        clusters, frame = {at: self.linkage.clusters[at] for at in positions}, self.known.frame
        records = self.known.records
        if isinstance(records, Stock):
            records = records.some([record for cluster in clusters.values() for record in cluster.records])
        told = {
            at: with_default_topics(
                at_known_place(told_by(cluster, records, frame), frame.settings.places), frame.initiatives
            )
            for at, cluster in clusters.items()
        }
        return {at: corrected(event, self.said.get(self.identities[at].id, ())) for at, event in told.items()}

    def umbrellas(self) -> dict[str, tuple[Umbrella, ...]]:
        """The festivals of each event that is an item of one, by event id."""
        wholes = {belonging.umbrella for belonging in self.linkage.parts}
        positions = [at for at, cluster in enumerate(self.linkage.clusters) if not wholes.isdisjoint(cluster.records)]
        return umbrellas_of(self.linkage, self.merged(positions), self.identities, self.known.elsewhere, self.hidden)


def told_by(cluster: Cluster, known: Mapping[str, StoredRecord], frame: Frame) -> MergedEvent:
    """What the announcements of a cluster say together, with the topics that their categories mean by given words."""
    event = merge(cluster, known, frame.sources, frame.naming)
    if not frame.words:
        return event
    categories = [each for record in cluster.records for each in known[record].record.categories]
    return replace(event, topics=tuple(dict.fromkeys((*event.topics, *meant_by(categories, frame.words)))))


def with_default_topics(event: MergedEvent, initiatives: Mapping[str, Initiative]) -> MergedEvent:
    """An event of which no announcement names a topic has those of the initiative that leads it."""
    leader = initiatives.get(event.initiatives[0]) if event.initiatives else None
    return event if event.topics or leader is None else replace(event, topics=leader.topics)


def umbrellas_of(
    linkage: Linkage,
    merged: Mapping[int, MergedEvent],
    identities: Sequence[EventIdentity],
    elsewhere: Mapping[str, MergedEvent],
    hidden: Collection[str] = (),
) -> dict[str, tuple[Umbrella, ...]]:
    """The festivals of each event that is an item of one, by event id; what is hidden is not named there either."""
    position_of = {record: at for at, cluster in enumerate(linkage.clusters) for record in cluster.records}
    found: dict[str, tuple[Umbrella, ...]] = {}
    for belonging in linkage.parts:
        item = position_of.get(belonging.item)
        whole = position_of.get(belonging.umbrella)
        if item is None:
            continue
        if whole is not None:
            umbrella = Umbrella(identities[whole].id, merged[whole].title)
        else:
            event = linkage.elsewhere[belonging.umbrella]
            if event not in elsewhere:
                continue
            umbrella = Umbrella(event, elsewhere[event].title)
        if umbrella.event in hidden:
            continue
        found[identities[item].id] = (*found.get(identities[item].id, ()), umbrella)
    return found


def to_be_written(published: PublishedEvent, cluster: Cluster, known: Known) -> EventToWrite | None:
    """The event with its rendered bytes, or None if the store holds exactly this."""
    stored, frame = known.digests.get(published.identity.id), known.frame
    if stored and stored == events.digest(published, cluster.members, frame.rendering):
        return None
    settings = frame.settings
    return EventToWrite(
        published,
        render_event(published, settings.site, frame.initiatives, settings.topics),
        cluster.members,
    )


def with_history(changes: EventChanges, before: Iterable[PublishedEvent]) -> EventChanges:
    """The changes with what they make visibly different; `before` are the stored events that they overwrite."""
    old = {published.identity.id: published.event for published in before}
    told = (
        replace(each, history=decide_history(old[each.id], each.published.event)) if each.id in old else each
        for each in changes.events
    )
    return replace(changes, events=tuple(told))
