"""Initiatives, alliances and topics: who is there, who belongs to whom, what nobody sorted yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from flask import Response, abort, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.sources import Initiative
from aggregator.store import queries, records, registered
from web.admin.access import note
from web.admin.asking import ask_for_relink, back_to
from web.admin.frame import admin_page, admin_scene, say
from web.scene import Scene
from web.services import current_services

HERE = "/admin/initiatives"
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative in the list."""

    initiative: Initiative
    umbrella: str
    is_from_web: bool


def initiatives_page() -> Response:
    """All initiatives, those that withdrew, the topics with the words that lead to none."""
    services = current_services()
    with services.store.reading() as connection:
        scene = admin_scene(connection)
        lines = tuple(line_of(connection, one, scene) for one in scene.initiatives.values())
        gone = registered.withdrawn(connection)
        unsorted = loose_words(connection)
    values = {"lines": lines, "gone": gone, "topics": services.settings.topics, "unsorted": unsorted}
    return admin_page("admin/initiatives.html", say("Initiativen"), 200, scene, **values)


def line_of(connection: Connection, initiative: Initiative, scene: Scene) -> Line:
    """An initiative with the alliance that it belongs to."""
    listed = registered.load(connection, initiative.id)
    umbrella = scene.name_of(initiative.umbrella) if initiative.umbrella else ""
    return Line(initiative, umbrella, bool(listed and listed.is_from_web))


def loose_words(connection: Connection) -> tuple[tuple[str, int], ...]:
    """The sources' own categories of records without a topic, the most frequent first."""
    told = (one.record for one in records.load(connection) if not one.record.topics)
    return tuple(Counter(word for record in told for word in record.categories).most_common(MOST_WORDS))


def put_under(initiative_id: str) -> AnyResponse:
    """Let a registered initiative belong to an alliance, or to none; sources.yaml wins for its own."""
    umbrella = request.form.get("umbrella", "") or None
    with current_services().store.writing() as connection:
        listed = registered.load(connection, initiative_id)
        known = queries.initiatives(connection)
        if (
            listed is None
            or not listed.is_from_web
            or umbrella == initiative_id
            or (umbrella and umbrella not in known)
        ):
            abort(404)
        registered.save(connection, replace(listed.initiative, umbrella=umbrella))
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
