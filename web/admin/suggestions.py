"""Notices whose words may tell a date: an operator enters it in the initiative's name, or dismisses it."""

from __future__ import annotations

from flask import abort, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.jobs import JobKind, RefreshWish
from aggregator.store import jobs, own_dates, registered, suggestions
from aggregator.store.suggestions import Waiting
from web.admin.access import me, note
from web.admin.asking import PRIORITY, back_to
from web.manage.proposing import date_told
from web.services import current_services

HERE = "/admin/review"


def judge(suggestion_id: str) -> AnyResponse:
    """Press one of the buttons."""
    said, services = request.form.get("v", ""), current_services()
    if said not in ("take", "dismiss", "back"):
        abort(400)
    with services.store.writing() as connection:
        if said == "back":
            return taken_back(connection, suggestion_id)
        now = services.clock()
        one = next((each for each in suggestions.waiting(connection, now) if each.id == suggestion_id), None)
        if one is None:
            return back_to(HERE, "late")
        if said == "take" and not taken(connection, one):
            return back_to(HERE, "wrong")
        if said == "dismiss":
            suggestions.dismiss(connection, one, (me().name, now))
        note(connection, "suggestion", f"initiative:{one.initiative}", f"{said}: {one.notice.title[:200]}")
    return back_to(HERE, "saved" if said == "take" else "done")


def taken(connection: Connection, one: Waiting) -> bool:
    """Enter it among the initiative's own dates; False if there is no room."""
    site, now = current_services().settings.site, current_services().clock()
    listed = registered.load(connection, one.initiative) or abort(404)
    source = registered.own_source(connection, listed.initiative, site.timezone, site.languages[0])
    if len(own_dates.load(connection, source.id)) >= own_dates.MOST:
        return False
    suggestions.take(connection, one, source.id, date_told(one.notice, one.suggestion), (me().name, now))
    publish(connection, source.id)
    return True


def taken_back(connection: Connection, suggestion_id: str) -> AnyResponse:
    """Ask again; what it became goes."""
    known = suggestions.load(connection, suggestion_id)
    if known is None:
        return back_to(HERE, "late")
    suggestions.take_back(connection, known)
    if known.source:
        publish(connection, known.source)
    note(connection, "suggestion", f"initiative:{known.initiative}", f"back: {known.title[:200]}")
    return back_to(HERE, "undone")


def publish(connection: Connection, source_id: str) -> None:
    """Let everybody see it at once."""
    jobs.enqueue(connection, JobKind.REFRESH, RefreshWish(source_id), current_services().clock(), PRIORITY)
