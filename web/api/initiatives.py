"""The directory in the JSON interface, and how it is described."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.model.sources import Initiative
from aggregator.model.umbrellas import members_of
from web.answering import Kind, Rhythm, answer
from web.api.routes import JSON
from web.calendar.texts import safe_link
from web.initiatives.choosing import chosen, refuse_event_filters
from web.initiatives.dates_ahead import next_date
from web.initiatives.directory import Coming
from web.initiatives.reading import coming
from web.kept import Reply
from web.scene import Scene
from web.visits import Visit, number_of

directory_api = Blueprint("directory_api", __name__)

DIRECTORY = Kind(Rhythm.EACH_MINUTE, own=("limit", "page"), negotiates=False, is_open=True)
USUAL, MOST, MOST_PAGES = 100, 500, 10_000
JsonObject = dict[str, object]


@directory_api.get("/api/v1/initiatives")
def initiatives() -> Response:
    """The wanted initiatives in alphabetical order."""
    return answer(DIRECTORY, initiatives_reply)


def initiatives_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """One page: the initiatives, and the address of the next page or null."""
    refuse_event_filters(scene.wanted)
    limit, number = number_of(visit, "limit", USUAL, MOST), number_of(visit, "page", 1, MOST_PAGES)
    found, ahead = chosen(scene), coming(scene, connection)
    shown = [initiative_object(one, ahead, scene) for one in found[(number - 1) * limit : number * limit]]
    following = next_page(limit, number + 1, scene) if number * limit < len(found) else None
    return Reply(json.dumps({"initiatives": shown, "next": following}, ensure_ascii=False, indent=1).encode(), JSON)


def next_page(limit: int, number: int, scene: Scene) -> str:
    """The whole address of the next page."""
    own = urlencode({"limit": limit, "page": number})
    query = "&".join(part for part in (scene.wanted.query(), own) if part)
    return scene.settings.site.base_url + scene.links.to("/api/v1/initiatives", query)


def initiative_object(one: Initiative, ahead: Coming, scene: Scene) -> JsonObject:
    """All that the directory knows of an initiative."""
    base = scene.settings.site.base_url
    following = next_date(ahead.next.get(one.id, ()), scene)
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "text": one.text,
        "topics": [{"id": topic, "label": scene.topic_label(topic)} for topic in one.topics],
        "place": one.place,
        "lat": one.latitude,
        "lon": one.longitude,
        "homepage": safe_link(one.homepage),
        "umbrella": one.umbrella,
        "members": [member.id for member in members_of(one.id, scene.initiatives)],
        "coming_events": ahead.counts.get(one.id, 0),
        "next": {"start": following.iso, "title": following.title, "url": base + following.link} if following else None,
        "url": base + scene.links.initiative(one.id),
        "calendar": f"{base}/calendar.ics?initiative={one.id}",
    }
