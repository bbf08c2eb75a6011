"""Opening the console: the link is the key, every page is for this one initiative, and nobody keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import abort, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from aggregator.model.jobs import JobKind, RelinkWish
from aggregator.model.registrations import Owner
from aggregator.model.sources import Initiative
from aggregator.store import jobs, owners, registered
from aggregator.store.registered import Listed
from web.answering import scene_of
from web.forms import Refusal, check_form, form_page, refused
from web.links import own_query
from web.pages import bare_scene
from web.problems import problem
from web.scene import Scene
from web.services import current_services
from web.visits import read_visit

PURPOSE = "manage"
URGENT = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """One visit of an owner: their link, their initiative, and the transaction of this request."""

    token: str
    owner: Owner
    listed: Listed
    scene: Scene
    connection: Connection

    @property
    def initiative(self) -> Initiative:
        """Whose console it is."""
        return self.listed.initiative

    @property
    def by(self) -> str:
        """How the owner is called where it is noted who did what; no address."""
        return f"owner:{self.initiative.id}"

    def link(self, path: str = "", query: str = "") -> str:
        """The address of a page of this console."""
        return self.scene.links.to(f"/manage/{self.token}{path}", query)

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """A page of the console."""
        return form_page(template, self.scene, PURPOSE, status, desk=self, initiative=self.initiative, **values)

    def back(self, path: str = "", done: str = "", **own: str) -> Response:
        """On to a page of the console; `done` names the sentence that it begins with."""
        return redirect(self.link(path, own_query(done=done, **own)), 303)

    def relink(self) -> None:
        """Let the public calendar follow at once."""
        jobs.enqueue(self.connection, JobKind.RELINK, RelinkWish(), self.scene.now, URGENT)


@contextmanager
def looking(token: str) -> Iterator[Desk]:
    """The console for a page that only shows."""
    with current_services().store.reading() as connection:
        yield opened(token, connection)


@contextmanager
def changing(token: str) -> Iterator[Desk]:
    """The console for a post of one of its own forms; anything else is refused."""
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    # Here people press single buttons, and pages stay open for days.
    if refusal and refusal not in (Refusal.FAST, Refusal.OLD):
        abort(refused(refusal))
    with services.store.writing() as connection:
        yield opened(token, connection)


def opened(token: str, connection: Connection) -> Desk:
    """The console of a link; 404 for one that does not work (any more)."""
    services = current_services()
    visit = read_visit(request, services.tongues, ("done", "replaces", "suggestion"), True)
    scene = scene_of(visit, services.clock(), services, connection)
    owner = owners.by_token(connection, token[:64], scene.now)
    listed = registered.load(connection, owner.initiative) if owner else None
    if owner is None or listed is None:
        abort(unknown_link())
    return Desk(token, owner, listed, scene, connection)


def unknown_link() -> Response:
    """404 with what helps."""
    say = bare_scene(current_services().clock()).tongue.gettext
    sentence = say("Vielleicht wurde er erneuert oder ist abgelaufen. Unter /manage kommt ein neuer per E-Mail.")
    return problem(404, say("Dieser Link gilt nicht mehr"), sentence)
