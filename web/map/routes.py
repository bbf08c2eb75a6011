"""The map: one address for events and for initiatives."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.model.filters import refusal
from web.answering import Kind, Rhythm, answer
from web.kept import Reply
from web.map.around import near_reply
from web.map.reading import events_reply, geojson_reply, initiatives_reply
from web.scene import Scene
from web.visits import Visit

maps = Blueprint("maps", __name__)

MAP = Kind(Rhythm.EACH_MINUTE, own=("what",))
NEAR = Kind(Rhythm.DAILY, own=("at", "km", "view"))
GEOJSON = Kind(Rhythm.EACH_MINUTE, negotiates=False, is_open=True, max_age=300)


@maps.get("/map")
def map_page() -> Response:
    """Where the next events are; with ?what=initiatives where the initiatives are."""
    return answer(MAP, map_reply)


@maps.get("/near")
def near() -> Response:
    """What is on around a place that is named."""
    return answer(NEAR, near_reply)


@maps.get("/events.geojson")
def events_geojson() -> Response:
    """The coming events for maps, a series once at its next date."""
    return answer(GEOJSON, geojson_reply)


def map_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The map that was asked for; raises FilterError for anything but events and initiatives."""
    what = visit.own.get("what", "events")
    if what not in ("events", "initiatives"):
        raise refusal("what", "Hier geht nur events oder initiatives", "Only events or initiatives are possible here")
    return events_reply(scene, connection) if what == "events" else initiatives_reply(scene, connection)
