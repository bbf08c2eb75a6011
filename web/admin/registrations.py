"""The queue of initiatives that want to be listed: what they said, what is known already, yes, no or a question."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.jobs import JobKind, PreviewFound, PreviewWish
from aggregator.model.preview import Coming
from aggregator.model.registrations import RegistrationState, StoredRegistration, WantedSource
from aggregator.model.secrets import shown_host
from aggregator.store import jobs, registrations
from aggregator.store.codec import decode
from web.admin.access import me, note
from web.admin.asking import PRIORITY, back_to
from web.admin.frame import admin_page, admin_scene, ngettext, say
from web.admin.sources import moment
from web.forms import line, paragraphs
from web.registration import deciding
from web.registration.found import maybe_of
from web.scene import Scene
from web.services import current_services

HERE = "/admin/registrations"
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """One calendar that an initiative wants to be read."""

    host: str
    title: str
    found: str
    overlap: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One registration as the page shows it."""

    stored: StoredRegistration
    when: str
    topics: str
    sources: tuple[Wanted, ...]
    asked: str
    logo_host: str


def registrations_page() -> Response:
    """All that wait, oldest first."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        lines = tuple(waiting(one, scene) for one in registrations.waiting(connection))
    subtitle = "" if lines else say("Niemand wartet.")
    return admin_page("admin/registrations.html", say("Anmeldungen"), scene=scene, lines=lines, subtitle=subtitle)


def registration_page(registration_id: str) -> Response:
    """One registration with everything that was typed in; `job` is that of a preview."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        found = registrations.load(connection, registration_id) or abort(404)
        job = jobs.load(connection, line(request.args, "job")[:64])
    result = decode(PreviewFound, job.result) if job and job.kind is JobKind.PREVIEW and job.result else None
    return admin_page(
        "admin/registration.html",
        found.registration.name,
        scene=scene,
        one=waiting(found, scene),
        is_open=found.state in registrations.OPEN,
        preview=result.preview if result else None,
        coming=tuple(coming_words(one, scene) for one in result.preview.coming) if result else (),
        maybe=maybe_of(result.preview, scene) if result else (),
        is_looking=bool(job and not job.is_over),
    )


def waiting(stored: StoredRegistration, scene: Scene) -> Waiting:
    """A registration in words."""
    known = stored.registration
    asked = say("Gefragt: %(question)s", question=stored.why) if stored.state is RegistrationState.ASKED else ""
    return Waiting(
        stored,
        moment(stored.confirmed_at or stored.created_at, scene),
        ", ".join(map(scene.topic_label, known.topics)),
        tuple(wanted(one, scene) for one in known.sources),
        asked,
        shown_host(known.logo),
    )


def wanted(one: WantedSource, scene: Scene) -> Wanted:
    """A calendar with what the preview counted."""
    found = ngettext("%(num)d kommender Termin", "%(num)d kommende Termine", one.events)
    names = ", ".join(map(scene.name_of, one.known_by))
    overlap = (
        say(
            "%(known)d von %(all)d stehen schon im Kalender, von %(names)s",
            known=one.known,
            all=one.events,
            names=names,
        )
        if one.known
        else say("nichts davon steht schon im Kalender")
    )
    return Wanted(shown_host(one.url), one.title, found, overlap)


def coming_words(one: Coming, scene: Scene) -> tuple[str, str, str]:
    """One of the next dates: when, what, where."""
    pattern = "%Y-%m-%d" if one.start.is_date else "%Y-%m-%d %H:%M"
    return f"{one.start.local(scene.zone):{pattern}}", one.title, one.place


def look(registration_id: str) -> AnyResponse:
    """Read one of its calendars now, for a fresh preview."""
    position = request.form.get("source", "0")
    with current_services().store.writing() as connection:
        found = registrations.load(connection, registration_id) or abort(404)
        sources = found.registration.sources
        if not (position.isascii() and position.isdigit() and int(position[:4]) < len(sources)):
            abort(404)
        wish = PreviewWish(sources[int(position)].url)
        job = jobs.enqueue(connection, JobKind.PREVIEW, wish, current_services().clock(), PRIORITY)
        note(connection, "look", f"registration:{registration_id}", position)
    return back_to(f"{HERE}/{registration_id}", "asked", job=job)


def decide(registration_id: str) -> AnyResponse:
    """Yes, no, or a question back; the initiative gets a mail about it."""
    said, services = request.form.get("v", ""), current_services()
    why = paragraphs(request.form, "why")[:LONGEST_REASON]
    site, now = services.settings.site, services.clock()
    if said not in ("approve", "refuse", "ask") or (said != "approve" and not why):
        return back_to(f"{HERE}/{registration_id}", "wrong")
    with services.store.writing() as connection:
        if said == "approve":
            done = deciding.approve(connection, site, registration_id, me().name, now) is not None
        else:
            saying = deciding.refuse if said == "refuse" else deciding.ask_back
            done = saying(connection, site, registration_id, me().name, why, now) is not None
        if done:
            note(connection, said, f"registration:{registration_id}", why[:200])
    return back_to(HERE, "done" if done else "late")
