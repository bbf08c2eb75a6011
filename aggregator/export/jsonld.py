"""One event as a schema.org Event, for search engines and for calendars that import from a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from string import ascii_letters, digits

from aggregator.export import wording
from aggregator.export.announcing import span_of
from aggregator.export.characters import one_line, printable, web_address
from aggregator.export.events_json import JsonObject
from aggregator.model.events import EventOccurrence, PublishedEvent, Statement
from aggregator.model.places import Place
from aggregator.model.records import Status
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative

SCHEMA = "https://schema.org"
STATUSES = {
    Status.CANCELLED: "EventCancelled",
    Status.WITHDRAWN: "EventCancelled",
    Status.MOVED: "EventRescheduled",
}
LICENCES = {
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
# JSON may be written with escapes everywhere. Of ASCII only letters, digits and what JSON itself and plain addresses
# are made of stay (OWASP's rule for text inside scripts): no text can close the script element or look like code.
KEPT_IN_SCRIPT = frozenset(ascii_letters + digits + ' "\\{}[],:./-@#+')
ESCAPED_IN_SCRIPT = {code: f"\\u{code:04x}" for code in range(0x20, 0x7F) if chr(code) not in KEPT_IN_SCRIPT}


def schema_event(
    published: PublishedEvent,
    occurrence: EventOccurrence,
    site: Site,
    initiatives: Mapping[str, Initiative],
    language: str = "de",
) -> JsonObject:
    """The schema.org Event of one occurrence (the shown one of a series); an all-day end is the last day."""
    event = published.event
    status = wording.overall(occurrence.status, event.status)
    start, end = span_of(occurrence, site.timezone)
    place = occurrence.place or event.place
    described: JsonObject = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": f"{wording.page_address(published, site)}#{start}",
        "name": wording.headline(occurrence.title or event.title, status, language),
        "url": wording.page_address(published, site),
        "startDate": start,
        "endDate": end,
        "eventStatus": f"{SCHEMA}/{STATUSES.get(status, 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}/{attendance(place)}EventAttendanceMode",
        "location": location(place, wording.page_address(published, site)),
        "organizer": [organization(initiatives[each]) for each in event.initiatives if each in initiatives],
        "description": printable(occurrence.description or event.description),
        "inLanguage": event.language,
        "sameAs": wording.source_links(event.statements),
        "subjectOf": licensed(event.statements),
        "superEvent": [named(each.event, each.title, site) for each in event.part_of],
    }
    return {name: value for name, value in described.items() if value}


def licensed(statements: Sequence[Statement]) -> list[JsonObject]:
    """The announcements whose texts stand under a licence, which in schema.org works have and events have not."""
    described = (
        {
            "@type": "CreativeWork",
            "url": web_address(each.link),
            "license": LICENCES.get(each.licence, one_line(each.licence)),
        }
        for each in statements
        if each.licence
    )
    return [{name: value for name, value in each.items() if value} for each in described]


def sub_events(items: Sequence[PublishedEvent], site: Site) -> JsonObject:
    """The property that names the items of a festival; nothing without any."""
    found = [
        {
            **named(item.identity.id, item.event.title, site),
            "startDate": span_of(item.event.occurrences[0], site.timezone)[0],
        }
        for item in items
        if item.event.occurrences
    ]
    return {"subEvent": found} if found else {}


def named(event_id: str, title: str, site: Site) -> JsonObject:
    """An event as others refer to it."""
    return {"@type": "Event", "name": one_line(title), "url": f"{site.base_url}/event/{event_id}"}


def attendance(place: Place) -> str:
    """Whether one goes there, joins online, or may choose."""
    if not place.online:
        return "Offline"
    return "Mixed" if place.text else "Online"


def location(place: Place, page: str) -> JsonObject:
    """A Place with what is known of it, or the VirtualLocation of an event that is only online."""
    if attendance(place) == "Online":
        return {"@type": "VirtualLocation", "url": page}
    described: JsonObject = {"@type": "Place", "name": one_line(place.name or place.address)}
    if place.address:
        described["address"] = one_line(place.address)
    if place.has_coordinates:
        described["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return described if place.text or place.has_coordinates else {}


def organization(initiative: Initiative) -> JsonObject:
    """Who announces it, with the website that the directory shows; never an address of mail."""
    described: JsonObject = {"@type": "Organization", "name": one_line(initiative.name)}
    homepage = web_address(initiative.homepage)
    return {**described, "url": homepage} if homepage else described


def script_text(described: JsonObject) -> str:
    """The JSON text, safe to stand inside a script element as it is."""
    return json.dumps(described, ensure_ascii=False).translate(ESCAPED_IN_SCRIPT)
