"""The golden record: which of several statements is shown, field by field (rules 5, 10 and 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from aggregator.match.dates import WARNINGS, dates_of
from aggregator.match.naming import Naming
from aggregator.match.standardising import moment
from aggregator.match.voices import Choir, Voice, choir
from aggregator.model.events import MergedEvent, Statement
from aggregator.model.facts import Fact, Facts
from aggregator.model.linkage import Cluster
from aggregator.model.places import Place
from aggregator.model.records import Record, Recurrence, Status, StoredRecord
from aggregator.model.sources import Source
from aggregator.model.times import EventTime
from aggregator.model.values import dataclass

Value = TypeVar("Value")
NOBODY = Naming()


@dataclass(frozen=True, slots=True)
class Pick(Generic[Value]):
    """The value of one field and the record that it was taken from, "" if nobody tells it."""

    value: Value
    record: str = ""


def merge(
    cluster: Cluster, records: Mapping[str, StoredRecord], sources: Mapping[str, Source], naming: Naming = NOBODY
) -> MergedEvent:
    """The event that a cluster of records tells together.

    `records` and `sources` hold all members of the cluster; `naming` knows whom their texts name. The same cluster
    gives the same event, whatever the order of anything.
    """
    voices = choir(cluster, records, sources, naming)
    event = with_announcements(told_by_the_weightiest(voices), voices)
    dates = dates_of(event, voices)
    return replace(event, occurrences=dates.occurrences, deviations=dates.deviations)


def told_by_the_weightiest(voices: Choir) -> MergedEvent:
    """The fields that one record decides: the leader, and where it is silent the next that tells it."""
    leader = voices.leader.record
    if leader.start is None:
        raise ValueError(f"a notice cannot lead an event: {leader.id}")
    title = pick(voices.whole, lambda record: record.title, "")
    end = pick(simultaneous(voices), lambda record: record.end, None)
    description = pick(voices.whole, lambda record: record.description, "")
    place = pick(voices.whole, lambda record: record.place, Place())
    url = pick(voices.whole, lambda record: record.link, "")
    status = status_of(voices)
    language = pick(voices.whole, lambda record: record.language, "")
    facts, told_by = known_facts(voices)
    given_by = {
        "title": title.record,
        "start": leader.id,
        "end": end.record,
        "description": description.record,
        "place": place.record,
        "url": url.record,
        "status": status.record,
        "language": language.record,
        **told_by,
    }
    return MergedEvent(
        title=title.value,
        start=leader.start,
        occurrences=(),
        statements=(),
        provenance=tuple((field, record) for field, record in given_by.items() if record),
        end=end.value,
        recurrence=recurrence_of(voices),
        status=status.value,
        description=description.value,
        place=place.value,
        url=url.value,
        language=language.value,
        facts=facts,
    )


def with_announcements(event: MergedEvent, voices: Choir) -> MergedEvent:
    """The event with what all announcements add up to: nobody's link, topic or name is lost."""
    everyone = voices.announcements
    return replace(
        event,
        statements=tuple(statement_of(voice, voices.leader) for voice in everyone),
        topics=union(voice.record.topics for voice in everyone),
        initiatives=union((voice.source.initiative,) for voice in everyone),
        links=tuple(link for link in union(voice.record.links for voice in everyone) if link != event.url),
    )


def pick(voices: Iterable[Voice], told: Callable[[Record], Value], silence: Value) -> Pick[Value]:
    """The first value that differs from `silence`."""
    chosen = ((told(voice.record), voice.record.id) for voice in voices if told(voice.record) != silence)
    return Pick(*next(chosen, (silence, "")))


def known_facts(voices: Choir) -> tuple[Facts, dict[str, str]]:
    """Each fact from the first who knows it, and which record that is; what nobody tells stays unknown."""
    free = pick(voices.whole, lambda record: record.facts.free, Fact())
    # A price belongs to what its own record says of paying.
    paid = [voice for voice in voices.whole if not free.record or voice.record.id == free.record]
    price = pick(paid, lambda record: record.facts.price, "")
    accessible = pick(voices.whole, lambda record: record.facts.accessible, Fact())
    children = pick(voices.whole, lambda record: record.facts.children, Fact())
    online = pick(voices.whole, lambda record: record.facts.online, Fact())
    spoken = pick(voices.whole, lambda record: record.facts if record.facts.languages else None, None)
    facts = Facts(
        free=free.value,
        price=price.value,
        accessible=accessible.value,
        children=children.value,
        online=online.value,
        languages=spoken.value.languages if spoken.value else (),
        languages_evidence=spoken.value.languages_evidence if spoken.value else "",
    )
    told_by = {
        "free": free.record,
        "price": price.record,
        "accessible": accessible.record,
        "children": children.record,
        "online": online.record,
        "languages": spoken.record,
    }
    return facts, told_by


def recurrence_of(voices: Choir) -> Recurrence:
    """The leader's repetition; an override of an event that has no rule is a further date of it."""
    leader = voices.leader.record
    told = {voice.record.original for voice in voices.dates if voice.is_override and voice.record.series == leader.id}
    if leader.is_series or not told:
        return leader.recurrence
    return Recurrence(dates=tuple(sorted((time for time in told if time), key=lambda time: time.instant)))


def simultaneous(voices: Choir) -> list[Voice]:
    """The voices that tell the leader's start and repetition, so that their end belongs to it."""
    leader = voices.leader.record

    def start_of(time: EventTime | None) -> str:
        return moment(time) if time else ""

    return [
        voice
        for voice in voices.whole
        if start_of(voice.record.start) == start_of(leader.start) and voice.record.is_series == leader.is_series
    ]


def status_of(voices: Choir) -> Pick[Status]:
    """The status and the record that states it: a warning by the leader or by anyone's own source comes first."""
    leader = voices.leader
    if voices.is_withdrawn:
        return Pick(Status.WITHDRAWN, leader.record.id)
    believed = [voice for voice in voices.whole if voice is leader or voice.is_own]
    warnings = [(WARNINGS.index(v.record.status), v) for v in believed if v.record.status in WARNINGS]
    speaker = min(warnings, key=lambda warning: warning[0])[1] if warnings else leader
    return Pick(speaker.record.status, speaker.record.id)


def statement_of(voice: Voice, leader: Voice) -> Statement:
    """One announcement, for "auch angekündigt von"; the leader needs no reason to be here."""
    record, member = voice.record, voice.member
    return Statement(
        record=record.id,
        source=record.source,
        initiative=voice.source.initiative,
        title=record.title,
        start=record.start,
        end=record.end,
        link=record.link,
        relation=member.relation,
        occurrence=member.occurrence,
        rule="" if voice is leader else member.rule,
        place=record.place.text,
        status=record.status if voice.is_live else Status.WITHDRAWN,
        licence=voice.source.licence,
    )


def union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All values, each once, in the order in which they are first told."""
    return tuple(dict.fromkeys(value for values in lists for value in values))
