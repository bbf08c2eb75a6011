"""Registering without an account: paste an address, look at what we found, say who you are, confirm by mail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, abort, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from aggregator.model.jobs import Job, JobKind, PreviewWish
from aggregator.store import alliances, jobs
from aggregator.store.limits import Limit, allowed
from web.answering import scene_of
from web.forms import Refusal, check_form, form_page, line, refused, too_many, visitor
from web.links import own_query
from web.registration import details
from web.registration.found import found_of, is_told, wanted_of
from web.registration.prefilling import logo_words, offered_logo, prefilled
from web.registration.typed import Typed
from web.registration.typed import registration as registration_of
from web.scene import Scene
from web.services import current_services
from web.visits import links_of, read_visit

registration = Blueprint("registration", __name__)

PURPOSE = "register"
LOOKS = Limit("preview", 20, timedelta(hours=1))
ALL_LOOKS = Limit("preview-all", 500, timedelta(days=1))
MOST_CALENDARS = 5
LONGEST_PASTE = 2000
POLL_SECONDS = 2
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
IDS = re.compile(r"[0-9a-f]{32}(?:,[0-9a-f]{32}){0,4}")


@registration.get("/register")
def start() -> Response:
    """One field for any address."""
    with current_services().store.reading() as connection:
        return start_page(scene_here(connection))


@registration.post("/register")
def look() -> Response:
    """Let the worker look behind the address."""
    return looked("")


@registration.post("/register/found/<ids>/add")
def look_further(ids: str) -> Response:
    """One more calendar of the same group."""
    return looked(checked_ids(ids))


@registration.get("/register/found/<ids>")
def found(ids: str) -> Response:
    """What we found, and the form about the group; until then a page that asks again by itself."""
    with current_services().store.reading() as connection:
        scene = scene_here(connection)
        return found_page(loaded(connection, checked_ids(ids)), scene, None)


@registration.post("/register/found/<ids>")
def send_with_calendars(ids: str) -> Response:
    """Keep the registration, and mail the link that confirms it."""
    return sent(checked_ids(ids))


@registration.get("/register/details")
def without_calendar() -> Response:
    """The form about the group, for one that has no calendar anywhere."""
    with current_services().store.reading() as connection:
        return found_page((), scene_here(connection), None)


@registration.post("/register/details")
def send_without_calendar() -> Response:
    """The same without calendars."""
    return sent("")


@registration.get("/register/sent")
def thanks() -> Response:
    """That a mail is on its way."""
    with current_services().store.reading() as connection:
        can_mail = current_services().can_mail
        return form_page("register_sent.html", scene_here(connection), PURPOSE, can_mail=can_mail)


def scene_here(connection: Connection) -> Scene:
    """The visit of this request; `join` is an alliance's invitation."""
    services = current_services()
    visit = read_visit(request, services.tongues, ("join", "url"), True)
    return scene_of(visit, services.clock(), services, connection)


def join_token() -> str:
    """The invitation by which somebody came."""
    return request.args.get("join", "")[:64]


def start_page(scene: Scene, problem: str = "", address: str = "") -> Response:
    """The paste form."""
    return form_page(
        "register.html",
        scene,
        PURPOSE,
        status=400 if problem else 200,
        problems=[("url", problem)] if problem else [],
        address=address or request.args.get("url", "")[:LONGEST_PASTE],
        join=join_token(),
    )


def looked(ids: str) -> Response:
    """Ask the worker, and lead to the page that waits for it."""
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    # Pasting is quick; nothing is stored yet.
    if refusal and refusal not in (Refusal.FAST, Refusal.OLD):
        return to_found(ids) if refusal.is_silent else refused(refusal)
    address = request.form.get("url", "").strip()
    with services.store.writing() as connection:
        scene = scene_here(connection)
        problem = address_problem(address, ids, scene)
        if problem:
            return start_page(scene, problem, line(request.form, "url")[:LONGEST_PASTE])
        if not may_look(connection):
            return too_many(scene)
        job = jobs.enqueue(connection, JobKind.PREVIEW, PreviewWish(address), services.clock(), 1)
    return to_found(",".join(part for part in (ids, job) if part))


def to_found(ids: str) -> Response:
    """On to the page of these jobs; what fell into the trap begins anew."""
    links = links_of(request, current_services().tongues)
    path = f"/register/found/{ids}" if ids else "/register"
    return redirect(links.to(path, own_query(join=join_token())), 303)


def address_problem(address: str, ids: str, scene: Scene) -> str:
    """What is wrong with the field itself; what lies behind it is the worker's business."""
    say = scene.tongue.gettext
    if not address:
        return say("Bitte eine Adresse einfügen.")
    if len(address) > LONGEST_PASTE:
        return say("Diese Adresse ist zu lang.")
    if CONTROL.search(address):
        return say("In dieser Adresse stehen Zeichen, die in keine Adresse gehören. Bitte noch einmal kopieren.")
    if len(ids.split(",")) >= MOST_CALENDARS and ids:
        return say("Mehr als fünf Kalender gehen hier nicht auf einmal; weitere lassen sich später ergänzen.")
    return ""


def may_look(connection: Connection) -> bool:
    """Whether this visitor, and all together, may let us look once more, and the worker keeps up."""
    services = current_services()
    whom, now = visitor(request, services.secret), services.clock()
    if jobs.waiting(connection) >= jobs.MOST_WAITING:
        return False
    return allowed(connection, LOOKS, whom, now) and allowed(connection, ALL_LOOKS, "", now)


def checked_ids(ids: str) -> str:
    """Ids of jobs as they stand in addresses, else 404."""
    return ids if IDS.fullmatch(ids) else abort(404)


def loaded(connection: Connection, ids: str) -> tuple[Job, ...]:
    """The jobs; 404 when one of them is unknown, too old or no preview."""
    found_jobs = [jobs.load(connection, each) for each in ids.split(",")]
    known = tuple(job for job in found_jobs if job and job.kind is JobKind.PREVIEW)
    return known if len(known) == len(found_jobs) else abort(404)


def found_page(shown: tuple[Job, ...], scene: Scene, typed: Typed | None) -> Response:
    """What we found and the form, or the page that waits; `typed` is what came back with problems."""
    if not all(is_told(job, scene.now) for job in shown):
        response = form_page("register_waiting.html", scene, PURPOSE, seconds=POLL_SECONDS)
        response.headers["Refresh"] = str(POLL_SECONDS)
        return response
    usable = tuple(job for job in shown if wanted_of(job))
    filled = typed or prefilled(usable, scene)
    return form_page(
        "register_found.html",
        scene,
        PURPOSE,
        status=400 if typed else 200,
        founds=[found_of(job, scene) for job in shown],
        usable=len(usable),
        typed=filled,
        problems=filled.problems,
        ids=",".join(job.id for job in shown),
        logo=logo_words(shown),
        join=join_token(),
        **details.choices(scene),
    )


def sent(ids: str) -> Response:
    """Read the form, keep it, mail the link; or the form again with what is wrong."""
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    if refusal and refusal.status == 403 and not refusal.is_silent:
        return refused(refusal)
    with services.store.writing() as connection:
        scene = scene_here(connection)
        shown = loaded(connection, ids) if ids else ()
        typed = details.typed_here(scene, refusal)
        if typed.problems and not (refusal and refusal.is_silent):
            return found_page(shown, scene, typed)
        if refusal is None:
            sources = tuple(wanted for job in shown if (wanted := wanted_of(job)))
            if not details.may_register(connection):
                return too_many(scene)
            umbrella = alliances.umbrella_of_token(connection, join_token()) or ""
            filled = registration_of(typed, sources, umbrella, scene.language)
            logo = offered_logo(shown) if typed.takes_logo else ""
            details.keep(connection, scene, replace(filled, logo=logo))
    return redirect(scene.links.to("/register/sent"), 303)
