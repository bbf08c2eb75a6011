"""Mobilizon's answer to a GraphQL question for the events of a group or of a region.

Its ICS says the same but for `updatedAt`, the only mark by which Mobilizon tells that an event changed.
"""

from __future__ import annotations

from typing import Any

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import Component, ParsedFeed, StatedPlace
from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.cleaning import one_line, public_name, web_address
from aggregator.parse.hashes import with_hash
from aggregator.parse.json_values import Node, inner, iso_moment, line, objects, paragraphs, words
from aggregator.parse.moments import stated_time

# Where the answers to our questions hold their page of events.
LISTS = (("group", "organizedEvents"), ("searchEvents",), ("events",))
PUBLIC = ("", "PUBLIC")


def recognises(document: Any) -> bool:
    """Whether it is an answer with a list of events, or a GraphQL error."""
    return isinstance(document, dict) and (_page(document) is not None or bool(objects(document.get("errors"))))


def read(document: Any, base_url: str) -> ParsedFeed | Failure:
    """The public events of an answer; one that is a page of a longer list is not complete."""
    page = _page(document) if isinstance(document, dict) else None
    if page is None:
        errors = objects(document.get("errors")) if isinstance(document, dict) else []
        return Failure(ErrorClass.NOT_A_FEED, line(errors[0], "message", 80) if errors else "Mobilizon")
    events = objects(page.get("elements"))
    hidden = [event for event in events if not _is_public(event)]
    total = page.get("total")
    return ParsedFeed(
        components=tuple(_component(event, base_url) for event in events if _is_public(event)),
        # A private event is counted, and nothing of it but its identifier is told.
        defects=tuple(Defect(DefectKind.PRIVATE, line(event, "uuid", 60), skipped=True) for event in hidden),
        title=line(inner(inner(document, "data"), "group"), "name", 200),
        complete=not isinstance(total, int) or total <= len(events),
        format="mobilizon",
    )


def _page(document: Node) -> Node | None:
    """The page of events, None if there is none."""
    for way in LISTS:
        node = inner(document, "data")
        for step in way:
            node = inner(node, step)
        if isinstance(node.get("elements"), list):
            return node
    return None


def _is_public(event: Node) -> bool:
    return line(event, "visibility", 40) in PUBLIC and event.get("draft") is not True


def _component(event: Node, base_url: str) -> Component:
    options = inner(event, "options")
    organizer = inner(event, "attributedTo")
    meeting = web_address(line(event, "onlineAddress"))
    return with_hash(
        Component(
            kind="mobilizon",
            uid=line(event, "uuid", 60),
            link=web_address(line(event, "url"), base_url),
            title=line(event, "title"),
            description=paragraphs(event, "description"),
            description_is_html=True,
            start=stated_time(line(event, "beginsOn", 64)),
            end=stated_time(line(event, "endsOn", 64)),
            place=_place(inner(event, "physicalAddress"), online=options.get("isOnline") is True),
            organizer=public_name(line(organizer, "name", 200) or line(organizer, "preferredUsername", 200)),
            categories=words(event.get("tags"), "title"),
            links=(meeting,) if meeting else (),
            status=line(event, "status", 40).upper(),
            updated=iso_moment(event, "updatedAt"),
            language=line(event, "language", 2).lower(),
        )
    )


def _place(address: Node, online: bool) -> StatedPlace:
    latitude, longitude = _point(line(address, "geom", 80))
    town = one_line(f"{line(address, 'postalCode', 20)} {line(address, 'locality', 100)}")
    return StatedPlace(
        name=line(address, "description", 200),
        address=", ".join(part for part in (line(address, "street", 200), town) if part),
        latitude=latitude,
        longitude=longitude,
        online=online,
    )


def _point(geometry: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of "lon;lat"."""
    longitude, _, latitude = geometry.partition(";")
    try:
        return float(latitude), float(longitude)
    except ValueError:
        return None, None
