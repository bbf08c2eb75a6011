"""Notices of the initiative whose words may tell a date: yes, no, or yes with changes."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aggregator.model.jobs import JobKind, RefreshWish
from aggregator.store import jobs, suggestions
from aggregator.store.suggestions import Waiting
from web.manage.dates import has_room, own_source
from web.manage.desk import URGENT, Desk, changing, looking
from web.manage.proposing import date_told
from web.manage.wording import done_words
from web.suggestions.lines import answered, line_of

doubtful = Blueprint("owner_suggestions", __name__)

HERE = "/suggestions"


@doubtful.get("/manage/<token>/suggestions")
def shown(token: str) -> Response:
    """What we are not sure enough of, with the words that we read."""
    with looking(token) as desk:
        mine, scene = (desk.initiative.id,), desk.scene
        return desk.page(
            "manage_suggestions.html",
            lines=[line_of(one, scene) for one in waiting_of(desk)],
            answers=[answered(one, scene) for one in suggestions.answers(desk.connection, mine)],
            done=done_words(request.args.get("done", ""), scene),
        )


@doubtful.post("/manage/<token>/suggestions")
def say(token: str) -> Response:
    """Enter one as it stands, dismiss it, or take back what was said."""
    with changing(token) as desk:
        deed, wanted = request.form.get("deed", ""), request.form.get("suggestion", "")[:32]
        if deed == "back":
            return back(desk, wanted)
        one = next((each for each in waiting_of(desk) if each.id == wanted), None) or abort(404)
        said = (desk.by, desk.scene.now)
        if deed != "take":
            suggestions.dismiss(desk.connection, one, said)
            return desk.back(HERE, "dismissed")
        source = own_source(desk)
        if not has_room(desk, source):
            return desk.back(HERE, "full")
        suggestions.take(desk.connection, one, source.id, date_told(one.notice, one.suggestion), said)
        publish(desk, source.id)
        return desk.back(HERE, "taken")


def back(desk: Desk, suggestion_id: str) -> Response:
    """Ask again; what it became goes."""
    said = suggestions.load(desk.connection, suggestion_id)
    if said is None or said.initiative != desk.initiative.id:
        abort(404)
    suggestions.take_back(desk.connection, said)
    if said.source:
        publish(desk, said.source)
    return desk.back(HERE, "asked_again")


def publish(desk: Desk, source_id: str) -> None:
    """Let everybody see it at once."""
    jobs.enqueue(desk.connection, JobKind.REFRESH, RefreshWish(source_id), desk.scene.now, URGENT)


def waiting_of(desk: Desk) -> tuple[Waiting, ...]:
    """Those of this initiative."""
    return suggestions.waiting(desk.connection, desk.scene.now, (desk.initiative.id,))
