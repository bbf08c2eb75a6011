"""The weekly mail: ordered by a form, confirmed by a link, left with one click; nothing is told of whom we know."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from aggregator.export import dates
from aggregator.mail.digest import confirm_mail, known_mail
from aggregator.mail.wording import letterhead
from aggregator.model.digests import Digest, next_morning
from aggregator.model.mail import Contact, mail_address
from aggregator.store import digests, mails
from aggregator.store.limits import Limit, allowed
from web.answering import scene_of
from web.calendar.choices import conditions
from web.forms import Refusal, check_form, form_page, is_one_click, line, refused, too_many, visitor
from web.scene import Scene
from web.services import current_services
from web.visits import read_visit

weekly = Blueprint("weekly", __name__)

PURPOSE = "digest"
EACH = Limit("digest", 5, timedelta(hours=1))
ALL = Limit("digest-all", 200, timedelta(days=1))
# Nobody's letterbox is filled by strangers.
ONE_ADDRESS = Limit("digest-address", 3, timedelta(days=1))
LONGEST_QUERY = 2000


@weekly.get("/digest")
def form() -> Response:
    """The form for the filter that was chosen."""
    offered()
    with current_services().store.reading() as connection:
        return page_of(scene_here(connection), "", ())


@weekly.post("/digest")
def order() -> Response:
    """Note the wish and write to the address; the answer is the same whatever we know of it."""
    offered()
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    if refusal and refusal.status == 403 and not refusal.is_silent:
        return refused(refusal)
    with services.store.writing() as connection:
        scene = scene_here(connection)
        problems = [*problems_of(scene), *again(refusal, scene)]
        if problems:
            return page_of(scene, line(request.form, "mail"), tuple(problems))
        if refusal is None:
            whom = visitor(request, services.secret)
            if not (allowed(connection, EACH, whom, scene.now) and allowed(connection, ALL, "", scene.now)):
                return too_many(scene)
            note(mail_address(line(request.form, "mail")), scene, connection)
    return redirect(scene.links.to("/digest/sent"), 303)


@weekly.get("/digest/sent")
def sent() -> Response:
    """What to do next."""
    offered()
    return step("sent", "")


@weekly.get("/digest/confirm/<token>")
def ask_to_confirm(token: str) -> Response:
    """A button, since programs that read mails open their links too."""
    with current_services().store.reading() as connection:
        known = digests.by_token(connection, token)
    return step("confirm", known.title) if known else step("gone", "", 404)


@weekly.post("/digest/confirm/<token>")
def confirm(token: str) -> Response:
    """The order holds from now on."""
    if refusal := refusal_of_button():
        return refused(refusal)
    services = current_services()
    with services.store.writing() as connection:
        digests.confirm(connection, token, services.clock())
        known = digests.by_token(connection, token)
    return step("confirmed", known.title) if known else step("gone", "", 404)


@weekly.get("/digest/leave/<token>")
def ask_to_leave(token: str) -> Response:
    """A button; who has left already is told so."""
    with current_services().store.reading() as connection:
        known = digests.by_token(connection, token)
    return step("leave", known.title) if known else step("left", "")


@weekly.post("/digest/leave/<token>")
def leave(token: str) -> Response:
    """Forget the address, at the press of our button or at the word of a mail program (RFC 8058)."""
    if not is_one_click(request) and (refusal := refusal_of_button()):
        return refused(refusal)
    with current_services().store.writing() as connection:
        if known := digests.by_token(connection, token):
            digests.leave(connection, token)
            mails.withdraw(connection, known.address, "digest", token)
    return step("left", "")


def refusal_of_button() -> Refusal | None:
    """What is wrong with the press of a button; nobody needs long for that."""
    services = current_services()
    refusal = check_form(request, services.secret, PURPOSE, services.clock())
    return None if refusal is Refusal.FAST else refusal


def offered() -> None:
    """404 where no mail can be sent."""
    if not current_services().can_mail:
        abort(404)


def scene_here(connection: Connection) -> Scene:
    """The visit of this request with its filter."""
    services = current_services()
    return scene_of(read_visit(request, services.tongues, (), True), services.clock(), services, connection)


def problems_of(scene: Scene) -> list[tuple[str, str]]:
    """What of the form has to be corrected, as (field id, sentence)."""
    say = scene.tongue.gettext
    if not mail_address(line(request.form, "mail")):
        return [("mail", say("Diese E-Mail-Adresse ist nicht vollständig."))]
    if len(scene.wanted.without_dates.query()) > LONGEST_QUERY:
        return [("", say("Diese Auswahl ist zu lang für eine Mail. Bitte weniger auswählen."))]
    return []


def again(refusal: Refusal | None, scene: Scene) -> list[tuple[str, str]]:
    """What to say of a form that came too quickly or too late."""
    return [("", refusal.sentence(scene.tongue))] if refusal in (Refusal.FAST, Refusal.OLD) else []


def note(address: str, scene: Scene, connection: Connection) -> None:
    """Keep the wish and queue the mail that asks for its confirmation."""
    if not allowed(connection, ONE_ADDRESS, address.lower(), scene.now):
        return
    site, query = scene.settings.site, scene.wanted.without_dates.query()
    wish = Digest("", address, query, words_of(scene), scene.language, scene.now)
    digest = digests.ask(connection, wish)
    head, to = letterhead(site), Contact(address, scene.language)
    if digest.confirmed_at:
        mail = known_mail(head, to, digest.title, f"{site.base_url}/digest/leave/{digest.token}")
    else:
        mail = confirm_mail(head, to, digest.title, f"{site.base_url}/digest/confirm/{digest.token}")
    mails.queue(connection, mail, scene.now)


def words_of(scene: Scene) -> str:
    """The selection in words."""
    return ", ".join(words for words, _ in conditions(scene)) or scene.tongue.gettext("Alles")


def page_of(scene: Scene, typed: str, problems: tuple[tuple[str, str], ...]) -> Response:
    """The form."""
    wanted = scene.wanted.without_dates
    morning = next_morning(scene.settings.site, scene.now)
    return form_page(
        "digest.html",
        scene,
        PURPOSE,
        status=400 if problems else 200,
        selection=words_of(scene),
        next_day=dates.long_day(morning.date(), scene.language, with_year=False),
        typed=typed[:254],
        problems=problems,
        action=scene.links.to("/digest", wanted.query()),
        choose_link=scene.links.agenda(wanted, "filter"),
        back_link=scene.links.to("/subscribe", wanted.query()),
    )


def step(name: str, selection: str, status: int = 200) -> Response:
    """One of the pages after the form: where one is, and the button if there is one."""
    with current_services().store.reading() as connection:
        scene = scene_here(connection)
    action = scene.links.to(request.path)
    return form_page("digest_step.html", scene, PURPOSE, status=status, step=name, selection=selection, action=action)
