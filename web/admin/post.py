"""Mails that wait, to be read and sent by hand where there is no mail server; and reports of mistakes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort
from werkzeug.wrappers import Response as AnyResponse

from aggregator.mail.reporting import WHAT
from aggregator.model.mail import QueuedMail
from aggregator.model.reports import StoredReport
from aggregator.store import mails, reports
from web.admin.access import note
from web.admin.asking import back_to
from web.admin.frame import admin_page, admin_scene, say
from web.admin.sources import moment
from web.scene import Scene
from web.services import current_services


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail as the page shows it."""

    queued: QueuedMail
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report as the page shows it."""

    stored: StoredReport
    when: str
    about: str


def post_page() -> Response:
    """What waits to be sent, and what visitors reported."""
    services = current_services()
    with services.store.reading() as connection:
        scene = admin_scene(connection)
        letters = tuple(mail_line(one, scene) for one in mails.unsent(connection))
        told = tuple(report_line(one, scene) for one in reports.waiting(connection))
    values = {"letters": letters, "reports": told, "can_mail": services.can_mail}
    return admin_page("admin/post.html", say("Post"), 200, scene, **values)


def mail_line(queued: QueuedMail, scene: Scene) -> MailLine:
    """One mail with its state in words."""
    state = say("wartet")
    if not queued.mail.text:
        return MailLine(queued, moment(queued.queued_at, scene), say("mit einem anderen Schlüssel versiegelt"))
    if queued.given_up_at:
        state = say("aufgegeben: %(error)s", error=queued.error)
    elif queued.error:
        state = say("noch nicht gelungen: %(error)s", error=queued.error)
    return MailLine(queued, moment(queued.queued_at, scene), state)


def report_line(stored: StoredReport, scene: Scene) -> ReportLine:
    """One report with what it is about."""
    return ReportLine(stored, moment(stored.at, scene), WHAT[stored.report.wrong].to(scene.language))


def mail_again(number: int) -> AnyResponse:
    """Try once more, now: the server or the address works again."""
    with current_services().store.writing() as connection:
        if not mails.try_again(connection, number, current_services().clock()):
            abort(404)
        note(connection, "mail again", detail=number)
    return back_to("/admin/post", "asked")


def mail_done(number: int) -> AnyResponse:
    """The mail was sent by hand, or need not be sent: forget it."""
    with current_services().store.writing() as connection:
        if number not in {queued.id for queued in mails.unsent(connection)}:
            abort(404)
        mails.mark_sent(connection, number, current_services().clock())
        note(connection, "mail done", detail=number)
    return back_to("/admin/post")


def report_done(number: int) -> AnyResponse:
    """The report was dealt with; the visitor's address goes with it."""
    with current_services().store.writing() as connection:
        if number not in {stored.id for stored in reports.waiting(connection)}:
            abort(404)
        reports.close(connection, number, current_services().clock())
        note(connection, "report done", detail=number)
    return back_to("/admin/post")
