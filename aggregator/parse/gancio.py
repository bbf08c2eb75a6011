"""Gancio's public API, `GET /api/events`: a list of events with Unix seconds.

Descriptions are not part of the list. The UID is written as Gancio's own calendar writes it, so that one
event read by both ways is one event.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from aggregator.errors import Failure
from aggregator.model.components import Component, ParsedFeed, StatedPlace
from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.cleaning import web_address
from aggregator.parse.hashes import with_hash
from aggregator.parse.json_values import Node, degrees, inner, line, objects, paragraphs, unix_moment, utc_time, words


def recognises(document: Any) -> bool:
    """Whether it is a list of Gancio's events."""
    return any("start_datetime" in event for event in objects(document))


def read(document: Any, base_url: str) -> ParsedFeed | Failure:
    """The events of an answer; `base_url` is where it came from and gives them their addresses."""
    events = objects(document)
    dated = [event for event in events if unix_moment(event, "start_datetime")]
    undated = [event for event in events if not unix_moment(event, "start_datetime")]
    return ParsedFeed(
        components=tuple(_component(event, base_url) for event in dated),
        defects=tuple(Defect(DefectKind.NO_START, _uid(event, base_url), skipped=True) for event in undated),
        format="gancio",
    )


def _component(event: Node, base_url: str) -> Component:
    description = paragraphs(event, "description")
    slug = line(event, "slug", 300) or line(event, "id", 40)
    meetings = event.get("online_locations")
    addresses = (web_address(address) for address in words(meetings))
    return with_hash(
        Component(
            kind="gancio",
            uid=_uid(event, base_url),
            link=web_address(urljoin(base_url, f"/event/{quote(slug, safe='')}")),
            title=line(event, "title"),
            description=description,
            description_is_html=bool(description),
            start=utc_time(unix_moment(event, "start_datetime")),
            end=utc_time(unix_moment(event, "end_datetime")),
            place=_place(inner(event, "place"), online=bool(words(meetings))),
            categories=words(event.get("tags"), "tag"),
            links=tuple(address for address in addresses if address),
            updated=unix_moment(event, "updated"),
        )
    )


def _uid(event: Node, base_url: str) -> str:
    return f"{line(event, 'id', 40)}@{urlsplit(base_url).netloc}"


def _place(place: Node, online: bool) -> StatedPlace:
    return StatedPlace(
        name=line(place, "name", 200),
        address=line(place, "address", 300),
        latitude=degrees(place, "latitude"),
        longitude=degrees(place, "longitude"),
        online=online,
    )
