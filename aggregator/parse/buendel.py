"""Another town's Bündel: its JSON Feed, and the rule that keeps two instances from feeding each other for ever.

Every export bears our mark. It is read only where the operator asks for it (`format: buendel`), never from
our own host, and only events that the other instance has from its own initiatives: what it took over from
a third one, or from us, is left to the one who knows it first-hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from aggregator.errors import Failure
from aggregator.model.components import Component, ParsedFeed, StatedPlace, StatedRecurrence, StatedTime
from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.cleaning import web_address
from aggregator.parse.hashes import with_hash
from aggregator.parse.json_values import Node, degrees, inner, iso_moment, line, objects, paragraphs, words
from aggregator.parse.moments import stated_time

JSON_FEED = "https://jsonfeed.org/version/"
# How our calendars name who announces an event, and the address of an event's page on any instance.
SOURCE_LINE = re.compile(r"^(?:Quelle|Source): (?P<who>.+)$", re.MULTILINE)
EVENT_PAGE = re.compile(r"https?://[^/\s]+/event/[0-9a-f]{10}(?![\w-])")
STATUSES = {"withdrawn": "CANCELLED", "cancelled": "CANCELLED", "tentative": "TENTATIVE"}


def recognises(document: Any) -> bool:
    """Whether it is the JSON Feed of an instance."""
    if not isinstance(document, dict) or not line(document, "version").startswith(JSON_FEED):
        return False
    return any("_event" in item for item in objects(document.get("items")))


def read(document: Any, base_url: str) -> ParsedFeed | Failure:
    """The events of the feed that are the instance's own; the feed holds the latest only, so it is never complete."""
    items = objects(document.get("items")) if isinstance(document, dict) else []
    events = [inner(item, "_event") for item in items]
    links = [[line(source, "link") for source in objects(event.get("sources"))] for event in events]
    own = [event for event, announced_at in zip(events, links, strict=True) if _is_own(announced_at)]
    others = [event for event, announced_at in zip(events, links, strict=True) if not _is_own(announced_at)]
    return ParsedFeed(
        components=tuple(_component(event) for event in own if line(event, "start")),
        defects=tuple(_taken_over(line(event, "uid")) for event in others),
        title=line(document, "title") if isinstance(document, dict) else "",
        complete=False,
        loop_mark=True,
        format="buendel",
    )


def is_ours(address: str, our_origin: str) -> bool:
    """Whether an address lies on our own server; `our_origin` is `host` or `host:port` in lower case."""
    try:
        return bool(our_origin) and urlsplit(address).netloc.lower() == our_origin
    except ValueError:
        return False


def own_events(feed: ParsedFeed, our_origin: str) -> ParsedFeed:
    """The marked feed of another instance without the events that come from us or from a third one."""
    kept: list[Component] = []
    left: list[Component] = []
    for component in feed.components:
        (kept if _is_first_hand(component, our_origin) else left).append(component)
    defects = (*feed.defects, *(_taken_over(component.uid) for component in left))
    return replace(feed, components=tuple(kept), defects=defects)


def _is_first_hand(component: Component, our_origin: str) -> bool:
    host = our_origin.partition(":")[0]
    if our_origin and component.uid.endswith(f"@{host}"):
        return False
    if any(is_ours(address, our_origin) for address in (component.link, component.guid, *component.links)):
        return False
    return _is_own([found["who"] for found in SOURCE_LINE.finditer(component.description)])


def _is_own(announcements: Sequence[str]) -> bool:
    """Whether anybody announces it but an instance of Bündel; without any word of its sources it counts as own."""
    return not announcements or any(not EVENT_PAGE.search(each) for each in announcements)


def _taken_over(uid: str) -> Defect:
    return Defect(DefectKind.TAKEN_OVER, uid, skipped=True)


def _component(event: Node) -> Component:
    sources = (web_address(line(source, "link")) for source in objects(event.get("sources")))
    further = (web_address(link) for link in words(event.get("links")))
    return with_hash(
        Component(
            kind="buendel",
            uid=line(event, "uid"),
            link=web_address(line(event, "url")),
            title=line(event, "title"),
            description=paragraphs(event, "description"),
            start=_time(event, "start"),
            end=_time(event, "end"),
            recurrence=_dates(event),
            place=_place(inner(event, "place")),
            organizer=", ".join(words(event.get("initiatives"), "name")),
            categories=words(event.get("topics"), "label"),
            links=tuple(dict.fromkeys(link for link in (*sources, *further) if link)),
            status=STATUSES.get(line(event, "status"), ""),
            sequence=_count(event.get("sequence")),
            updated=iso_moment(event, "updated"),
            language=line(event, "language", 2).lower(),
        )
    )


def _time(node: Node, key: str) -> StatedTime | None:
    return stated_time(line(node, key, 64))


def _dates(event: Node) -> StatedRecurrence:
    """The dates of a series one by one: the feed tells its rule, but not which dates are excepted from it."""
    held = [each for each in objects(event.get("occurrences")) if line(each, "status") != "cancelled"]
    dates = tuple(time for each in held if (time := _time(each, "start")))
    return StatedRecurrence(dates=dates) if words(event.get("rrule")) else StatedRecurrence()


def _place(place: Node) -> StatedPlace:
    return StatedPlace(
        name=line(place, "name", 200),
        address=line(place, "address", 300),
        latitude=degrees(place, "lat"),
        longitude=degrees(place, "lon"),
        online=place.get("online") is True,
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0
