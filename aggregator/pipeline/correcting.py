"""Corrections by people, laid over what the sources say; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from aggregator.model.corrections import AT, HIDDEN, TOGETHER, Correction, time_of
from aggregator.model.events import EventOccurrence, MergedEvent
from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.places import Place
from aggregator.model.publishing import StoredIdentity
from aggregator.model.records import Status
from aggregator.pipeline.series_corrections import series_corrected


def corrected(event: MergedEvent, corrections: Iterable[Correction]) -> MergedEvent:
    """The event with every correction applied, and their fields named; those that change nothing are left out."""
    said = {one.field: one.value for one in corrections}
    different = [name for name in sorted(said) if changed(event, {name: said[name]}) != event]
    return replace(changed(event, said), corrected=tuple(different)) if different else event


def changed(event: MergedEvent, said: Mapping[str, str]) -> MergedEvent:
    """The event with those fields as they were said."""
    event = replace(
        event,
        title=said.get("title") or event.title,
        description=said.get("description", event.description),
        url=said.get("url", event.url),
        place=corrected_place(event.place, said),
        facts=corrected_facts(event.facts, said),
        initiatives=with_partners(event.initiatives, said.get(TOGETHER, "")),
    )
    if "topics" in said:
        event = replace(event, topics=tuple(topic for topic in said["topics"].split(",") if topic))
    if said.get("status") in {status.value for status in Status}:
        event = with_status(event, Status(said["status"]))
    if event.is_series:
        has_times = any(name in ("start", "end") or name.startswith(AT) for name in said)
        return series_corrected(event, said) if has_times else event
    return with_times(event, said) if "start" in said or "end" in said else event


def with_partners(initiatives: tuple[str, ...], partners: str) -> tuple[str, ...]:
    """The initiatives of an event with those that organise it too; who leads stays first."""
    return tuple(dict.fromkeys((*initiatives, *(name for name in partners.split(",") if name))))


def is_hidden(corrections: Iterable[Correction]) -> bool:
    """Whether a person said that the event is not to be shown."""
    return any(one.field == HIDDEN for one in corrections)


def of_events(
    corrections: Iterable[Correction], identities: Iterable[StoredIdentity]
) -> dict[str, tuple[Correction, ...]]:
    """The corrections by the id that their event goes by now, oldest first; a merger takes them along."""
    merged_into = {stored.identity.id: stored.merged_into for stored in identities}
    found: dict[str, tuple[Correction, ...]] = {}
    for one in corrections:
        event = final_id(one.event, merged_into)
        found[event] = (*found.get(event, ()), one)
    return found


def final_id(event: str, merged_into: Mapping[str, str | None]) -> str:
    """Where the redirects of an id end."""
    passed = [event]
    while (target := merged_into.get(passed[-1])) and target not in passed:
        passed.append(target)
    return passed[-1]


def corrected_place(place: Place, said: Mapping[str, str]) -> Place:
    """The place as corrected; coordinates that belong to another name or address are dropped."""
    name, address = said.get("place_name", place.name), said.get("place_address", place.address)
    if (name, address) != (place.name, place.address):
        place = Place(name, address, online=place.online and not name)
    point = point_of(said.get("place_point", ""))
    return replace(place, latitude=point[0], longitude=point[1]) if point else place


def corrected_facts(facts: Facts, said: Mapping[str, str]) -> Facts:
    """The facts with the answers that a person gave."""

    def answer(name: str, before: Fact) -> Fact:
        return Fact(Reply(said[name])) if said.get(name) in ("yes", "no") else before

    return replace(
        facts,
        free=answer("free", facts.free),
        accessible=answer("accessible", facts.accessible),
        children=answer("children", facts.children),
    )


def point_of(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, None for anything else."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def with_status(event: MergedEvent, status: Status) -> MergedEvent:
    """The event in that state, and with it those of its dates that shared the old one."""
    dates = tuple(replace(one, status=status) if one.status is event.status else one for one in event.occurrences)
    return replace(event, status=status, occurrences=dates)


def with_times(event: MergedEvent, said: Mapping[str, str]) -> MergedEvent:
    """A single event at its corrected time; its end moves along unless it was corrected too."""
    if event.is_series or len(event.occurrences) > 1:
        return event
    start = time_of(said.get("start", ""), event.start.zone) or event.start
    end = event.end
    if "end" in said:
        end = time_of(said["end"], start.zone)
    elif end is not None and end.is_date == start.is_date == event.start.is_date:
        end = end.shifted(start.wall - event.start.wall)
    elif start.is_date != event.start.is_date:
        end = None
    if end is not None and end.instant < start.instant:
        end = None
    dates = tuple(EventOccurrence(start, start, end, status=one.status) for one in event.occurrences)
    return replace(event, start=start, end=end, occurrences=dates)
