"""The JSON interface: the wanted events page by page, and the description of it all."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.export.events_json import event_object
from aggregator.store import queries
from web.answering import Kind, Rhythm, answer
from web.api.openapi import MOST_EVENTS, USUAL_EVENTS, openapi
from web.kept import Reply
from web.scene import Scene
from web.visits import Visit, number_of

api = Blueprint("api", __name__)

JSON = "application/json"
EVENTS = Kind(Rhythm.NEVER, own=("limit", "next"), negotiates=False, is_open=True)
DESCRIPTION = Kind(Rhythm.NEVER, negotiates=False, is_open=True, max_age=3600)


@api.get("/api/v1/events")
def events() -> Response:
    """The wanted events in the order of their ids."""
    return answer(EVENTS, events_reply)


@api.get("/api/v1/openapi.json")
def description() -> Response:
    """What the interface offers (OpenAPI 3.1)."""
    return answer(DESCRIPTION, lambda visit, scene, connection: json_reply(openapi(scene.settings)))


def events_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """One page: the events, and the address of the next page or null."""
    limit = number_of(visit, "limit", USUAL_EVENTS, MOST_EVENTS)
    found = queries.feed_events(connection, scene.wanted, after=visit.own.get("next", ""), limit=limit + 1)
    shown, settings = found[:limit], scene.settings
    return json_reply(
        {
            "events": [
                event_object(each, settings.site, scene.initiatives, settings.topics, scene.language) for each in shown
            ],
            "next": next_page(shown[-1].identity.id, limit, scene) if len(found) > limit else None,
        }
    )


def next_page(last_id: str, limit: int, scene: Scene) -> str:
    """The whole address of the page after the event with that id."""
    here = urlencode({"limit": limit, "next": last_id})
    query = "&".join(part for part in (scene.wanted.query(), here) if part)
    return scene.settings.site.base_url + scene.links.to("/api/v1/events", query)


def json_reply(value: object) -> Reply:
    """A value as JSON, readable as it is."""
    return Reply(json.dumps(value, ensure_ascii=False, indent=1).encode(), JSON)
