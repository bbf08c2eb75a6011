"""The frame of the operators' pages: who is here, where to go, and that nothing of it is kept anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, g, request
from sqlalchemy import Connection

from aggregator.model.filters import EventFilter
from aggregator.store import queries
from web.pages import bare_scene, page, spoken
from web.scene import Scene
from web.services import current_services
from web.visits import links_of, tongue_of


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the operators' navigation."""

    link: str
    word: str
    is_here: bool


def ways() -> tuple[Way, ...]:
    """The navigation."""
    links = links_of(request, current_services().tongues)
    places = (
        ("/admin", say("Heute zu tun")),
        ("/admin/registrations", say("Anmeldungen")),
        ("/admin/review", say("Fragen")),
        ("/admin/sources", say("Quellen")),
        ("/admin/events", say("Termine")),
        ("/admin/places", say("Orte")),
        ("/admin/initiatives", say("Initiativen")),
        ("/admin/topics", say("Themen")),
        ("/admin/post", say("Post")),
        ("/admin/texts", say("Texte")),
        ("/admin/figures", say("Zahlen")),
        ("/admin/log", say("Protokoll")),
    )
    here = request.path
    return tuple(
        Way(links.to(path), word, here == path or (path != "/admin" and here.startswith(f"{path}/")))
        for path, word in places
    )


def admin_scene(connection: Connection) -> Scene:
    """The scene of an operator's page."""
    services = current_services()
    tongue, links = tongue_of(request, services.tongues), links_of(request, services.tongues)
    return Scene(services.settings, tongue, links, services.clock(), EventFilter(), queries.initiatives(connection))


def admin_page(template: str, title: str, status: int = 200, scene: Scene | None = None, **values: object) -> Response:
    """The page; without a scene it needs nothing of the store."""
    operator = g.get("operator")
    scene = scene or bare_scene(current_services().clock())
    told = told_words(request.args.get("told", ""))
    values = {"ways": ways() if operator else (), "operator": operator, "told": told, **values}
    reply = page(template, scene, title=title, **values)
    return Response(reply.body, status=status, content_type=reply.media_type)


def never_kept(response: Response) -> Response:
    """What operators see stays in their browser's window only."""
    response.headers["Cache-Control"] = "no-store"
    return response


def told_words(told: str) -> str:
    """What a page says after a deed; nothing for a word we do not know."""
    words = {
        "done": say("Erledigt."),
        "saved": say("Gespeichert. In ein paar Sekunden steht es im Kalender."),
        "answered": say("Notiert. In ein paar Sekunden steht es im Kalender."),
        "undone": say("Zurückgenommen."),
        "late": say("Da war schon jemand schneller."),
        "asked": say("Wird gleich erledigt; die Seite neu laden zeigt das Ergebnis."),
        "wrong": say("Das ließ sich nicht speichern. Bitte die Angaben prüfen."),
    }
    return words.get(told, "")


def say(message: str, **values: object) -> str:
    """The sentence in the language of the page."""
    return spoken().gettext(message, **values)


def ngettext(one: str, many: str, number: int) -> str:
    """The sentence for a number of things."""
    return spoken().ngettext(one, many, number)
