"""One source's public page: in plain words how it is doing, never its address."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, abort, request
from sqlalchemy import Connection

from aggregator.export import dates
from aggregator.model.health import FetchEntry, SourceOverview
from aggregator.model.times import zone_info
from aggregator.store import fetches, sources
from web.answering import PAGE, finished, scene_of
from web.health.status import moment_words, source_line
from web.kept import Reply
from web.pages import page
from web.scene import Scene
from web.services import current_services
from web.visits import read_visit

source_health = Blueprint("source_health", __name__)

DAYS = 14
# More than a source is asked in two weeks, every quarter of an hour.
MOST_ENTRIES = 1500


@dataclass(frozen=True, slots=True)
class DayState:
    """How a source was on one day: ok, bad, or "" when it was not asked."""

    day: str
    state: str


@source_health.get("/sources/<source_id>")
def source_page(source_id: str) -> Response:
    """The page; 404 for a source that is not in use."""
    services = current_services()
    visit = read_visit(request, services.tongues, (), True)
    with services.store.reading() as connection:
        scene = scene_of(visit, services.clock(), services, connection)
        found = next((one for one in sources.overviews(connection) if one.source.id == source_id), None) or abort(404)
        reply = reply_about(found, scene, connection)
    tag = hashlib.blake2b(reply.body, digest_size=12).hexdigest()
    if request.if_none_match.contains_weak(tag):
        reply = Reply(b"", "", 304)
    return finished(reply, tag, PAGE)


def reply_about(found: SourceOverview, scene: Scene, connection: Connection) -> Reply:
    """The page of one source."""
    entries = fetches.recent(connection, found.source.id, MOST_ENTRIES)
    days = days_of(entries, scene)
    return page(
        "source.html",
        scene,
        line=source_line(found, scene),
        initiative_link=scene.links.initiative(found.source.initiative),
        is_paused=found.source.paused,
        next_visit=moment_words(found.state.next_at, scene) if found.state.next_at else "",
        days=days,
        good_days=sum(one.state == "ok" for one in days),
        asked_days=sum(bool(one.state) for one in days),
    )


def days_of(entries: Sequence[FetchEntry], scene: Scene) -> tuple[DayState, ...]:
    """The last two weeks, the oldest day first; a day is bad when its last attempt failed."""
    last: dict[date, FetchEntry] = {}
    for entry in entries:
        last.setdefault(entry.at.astimezone(zone_info(scene.zone)).date(), entry)
    days = (scene.today - timedelta(days=back) for back in reversed(range(DAYS)))
    return tuple(DayState(dates.short_day(day, scene.language), state_of(last.get(day))) for day in days)


def state_of(entry: FetchEntry | None) -> str:
    """How that attempt went."""
    if entry is None:
        return ""
    return "bad" if entry.failure else "ok"
