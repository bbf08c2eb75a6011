"""One event as the API, the command line and JSON Feed tell it; the names are a promise to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aggregator.export import wording
from aggregator.export.characters import one_line, printable, web_address
from aggregator.model.events import EventOccurrence, MergedEvent, PublishedEvent, Statement, Umbrella
from aggregator.model.facts import Facts
from aggregator.model.places import Place
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic
from aggregator.model.times import EventTime

JsonObject = dict[str, object]


def event_object(
    published: PublishedEvent,
    site: Site,
    initiatives: Mapping[str, Initiative],
    topics: Sequence[Topic],
    language: str = "de",
) -> JsonObject:
    """Everything that is known of an event, ready for JSON.

    Times are ISO 8601 with the offset of the site's zone, dates when all-day; an all-day `end` is
    exclusive, as in iCalendar. `provenance` names for each field the record that it was taken from.
    """
    event, identity = published.event, published.identity
    return {
        "id": identity.id,
        "uid": identity.uid,
        "url": wording.page_address(published, site),
        "title": one_line(event.title),
        "start": told(event.start, site.timezone),
        "end": told(event.end, site.timezone),
        "all_day": event.is_all_day,
        "timezone": event.start.zone,
        "status": event.status.value,
        "description": printable(event.description),
        "place": place_object(event.place),
        "topics": [{"id": topic.id, "label": topic.label(language)} for topic in topics if topic.id in event.topics],
        "initiatives": [initiative_object(each, initiatives) for each in event.initiatives],
        "sources": [source_object(statement, initiatives, site.timezone) for statement in event.statements],
        "occurrences": [occurrence_object(each, event, site.timezone) for each in event.occurrences],
        "links": [link for link in event.links if web_address(link)],
        "part_of": [umbrella_object(each, site) for each in event.part_of],
        "rrule": list(event.recurrence.rules),
        "facts": facts_object(event.facts),
        "language": event.language,
        "created": identity.created_at.isoformat(),
        "updated": identity.modified_at.isoformat(),
        "sequence": identity.sequence,
        "provenance": dict(event.provenance),
    }


def umbrella_object(umbrella: Umbrella, site: Site) -> JsonObject:
    """The festival that an event belongs to."""
    url = f"{site.base_url}/event/{umbrella.event}"
    return {"id": umbrella.event, "title": one_line(umbrella.title), "url": url}


def told(moment: EventTime | None, zone: str) -> str | None:
    """A moment as ISO 8601 in `zone`, a bare date when all-day, None when it is not known."""
    if moment is None:
        return None
    return moment.iso() if moment.is_date else moment.local(zone).isoformat()


def place_object(place: Place) -> JsonObject:
    """A place; what is not known is empty or null."""
    return {
        "name": one_line(place.name),
        "address": one_line(place.address),
        "lat": place.latitude,
        "lon": place.longitude,
        "online": place.online,
    }


def facts_object(facts: Facts) -> JsonObject:
    """What people filter by: yes, no, or unknown where nobody told."""
    return {
        "free": facts.free.reply.value,
        "price": one_line(facts.price),
        "accessible": facts.accessible.reply.value,
        "children": facts.children.reply.value,
        "online": facts.online.reply.value,
        "languages": list(facts.languages),
    }


def initiative_object(initiative_id: str, initiatives: Mapping[str, Initiative]) -> JsonObject:
    """Who announces the event, as the directory knows them."""
    known = initiatives.get(initiative_id)
    return {
        "id": initiative_id,
        "name": one_line(known.name) if known else initiative_id,
        "homepage": web_address(known.homepage) if known else "",
    }


def source_object(statement: Statement, initiatives: Mapping[str, Initiative], zone: str) -> JsonObject:
    """One announcement: who said it where, how it belongs to the event, and by which rule it was merged."""
    known = initiatives.get(statement.initiative)
    return {
        "source": statement.source,
        "record": statement.record,
        "initiative": statement.initiative,
        "initiative_name": one_line(known.name) if known else statement.initiative,
        "title": one_line(statement.title),
        "link": web_address(statement.link),
        "start": told(statement.start, zone),
        "end": told(statement.end, zone),
        "relation": statement.relation.value,
        "occurrence": statement.occurrence or None,
        "rule": statement.rule,
        "licence": statement.licence or None,
    }


def occurrence_object(occurrence: EventOccurrence, event: MergedEvent, zone: str) -> JsonObject:
    """One instance; title and place are said only where they differ from the event's."""
    told_object: JsonObject = {
        "original_start": told(occurrence.original, zone),
        "start": told(occurrence.start, zone),
        "end": told(occurrence.end, zone),
        "status": wording.overall(occurrence.status, event.status).value,
    }
    if occurrence.title and occurrence.title != event.title:
        told_object["title"] = one_line(occurrence.title)
    if occurrence.place is not None and occurrence.place != event.place:
        told_object["place"] = place_object(occurrence.place)
    return told_object
