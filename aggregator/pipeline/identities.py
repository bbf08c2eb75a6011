"""Which id each merged event keeps, and when its SEQUENCE rises (rule 2 of docs/design.md).

An id is a claim on a cluster, made by the id's founder: the oldest record of the event when it was first
seen. When clusters merge, several ids claim one and the oldest wins; the others become aliases, and keep
their founders, so that a split gives each part its own id back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from functools import cache
from hashlib import blake2b
from itertools import count, islice
from typing import Any

from aggregator.match.announcements import ANNOUNCES_PAGE
from aggregator.model.events import EventIdentity, MergedEvent
from aggregator.model.facts import Fact, Facts
from aggregator.model.linkage import Cluster, Relation
from aggregator.model.publishing import StoredIdentity
from aggregator.model.records import Sighting, StoredRecord

ID_BYTES = 5
# Forty bits collide once among a million events; that several attempts in a row do is as good as impossible.
ATTEMPTS = 4
# The horizon rolls every day and evidence may be told anew: neither is seen by a reader.
UNSEEN = frozenset({"occurrences", "provenance", "evidence", "languages_evidence"})
# A fact that nobody told is nothing new to a reader, whatever facts we learn to ask for.
SILENCE = ("", None, (), False, Fact(), Facts())
FACTS = (Fact, Facts)


Seen = Mapping[str, StoredRecord] | Mapping[str, Sighting]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the last relink left: every identity, aliases too, and the event id of each record."""

    identities: Sequence[StoredIdentity]
    members: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The identity of each cluster, in the order of the clusters, and the aliases that are new or point elsewhere."""

    identities: tuple[EventIdentity, ...]
    aliases: tuple[StoredIdentity, ...]


def assign(
    clusters: Sequence[Cluster],
    remembered: Remembered,
    records: Seen,
    host: str,
    now: datetime,
) -> Assignment:
    """Give every cluster its identity; the result does not depend on the order of anything given.

    `records` holds every record of the clusters, `host` ends new UIDs. A new identity has sequence 0 and
    no fingerprint yet; `revise` sets it. Identities that no cluster claims are left as they are stored.
    """
    claims = claims_of(clusters, remembered, records)
    taken = {stored.identity.id for stored in remembered.identities}
    winners: dict[int, EventIdentity] = {}
    for position in sorted(range(len(clusters)), key=lambda p: min(clusters[p].records)):
        claimants = claims.get(position)
        if claimants:
            winners[position] = min(claimants, key=age)
        else:
            founder = founder_of(clusters[position], records)
            winners[position] = minted(founder, taken, host, now)
            taken.add(winners[position].id)
    aliases = {
        claimant.id: StoredIdentity(claimant, merged_into=winners[position].id)
        for position, claimants in claims.items()
        for claimant in claimants
        if claimant.id != winners[position].id
    }
    return Assignment(
        identities=tuple(winners[position] for position in range(len(clusters))),
        aliases=changed_aliases(aliases, remembered.identities),
    )


def revise(identity: EventIdentity, event: MergedEvent, now: datetime) -> EventIdentity:
    """The identity after a look at its event: SEQUENCE and LAST-MODIFIED move only when a reader can see why."""
    seen = fingerprint(event)
    if seen == identity.fingerprint:
        return identity
    if not identity.fingerprint:
        return replace(identity, fingerprint=seen)
    return replace(identity, fingerprint=seen, sequence=identity.sequence + 1, modified_at=now)


def fingerprint(event: MergedEvent) -> str:
    """A hash of everything visible of an event but its rolling horizon (32 hex digits).

    What is empty is left out, so that a field added to the model later changes no stored fingerprint.
    """
    parts: list[str] = []
    spell(event, parts)
    return blake2b("\0".join((*parts, "")).encode(), digest_size=16).hexdigest()


def spell(value: object, parts: list[str]) -> None:
    """Add the value spelled out piece by piece, the same on every machine."""
    kind: Any = type(value)
    if isinstance(value, Enum):
        parts.append(str(value.value))
    elif isinstance(value, str):
        parts.append(value)
    elif isinstance(value, tuple):
        for inner in value:
            spell(inner, parts)
        parts.append("end")
    elif names := seen_fields(kind):
        for name, mark in names:
            inner = getattr(value, name)
            # What is true and no fact need not be compared with all that is silent.
            if (inner and type(inner) not in FACTS) or inner not in SILENCE:
                parts.append(mark)
                spell(inner, parts)
        parts.append("end")
    else:
        parts.append(value.isoformat() if isinstance(value, datetime) else str(value))


@cache
def seen_fields(shape: type) -> tuple[tuple[str, str], ...]:
    """The fields of a class of the model that a reader may see, each with how it is spelled; none of other types."""
    names = (field.name for field in fields(shape)) if is_dataclass(shape) else ()
    return tuple((name, f"{name}:") for name in names if name not in UNSEEN)


def claims_of(clusters: Sequence[Cluster], remembered: Remembered, records: Seen) -> dict[int, list[EventIdentity]]:
    """The identities that claim each cluster (by its position): through their founder, or its heir if it is gone."""
    position_of = {record: position for position, cluster in enumerate(clusters) for record in cluster.records}
    left_behind: dict[str, list[str]] = {}
    for record, event_id in remembered.members.items():
        if record in position_of:
            left_behind.setdefault(event_id, []).append(record)
    claims: dict[int, list[EventIdentity]] = {}
    for stored in remembered.identities:
        founder: str | None = stored.identity.founder
        if founder not in position_of:
            founder = oldest(left_behind.get(stored.identity.id, ()), records)
        if founder is not None:
            claims.setdefault(position_of[founder], []).append(replace(stored.identity, founder=founder))
    return claims


def founder_of(cluster: Cluster, records: Seen) -> str:
    """The record that a new id follows: the oldest that speaks of the whole event, and knows its date."""
    voices = [member for member in cluster.members if member.rule != ANNOUNCES_PAGE]
    whole = [member.record for member in voices if member.relation is Relation.SAME]
    return oldest(whole or cluster.records, records) or cluster.records[0]


def oldest(ids: Iterable[str], records: Seen) -> str | None:
    """The record first seen; records of one moment by their id."""
    return min(ids, key=lambda record: (records[record].first_seen, record), default=None)


def age(identity: EventIdentity) -> tuple[datetime, str, str]:
    """The order of identities, oldest first; those of one moment by their founder."""
    return identity.created_at, identity.founder, identity.id


def minted(founder: str, taken: set[str], host: str, now: datetime) -> EventIdentity:
    """A new identity, the same for the same founder on every machine unless its id is taken."""
    new_id = next(id_ for id_ in attempts(founder) if id_ not in taken)
    return EventIdentity(new_id, f"{new_id}@{host}", founder, 0, now, now, "")


def attempts(founder: str) -> Iterator[str]:
    """The ids that an event with this founder may get, the likeliest first."""
    yield hashed(founder)
    yield from (hashed(f"{founder}#{attempt}") for attempt in count(1))


def possible_ids(founder: str) -> tuple[str, ...]:
    """The first of them: whoever mints one has to know whether these are taken."""
    return tuple(islice(attempts(founder), ATTEMPTS))


def hashed(text: str) -> str:
    """Ten hex digits that stand for a text."""
    return blake2b(text.encode(), digest_size=ID_BYTES).hexdigest()


def changed_aliases(
    aliases: Mapping[str, StoredIdentity], known: Sequence[StoredIdentity]
) -> tuple[StoredIdentity, ...]:
    """The aliases to write: new ones, and old ones whose target became an alias itself (a redirect is one step)."""
    changed = []
    for stored in known:
        alias = aliases.get(stored.identity.id)
        if alias is None and stored.merged_into and stored.merged_into in aliases:
            alias = replace(stored, merged_into=aliases[stored.merged_into].merged_into)
        if alias is not None and alias != stored:
            changed.append(alias)
    return tuple(sorted(changed, key=lambda alias: alias.identity.id))
