"""The form by which anybody reports a mistake in an event; it reaches the operator and the initiative."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, abort, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from aggregator.mail.reporting import Reported, to_operator, to_owner
from aggregator.mail.wording import letterhead, operator_of
from aggregator.model.events import PublishedEvent
from aggregator.model.mail import Mail
from aggregator.model.reports import Report
from aggregator.store import mails, queries, reports
from aggregator.store.contacts import contacts
from aggregator.store.limits import Limit, allowed
from web.answering import scene_of
from web.calendar.event import chosen_occurrence, event_page
from web.forms import Refusal, check_form, form_page, refused, too_many, visitor
from web.reports.reading import Typed, choices, read_typed
from web.scene import Scene
from web.services import current_services
from web.visits import read_visit

reporting = Blueprint("reporting", __name__)

PURPOSE = "report"
EACH = Limit("report", 5, timedelta(hours=1))
ALL = Limit("report-all", 100, timedelta(days=1))
TO_ONE_INITIATIVE = Limit("report-mail", 5, timedelta(days=1))


@reporting.get("/event/<event_id:event_id>/report")
def form(event_id: str) -> Response:
    """The empty form."""
    services = current_services()
    with services.store.reading() as connection:
        return page_of(event_id, Typed(), connection)


@reporting.post("/event/<event_id:event_id>/report")
def send(event_id: str) -> Response:
    """Keep the report and write to those whom it concerns."""
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    if refusal and refusal.status == 403 and not refusal.is_silent:
        return refused(refusal)
    with services.store.writing() as connection:
        scene = scene_here(connection)
        typed = read_typed(request.form, scene.tongue)
        if typed.problems or refusal in (Refusal.OLD, Refusal.FAST):
            return page_of(event_id, typed, connection, refusal)
        if refusal is None:
            published = queries.published(connection, event_id) or abort(404)
            if not may_report(connection):
                return too_many(scene)
            keep(published, typed.report(published.event.title), scene, connection)
    return redirect(scene.links.to(f"/event/{event_id}/report/sent"), 303)


@reporting.get("/event/<event_id:event_id>/report/sent")
def sent(event_id: str) -> Response:
    """Thanks, whatever became of it."""
    with current_services().store.reading() as connection:
        scene = scene_here(connection)
    return form_page("report_sent.html", scene, PURPOSE, event_link=scene.links.event(event_id))


def scene_here(connection: Connection) -> Scene:
    """The visit of this request."""
    services = current_services()
    visit = read_visit(request, services.tongues, ("on",), True)
    return scene_of(visit, services.clock(), services, connection)


def page_of(event_id: str, typed: Typed, connection: Connection, refusal: Refusal | None = None) -> Response:
    """The form about one event, with what was typed before; an id that was merged away leads on."""
    scene = scene_here(connection)
    published = queries.published(connection, event_id)
    if published is None:
        target = queries.alias_of(connection, event_id) or abort(404)
        return redirect(scene.links.to(f"/event/{target}/report"), 301)
    made = event_page(published, chosen_occurrence(published, day_asked(), scene), (), scene)
    problems = [*typed.problems, *([("", refusal.sentence(scene.tongue))] if refusal else [])]
    return form_page(
        "report.html",
        scene,
        PURPOSE,
        status=400 if problems else 200,
        event=made,
        event_link=scene.links.event(event_id, day_asked()),
        action=scene.links.to(f"/event/{event_id}/report"),
        typed=typed,
        problems=problems,
        choices=choices(scene.language),
        on=request.values.get("on", "")[:10],
    )


def day_asked() -> date | None:
    """The date of a series that the visitor came from; what is no date is none."""
    try:
        return date.fromisoformat(request.values.get("on", "")[:10])
    except ValueError:
        return None


def may_report(connection: Connection) -> bool:
    """Whether this visitor, and all together, have reported less than the limits allow."""
    services = current_services()
    whom, now = visitor(request, services.secret), services.clock()
    return allowed(connection, EACH, whom, now) and allowed(connection, ALL, "", now)


def keep(published: PublishedEvent, report: Report, scene: Scene, connection: Connection) -> None:
    """Store the report and queue its mails, all in one transaction."""
    reports.add(connection, published.identity.id, report, scene.now)
    for mail in mails_of(published, report, scene, connection):
        mails.queue(connection, mail, scene.now)


def mails_of(published: PublishedEvent, report: Report, scene: Scene, connection: Connection) -> list[Mail]:
    """Who is told: the operator, and the owners of the initiative that leads the event."""
    site = scene.settings.site
    head, operator = letterhead(site), operator_of(site)
    reported = Reported(report, f"{site.base_url}/event/{published.identity.id}")
    found = [to_operator(head, operator, reported)] if operator else []
    for initiative in published.event.initiatives[:1]:
        owners = contacts(connection, scene.settings, [initiative]).get(initiative, ())
        if owners and allowed(connection, TO_ONE_INITIATIVE, initiative, scene.now):
            found += [to_owner(head, owner, reported, scene.name_of(initiative)) for owner in owners]
    return found
