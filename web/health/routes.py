"""For machines: is the process alive, does the store answer. For people: how the sources are."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import datetime

from flask import Blueprint, Response, request
from sqlalchemy import Connection

from aggregator.errors import StoreError
from aggregator.store import queries, sources, ticks
from aggregator.store.needs import ROOM_NEEDED, STALE_AFTER
from aggregator.store.room import OK, condition
from aggregator.store.ticks import Tick
from web.answering import PAGE, finished, scene_of
from web.health.metrics import metrics
from web.health.status import Health, health_of, kind_of, tallies
from web.kept import Reply
from web.pages import page
from web.scene import Scene
from web.services import current_services
from web.visits import read_visit

health = Blueprint("health", __name__)
health.add_url_rule("/metrics", view_func=metrics)


@health.get("/healthz")
def alive() -> Response:
    """200 as long as the process answers; asks nobody."""
    return machine_answer({"status": "ok"}, 200)


@health.get("/readyz")
def ready() -> Response:
    """200 when the store answers: how many sources are in which state, and how the scheduler is; else 503.

    Pages can be served while nothing is fetched, so a scheduler that rests, or a store that takes nothing, makes us
    degraded, not unready.
    """
    services = current_services()
    try:
        with services.store.reading() as connection:
            beat = pulse(ticks.last(connection), services.clock())
            kinds = Counter(kind_of(overview) for overview in sources.overviews(connection))
            generation = queries.generation(connection)
    except StoreError:
        return machine_answer({"status": "unavailable"}, 503)
    counts = {kind: kinds[kind] for kind in ("ok", "still", "held", "bad")}
    store = condition(services.store)
    status = "ready" if beat["ok"] and store == OK else "degraded"
    answer = {"status": status, "generation": generation, "sources": counts, "scheduler": beat, "store": store}
    return machine_answer(answer, 200)


def pulse(tick: Tick | None, now: datetime) -> dict[str, object]:
    """Since when the scheduler was not seen (in seconds), and the room on its disk (in bytes)."""
    if tick is None:
        return {"ok": False, "age_seconds": None, "free_bytes": None}
    age = now - tick.at
    is_well = age <= STALE_AFTER and tick.free_bytes >= ROOM_NEEDED
    return {"ok": is_well, "age_seconds": round(age.total_seconds()), "free_bytes": tick.free_bytes}


def machine_answer(value: object, status: int) -> Response:
    """A small JSON answer that nobody may keep."""
    response = Response(json.dumps(value) + "\n", status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@health.get("/sources")
def sources_page() -> Response:
    """Every source with its state.

    A failed fetch does not raise the generation, so the ETag is that of the finished page.
    """
    services = current_services()
    visit = read_visit(request, services.tongues, (), True)
    with services.store.reading() as connection:
        reply = sources_reply(scene_of(visit, services.clock(), services, connection), connection)
    tag = hashlib.blake2b(reply.body, digest_size=12).hexdigest()
    if request.if_none_match.contains_weak(tag):
        reply = Reply(b"", "", 304)
    return finished(reply, tag, PAGE)


def sources_reply(scene: Scene, connection: Connection) -> Reply:
    """The page of all sources."""
    shown = health_of(sources.overviews(connection), scene)
    return page(
        "sources.html",
        scene,
        title=scene.tongue.gettext("Zustand der Quellen"),
        subtitle=summary(shown, scene),
        health=shown,
        tallies=tallies(shown, scene),
    )


def summary(shown: Health, scene: Scene) -> str:
    """ "31 Quellen, 27 davon in Ordnung."."""
    well = sum(line.kind == "ok" for line in shown.lines)
    number = scene.tongue.ngettext("%(num)d Quelle", "%(num)d Quellen", len(shown.lines))
    return scene.tongue.gettext("%(number)s, %(well)d davon in Ordnung.", number=number, well=well)
