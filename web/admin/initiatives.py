"""Initiatives and alliances: who is there, who belongs to whom, who withdrew."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.sources import Initiative
from aggregator.store import alliances, queries, registered
from web.admin.access import note
from web.admin.asking import ask_for_relink, back_to
from web.admin.frame import admin_page, admin_scene, say
from web.scene import Scene
from web.services import current_services

HERE = "/admin/initiatives"


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative in the list."""

    initiative: Initiative
    umbrella: str
    is_from_web: bool
    is_free: bool


def initiatives_page() -> Response:
    """All initiatives with their alliances, and those that withdrew."""
    services = current_services()
    with services.store.reading() as connection:
        scene = admin_scene(connection)
        lines = tuple(line_of(connection, one, scene) for one in scene.initiatives.values())
        gone = registered.withdrawn(connection)
    values = {"lines": lines, "gone": gone}
    return admin_page("admin/initiatives.html", say("Initiativen"), 200, scene, **values)


def line_of(connection: Connection, initiative: Initiative, scene: Scene) -> Line:
    """An initiative with the alliance that it belongs to."""
    listed = registered.load(connection, initiative.id)
    umbrella = scene.name_of(initiative.umbrella) if initiative.umbrella else ""
    is_free = alliances.is_free(connection, initiative.id)
    return Line(initiative, umbrella, bool(listed and listed.is_from_web), is_free)


def put_under(initiative_id: str) -> AnyResponse:
    """Let an initiative belong to an alliance, or to none; where sources.yaml says so, it wins."""
    umbrella = request.form.get("umbrella", "") or None
    services = current_services()
    with services.store.writing() as connection:
        known = queries.initiatives(connection)
        is_wrong = initiative_id not in known or umbrella == initiative_id or (umbrella and umbrella not in known)
        if is_wrong or not alliances.is_free(connection, initiative_id):
            abort(404)
        alliances.move(connection, initiative_id, umbrella, services.clock())
        note(connection, "umbrella", f"initiative:{initiative_id}", umbrella or "–")
        ask_for_relink(connection)
    return back_to(HERE, "done")


def restore(initiative_id: str) -> AnyResponse:
    """Bring back an initiative that withdrew in the last seven days."""
    with current_services().store.writing() as connection:
        if initiative_id not in {one.initiative.id for one in registered.withdrawn(connection)}:
            abort(404)
        registered.restore(connection, initiative_id)
        note(connection, "restore", f"initiative:{initiative_id}")
        ask_for_relink(connection)
    return back_to(HERE, "saved")
