"""The exchange with WECHANGE: a portal's administrator enters our two addresses, and it pulls them every day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NoReturn, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, abort
from sqlalchemy import Connection

from aggregator.export.exchange import exchange_event, exchange_group
from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.records import Status
from aggregator.store import calendar, sources
from web.answering import Kind, Rhythm, answer
from web.calendar.agenda import soonest_of_each
from web.calendar.rows import place_of, status_of
from web.calendar.windows import in_calendar, search_window
from web.initiatives.choosing import chosen, refuse_event_filters
from web.kept import Reply
from web.links import Links
from web.map.reading import gazetteer_of
from web.problems import problem
from web.scene import Scene
from web.visits import Visit, number_of

exchange = Blueprint("exchange", __name__)
Value = TypeVar("Value")

JSON = "application/json"
PAGES = Kind(Rhythm.EACH_MINUTE, own=("limit", "page"), negotiates=False, is_open=True)
USUAL, MOST, MOST_PAGES = 100, 500, 10_000
RETRY_SECONDS = "600"


@exchange.get("/exchange/events/", strict_slashes=False)
def events() -> Response:
    """The coming events, a series once at its next date."""
    return answer(PAGES, events_reply)


@exchange.get("/exchange/groups/", strict_slashes=False)
def groups() -> Response:
    """The initiatives of the directory."""
    return answer(PAGES, groups_reply)


def events_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """One page of events; 503 whenever an empty or a partial answer would delete them over there."""
    wanted = in_calendar(scene.wanted)
    found = coming(wanted, scene, connection)
    if is_troubled(connection) or not (found or coming(EventFilter(), scene, connection)):
        refuse(scene)
    settings, gazetteer = scene.settings, gazetteer_of(scene, connection)
    results = []
    for listing in page_of(found, visit):
        position = gazetteer.find(place_of(listing.published.event, listing.occurrence)) or (None, None)
        told = exchange_event(listing.published, listing.occurrence, settings.site, settings.topics)
        results.append({**told, "location_lat": position[0], "location_lon": position[1]})
    return page_reply(results, len(found), "events", visit, scene)


def groups_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """One page of initiatives."""
    refuse_event_filters(scene.wanted)
    found = chosen(scene)
    if not scene.initiatives:
        refuse(scene)
    site, links = scene.settings.site, Links()
    results = [
        exchange_group(one, site, links.initiative(one.id), scene.settings.topics) for one in page_of(found, visit)
    ]
    return page_reply(results, len(found), "groups", visit, scene)


def coming(wanted: EventFilter, scene: Scene, connection: Connection) -> tuple[Listing, ...]:
    """The wanted events that are not over, each at its next date, in an order that pages can follow."""
    window = search_window(wanted, scene.today)
    found = [each for each in calendar.listings(connection, window, wanted) if each.occurrence.ends_at > scene.now]
    there = [each for each in found if status_of(each.published.event, each.occurrence) is not Status.WITHDRAWN]
    # A series is told with a date that takes place, when it has one.
    there.sort(key=lambda each: status_of(each.published.event, each.occurrence) is Status.CANCELLED)
    return tuple(sorted(soonest_of_each(there), key=lambda each: each.published.identity.id))


def is_troubled(connection: Connection) -> bool:
    """Whether a source was never read yet, or none can be read: then what we know is not what there is."""
    states = [state for _, state in sources.load_active(connection)]
    unread = any(state.last_success_at is None and state.failure is None for state in states)
    return unread or all(state.failure for state in states)


def page_of(found: Sequence[Value], visit: Visit) -> Sequence[Value]:
    """The part of what was found that was asked for."""
    limit = number_of(visit, "limit", USUAL, MOST)
    start = (number_of(visit, "page", 1, MOST_PAGES) - 1) * limit
    return found[start : start + limit]


def page_reply(results: Sequence[object], total: int, name: str, visit: Visit, scene: Scene) -> Reply:
    """The two keys that the portal reads: the results, and the address of the next page or null."""
    limit, number = number_of(visit, "limit", USUAL, MOST), number_of(visit, "page", 1, MOST_PAGES)
    following = None
    if number * limit < total:
        own = {"limit": limit, "page": number + 1}
        query = "&".join(part for part in (scene.wanted.query(), urlencode(own)) if part)
        following = f"{scene.settings.site.base_url}/exchange/{name}/?{query}"
    return Reply(json.dumps({"results": results, "next": following}, ensure_ascii=False, indent=1).encode(), JSON)


def refuse(scene: Scene) -> NoReturn:
    """503: the portal keeps what it has and comes back."""
    say = scene.tongue.gettext
    sentence = say("Noch sind nicht alle Quellen gelesen; bitte später noch einmal.")
    response = problem(503, say("Der Kalender ist gerade nicht vollständig"), sentence)
    response.headers["Retry-After"] = RETRY_SECONDS
    abort(response)
