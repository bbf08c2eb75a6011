"""Who organises an event together: named by the initiative that leads it, taken back by either."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, request
from werkzeug.wrappers import Response

from aggregator.model.corrections import TOGETHER, Correction
from aggregator.model.events import PublishedEvent
from aggregator.store import corrections
from web.manage.desk import Desk


def leads(desk: Desk, found: PublishedEvent) -> bool:
    """Whether this initiative's word comes first: only then may it change what others see."""
    return found.event.initiatives[:1] == (desk.initiative.id,)


def partners_of(given: Mapping[str, Correction]) -> list[str]:
    """Those that were named as organising the event too."""
    return [name for name in (given[TOGETHER].value.split(",") if TOGETHER in given else ()) if name]


def possible_partners(desk: Desk, found: PublishedEvent) -> list[tuple[str, str]]:
    """Whom the leading initiative may name."""
    others = (one for one in desk.scene.initiatives.values() if one.id not in found.event.initiatives)
    return (
        sorted(((one.id, one.name) for one in others), key=lambda pair: pair[1].casefold())
        if leads(desk, found)
        else []
    )


def organise_with(desk: Desk, found: PublishedEvent) -> Response:
    """Name one more initiative that organises the event."""
    name = request.form.get("initiative", "")
    if name not in dict(possible_partners(desk, found)):
        abort(400)
    return say_partners(desk, found, [*partners_now(desk, found), name])


def organise_without(desk: Desk, found: PublishedEvent) -> Response:
    """Take a name back: the leading initiative any, everybody their own."""
    name = request.form.get("initiative", "")
    if not leads(desk, found) and name != desk.initiative.id:
        abort(403)
    return say_partners(desk, found, [one for one in partners_now(desk, found) if one != name])


def partners_now(desk: Desk, found: PublishedEvent) -> list[str]:
    """Those that are named at present."""
    given = {one.field: one for one in corrections.of_event(desk.connection, found.identity.id)}
    return partners_of(given)


def say_partners(desk: Desk, found: PublishedEvent, names: list[str]) -> Response:
    """Note who organises the event too."""
    if names:
        one = Correction(found.identity.id, TOGETHER, ",".join(names), desk.by, desk.scene.now)
        corrections.add(desk.connection, one)
    else:
        corrections.undo(desk.connection, found.identity.id, TOGETHER, desk.scene.now)
    return desk.back("", "said")
