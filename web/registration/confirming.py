"""The link of the mail: confirm, or answer what the operator asked."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from aggregator.model.registrations import RegistrationState, StoredRegistration, WantedSource
from aggregator.model.secrets import shown_host
from aggregator.model.settings import Settings
from aggregator.store import registrations
from web.forms import Refusal, check_form, form_page, refused
from web.registration import details
from web.registration.deciding import approve
from web.registration.routes import scene_here
from web.registration.typed import Typed, again, registration
from web.scene import Scene
from web.services import current_services

confirming = Blueprint("confirming", __name__)

PURPOSE = "confirm"
BY_RULE = "registration.trusted_hosts"


@confirming.get("/register/confirm/<token>")
def shown(token: str) -> Response:
    """What is about to be registered; a mail program that opens links confirms nothing."""
    with current_services().store.reading() as connection:
        scene = scene_here(connection)
        return page_of(found_by(connection, token, scene), scene, None)


@confirming.post("/register/confirm/<token>")
def confirmed(token: str) -> Response:
    """Confirm, or take the answer."""
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    if refusal and refusal is not Refusal.FAST:
        return refused(refusal)
    with services.store.writing() as connection:
        scene = scene_here(connection)
        found = found_by(connection, token, scene)
        if found.state is RegistrationState.ASKED:
            typed = details.typed_here(scene, None)
            if typed.problems:
                return page_of(found, scene, typed)
            known = found.registration
            changed = registration(typed, known.sources, known.umbrella, known.language)
            registrations.answer(connection, found.id, replace(changed, logo=known.logo))
        elif registrations.confirm(connection, found.id, scene.now) and is_trusted(found, scene.settings):
            approve(connection, scene.settings.site, found.id, BY_RULE, scene.now)
    return redirect(scene.links.to(f"/register/confirm/{token}"), 303)


def found_by(connection: Connection, token: str, scene: Scene) -> StoredRegistration:
    """The registration of the link, else 404."""
    return registrations.by_token(connection, token[:64], scene.now) or abort(404)


def page_of(found: StoredRegistration, scene: Scene, typed: Typed | None) -> Response:
    """The page for the state that the registration is in."""
    known = found.registration
    filled = typed or again(known)
    return form_page(
        "register_confirm.html",
        scene,
        PURPOSE,
        status=400 if typed else 200,
        found=found,
        state=found.state.value,
        hosts=[shown_host(source.url) for source in known.sources],
        typed=filled,
        problems=filled.problems,
        initiative_link=scene.links.initiative(found.initiative) if found.initiative else "",
        **details.choices(scene),
    )


def is_trusted(found: StoredRegistration, settings: Settings) -> bool:
    """Whether all its calendars lie with hosts whose groups the operator lists without looking."""
    return bool(found.registration.sources) and all(
        is_trusted_source(source, settings) for source in found.registration.sources
    )


def is_trusted_source(source: WantedSource, settings: Settings) -> bool:
    """Whether a calendar lies with a trusted host, or one below it."""
    host = shown_host(source.url).lower()
    return any(host == trusted or host.endswith(f".{trusted}") for trusted in settings.trusted_hosts)
