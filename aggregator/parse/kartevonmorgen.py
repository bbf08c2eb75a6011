"""Karte von morgen (OpenFairDB), `GET /v0/events?bbox=…`: events of a rectangle on the map.

`start` and `end` are what the wall clock shows there, written as if it were UTC: the zone is dropped again,
so that they float in the zone of the source. `email` and `telephone` are a person's and are never read.
The server's rectangle has a margin; the source's `within` cuts it off.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aggregator.errors import Failure
from aggregator.model.components import Component, ParsedFeed, StatedPlace, StatedTime
from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.cleaning import one_line, public_name, web_address
from aggregator.parse.hashes import with_hash
from aggregator.parse.json_values import Node, degrees, line, objects, paragraphs, unix_moment, words

OWN_MARKS = frozenset({"lat", "lng", "registration", "homepage", "organizer"})


def recognises(document: Any) -> bool:
    """Whether it is a list of events of Karte von morgen."""
    return any("start" in event and "title" in event and OWN_MARKS & set(event) for event in objects(document))


def read(document: Any, base_url: str) -> ParsedFeed | Failure:
    """The events of an answer; an event without start is a defect."""
    events = objects(document)
    undated = [event for event in events if unix_moment(event, "start") is None]
    return ParsedFeed(
        components=tuple(_component(event, base_url) for event in events if unix_moment(event, "start")),
        defects=tuple(Defect(DefectKind.NO_START, line(event, "id", 60), skipped=True) for event in undated),
        format="kartevonmorgen",
    )


def _component(event: Node, base_url: str) -> Component:
    return with_hash(
        Component(
            kind="kartevonmorgen",
            guid=line(event, "id", 60),
            link=web_address(line(event, "homepage")),
            title=line(event, "title"),
            description=paragraphs(event, "description"),
            start=_wall_time(unix_moment(event, "start")),
            end=_wall_time(unix_moment(event, "end")),
            place=_place(event),
            organizer=public_name(line(event, "organizer", 200)),
            categories=words(event.get("tags")),
        )
    )


def _wall_time(moment: datetime | None) -> StatedTime | None:
    return StatedTime(f"{moment:%Y%m%dT%H%M%S}") if moment else None


def _place(event: Node) -> StatedPlace:
    town = one_line(f"{line(event, 'zip', 20)} {line(event, 'city', 100)}")
    return StatedPlace(
        address=", ".join(part for part in (line(event, "street", 200), town) if part),
        latitude=degrees(event, "lat"),
        longitude=degrees(event, "lng"),
    )
