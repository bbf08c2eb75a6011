"""Keeping a registration: limits, the mail that confirms it, and what the form lets people choose from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import request
from sqlalchemy import Connection

from aggregator.mail import messages
from aggregator.mail.wording import letterhead
from aggregator.model.mail import Contact
from aggregator.model.registrations import Registration
from aggregator.store import mails, registrations
from aggregator.store.limits import Limit, allowed
from web.forms import Refusal, visitor
from web.registration.typed import LANGUAGES, LICENCES, Typed, read_typed
from web.scene import Scene
from web.services import current_services

EACH = Limit("register", 5, timedelta(hours=1))
ALL = Limit("register-all", 50, timedelta(days=1))


def typed_here(scene: Scene, refusal: Refusal | None) -> Typed:
    """The posted fields with all that is wrong."""
    typed = read_typed(request.form, request.form.getlist("topic"), scene)
    if refusal in (Refusal.OLD, Refusal.FAST):
        return replace(typed, problems=(*typed.problems, ("", refusal.sentence(scene.tongue))))
    return typed


def may_register(connection: Connection) -> bool:
    """Whether this visitor, and all together, have registered less than the limits allow."""
    services = current_services()
    whom, now = visitor(request, services.secret), services.clock()
    return allowed(connection, EACH, whom, now) and allowed(connection, ALL, "", now)


def keep(connection: Connection, scene: Scene, wanted: Registration) -> None:
    """Store the registration and queue the mail with its link, in one transaction."""
    site = scene.settings.site
    token = registrations.add(connection, wanted, scene.now)
    link = f"{site.base_url}/register/confirm/{token}"
    to = Contact(wanted.email, wanted.language)
    mails.queue(connection, messages.confirm_address(letterhead(site), to, wanted.name, link), scene.now)


def choices(scene: Scene) -> dict[str, object]:
    """What the form offers."""
    return {
        "topics": [(topic.id, topic.label(scene.language)) for topic in scene.settings.topics],
        "licences": LICENCES,
        "languages": LANGUAGES,
        "site_zone": scene.zone,
    }
