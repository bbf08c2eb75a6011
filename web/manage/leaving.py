"""The key itself: renew it, give it up, get a new one by mail; take all data along; withdraw everything."""

from __future__ import annotations

import json
from datetime import timedelta

from flask import Blueprint, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from aggregator.mail import messages
from aggregator.mail.wording import letterhead
from aggregator.model.mail import Contact, mail_address
from aggregator.model.registrations import Owner
from aggregator.store import mails, owners, registered
from aggregator.store.limits import Limit, allowed
from web.forms import Refusal, check_form, form_page, line, refused, too_many, visitor
from web.manage.desk import PURPOSE, Desk, changing, looking
from web.manage.takeaway import everything
from web.registration.routes import scene_here
from web.scene import Scene
from web.services import current_services

leaving = Blueprint("owner_leaving", __name__)

EACH = Limit("lost-link", 5, timedelta(hours=1))
TO_ONE = Limit("lost-link-mail", 3, timedelta(days=1))


@leaving.get("/manage")
def lost() -> Response:
    """For whoever lost the link."""
    with current_services().store.reading() as connection:
        return form_page("manage_lost.html", scene_here(connection), PURPOSE, sent=False, problems=[])


@leaving.post("/manage")
def find() -> Response:
    """Mail new links; the answer is the same whether or not the address is known."""
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    if refusal and refusal not in (Refusal.FAST, Refusal.OLD, Refusal.TRAP):
        return refused(refusal)
    with services.store.writing() as connection:
        scene = scene_here(connection)
        if not allowed(connection, EACH, visitor(request, services.secret), scene.now):
            return too_many(scene)
        address = mail_address(line(request.form, "email"))
        if address and refusal is not Refusal.TRAP and allowed(connection, TO_ONE, address, scene.now):
            for owner in owners.by_address(connection, address):
                mail_link(connection, scene, owner)
    return form_page("manage_lost.html", scene, PURPOSE, sent=True, problems=[])


@leaving.post("/manage/<token>/renew")
def renew(token: str) -> Response:
    """A new link by mail; this one works no more."""
    with changing(token) as desk:
        mail_link(desk.connection, desk.scene, desk.owner)
        return gone_page(desk, "renewed")


@leaving.post("/manage/<token>/revoke")
def revoke(token: str) -> Response:
    """Give the link up, as after it went to the wrong people; a new one comes by mail when it is asked for."""
    with changing(token) as desk:
        owners.revoke(desk.connection, desk.owner, desk.scene.now)
        return gone_page(desk, "revoked")


@leaving.get("/manage/<token>/data.json")
def data(token: str) -> Response:
    """Everything that we know of the initiative and its owner."""
    with looking(token) as desk:
        body = json.dumps(everything(desk), ensure_ascii=False, indent=1) + "\n"
    response = Response(body, content_type="application/json; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="{desk.initiative.id}.json"'
    return response


@leaving.get("/manage/<token>/withdraw")
def ask(token: str) -> Response:
    """What withdrawing means."""
    with looking(token) as desk:
        return desk.page("manage_withdraw.html")


@leaving.post("/manage/<token>/withdraw")
def withdraw(token: str) -> Response:
    """Take everything off at once; or bring it back within a week."""
    with changing(token) as desk:
        if request.form.get("deed") == "restore":
            registered.restore(desk.connection, desk.initiative.id)
            desk.relink()
            return desk.back("", "restored")
        if not desk.listed.withdrawn_at:
            registered.withdraw(desk.connection, desk.initiative.id, desk.scene.now)
            desk.relink()
        return desk.back("/withdraw")


def mail_link(connection: Connection, scene: Scene, owner: Owner) -> None:
    """Make a new link and mail it; it is shown to nobody."""
    listed = registered.load(connection, owner.initiative)
    if listed is None:
        return
    site = scene.settings.site
    link = f"{site.base_url}/manage/{owners.renew(connection, owner, scene.now)}"
    to = Contact(owner.email, owner.language)
    mails.queue(connection, messages.new_link(letterhead(site), to, listed.initiative.name, link), scene.now)


def gone_page(desk: Desk, what: str) -> Response:
    """The last page by this link."""
    return form_page("manage_gone.html", desk.scene, PURPOSE, what=what)
