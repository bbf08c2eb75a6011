"""Events and groups as a WECHANGE portal pulls them (its exchange backend), key by key.

Every key must be there, null where nothing is known; what is not in the answer is deleted over there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from aggregator.export import wording
from aggregator.export.characters import one_line, printable
from aggregator.model.events import EventOccurrence, PublishedEvent
from aggregator.model.places import Place
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic
from aggregator.model.times import EventTime, zone_info

JsonObject = dict[str, object]
# A portal knows its topics by these labels alone and drops any other (and Mobilität too: its number there is 0).
TOPICS = frozenset(
    (
        "Mobilität", "Energie", "Umwelt und Naturschutz", "Bildung und Kommunikation", "Gesundheit",
        "Ernährung, Konsum und Landwirtschaft", "Kunst, Kultur und Freizeitgestaltung", "Geld und Finanzen",
        "Arbeit und Recht", "Bauen und Wohnen", "Klimaschutz", "Demokratie und Beteiligung", "Digitalisierung",
    )
)  # fmt: skip


def exchange_event(
    published: PublishedEvent, occurrence: EventOccurrence, site: Site, topics: Sequence[Topic]
) -> JsonObject:
    """One event at one of its occurrences, cancelled ones by their title."""
    event = published.event
    place = occurrence.place or event.place
    status = wording.overall(occurrence.status, event.status)
    return {
        "url": wording.page_address(published, site),
        "title": wording.headline(occurrence.title or event.title, status, "de"),
        "from_date": moment(occurrence.start, site.timezone),
        "to_date": ending(occurrence, site.timezone),
        "note": printable(occurrence.description or event.description) or None,
        "location": wording.place_line(place) or None,
        "location_lat": place.latitude,
        "location_lon": place.longitude,
        "image": None,
        **subjects(event.topics, topics),
    }


def exchange_group(one: Initiative, site: Site, page: str, topics: Sequence[Topic]) -> JsonObject:
    """One initiative; `page` is the path of its page."""
    place = Place("", one.place, one.latitude, one.longitude)
    location = {"location": one_line(place.text) or None, "lat": place.latitude, "lon": place.longitude}
    return {
        "url": site.base_url + page,
        "name": one_line(one.name),
        "description": printable(one.text) or None,
        "avatar": None,
        "locations": [location] if place.text or place.has_coordinates else [],
        **subjects(one.topics, topics),
    }


def subjects(named: Sequence[str], topics: Sequence[Topic]) -> JsonObject:
    """The topics that the portal knows; the site's other topics as tags, which only its operator can invent.

    Categories of feeds never become tags: each new one would become a row of the portal.
    """
    labels = [topic.label("de") for topic in topics if topic.id in named]
    return {
        "tags": [label for label in labels if label not in TOPICS],
        "topics": [label for label in labels if label in TOPICS],
    }


def moment(start: EventTime, zone: str) -> str:
    """A start as ISO 8601 with offset; a day begins at midnight, since a bare date would not be read."""
    return start.local(zone).isoformat()


def ending(occurrence: EventOccurrence, zone: str) -> str | None:
    """An end as ISO 8601 with offset, the last minute of the last day when all-day; None when not known."""
    if occurrence.start.is_date:
        last_minute = datetime.combine(occurrence.days(zone)[1], time(23, 59), zone_info(zone))
        return last_minute.isoformat()
    if occurrence.end is None or occurrence.end.instant < occurrence.start.instant:
        return None
    return occurrence.end.local(zone).isoformat()
