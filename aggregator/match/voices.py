"""Who may speak for an event, and in which order: the standing of each record in its cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from aggregator.match.deciding import OVERRIDE
from aggregator.match.naming import Naming
from aggregator.match.standing import Standing, standings
from aggregator.model.linkage import Cluster, Member, Relation
from aggregator.model.records import Record, StoredRecord
from aggregator.model.sources import Priority, Source
from aggregator.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """One member of a cluster with what it says and where it was said."""

    member: Member
    record: Record
    source: Source
    is_live: bool
    standing: Standing = Standing.ANYBODY

    @property
    def is_override(self) -> bool:
        """Whether it is the series' own word on one of its dates, not an announcement of its own."""
        return self.member.rule == OVERRIDE

    @property
    def is_own(self) -> bool:
        """Whether an initiative says it in its own source."""
        return self.source.priority is Priority.OWN

    def may_correct(self, leader: Voice) -> bool:
        """Whether it is believed about cancellations and moves: an own source, or one as near as the leader's."""
        return self.is_own or self.source.priority <= leader.source.priority


@dataclass(frozen=True, slots=True)
class Choir:
    """The voices of one cluster, the weightiest first: those of the whole event, and those of one date.

    Withdrawn records are silent while a live one speaks; `is_withdrawn` when none of the whole event does.
    A notice speaks last and cannot keep an event alive: it knows no date.
    """

    whole: tuple[Voice, ...]
    dates: tuple[Voice, ...]
    is_withdrawn: bool

    @property
    def leader(self) -> Voice:
        """The record whose word counts first."""
        return self.whole[0]

    @property
    def announcements(self) -> tuple[Voice, ...]:
        """Everyone who announces the event or a date of it; first the whole event, then date by date."""
        singles = [voice for voice in self.dates if not voice.is_override]
        return self.whole + tuple(sorted(singles, key=lambda voice: voice.member.occurrence))


def choir(
    cluster: Cluster, records: Mapping[str, StoredRecord], sources: Mapping[str, Source], naming: Naming
) -> Choir:
    """The voices of a cluster in their order; `records` and `sources` hold all of its members."""
    members = [voice_of(member, records, sources) for member in cluster.members]
    everyone = sorted(with_standing(members, naming), key=weight)
    voices = [voice for voice in everyone if not voice.record.is_notice]
    notices = tuple(voice for voice in everyone if voice.record.is_notice and voice.is_live)
    live = [voice for voice in voices if voice.is_live] or voices
    whole = tuple(voice for voice in live if voice.member.relation is Relation.SAME)
    dates = tuple(voice for voice in live if voice.member.relation is Relation.INSTANCE_OF)
    withdrawn = tuple(voice for voice in voices if voice.member.relation is Relation.SAME)
    is_withdrawn = not any(voice.is_live for voice in whole)
    return Choir((whole or withdrawn) + notices, dates, is_withdrawn)


def voice_of(member: Member, records: Mapping[str, StoredRecord], sources: Mapping[str, Source]) -> Voice:
    """One member's voice."""
    stored = records[member.record]
    return Voice(member, stored.record, sources[stored.record.source], stored.withdrawn_at is None)


def with_standing(voices: Sequence[Voice], naming: Naming) -> Iterator[Voice]:
    """The voices with their standing among those that announce the same whole event."""
    initiatives = {voice.record.source: voice.source.initiative for voice in voices}
    whole = [voice.record for voice in voices if voice.is_live and voice.member.relation is Relation.SAME]
    found = standings(whole, initiatives, naming) if len(whole) > 1 else {}
    return (replace(voice, standing=found.get(voice.record.id, Standing.ANYBODY)) for voice in voices)


def weight(voice: Voice) -> tuple[bool, int, int, float, int, int, str]:
    """The order of rule 11, weightiest first: a series before its dates, the nearer source, the newer, the richer.

    Of the initiatives' own sources the organiser's comes first; a guest's counts less than a platform's.
    What tells no time of change counts as old: when we first saw it says nothing about the source.
    """
    record = voice.record
    is_guest = voice.standing is Standing.GUEST
    stated_at = record.updated or record.published
    filled = [record.description, record.place.text, record.end, record.link, record.topics]
    return (
        not record.is_series,
        max(int(voice.source.priority), int(Priority.PLATFORM)) if is_guest else int(voice.source.priority),
        int(voice.standing),
        -stated_at.timestamp() if stated_at else 0.0,
        -sum(map(bool, filled)),
        -len(record.description),
        record.id,
    )
