"""The operators' first page: at most ten things that need a person, each with its cure; none is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response
from sqlalchemy import Connection

from aggregator.store.needs import Needs, needs
from web.admin.frame import admin_page, admin_scene, ngettext, say
from web.health.status import moment_words, source_line
from web.legal.drafts import is_filled_in
from web.scene import Scene
from web.services import current_services

MOST = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: what, what cures it, and where."""

    what: str
    cure: str
    link: str
    kind: str = "should"

    @property
    def icon(self) -> str:
        """The icon of its urgency."""
        return {"must": "warn", "should": "info"}[self.kind]


def today() -> Response:
    """The page."""
    services = current_services()
    with services.store.reading() as connection:
        scene = admin_scene(connection)
        found = needs(connection, services.clock())
        items = tuple(items_of(found, scene, connection))
    subtitle = ngettext("%(num)d Sache.", "%(num)d Sachen.", len(items)) if items else ""
    return admin_page(
        "admin/today.html",
        say("Heute zu tun"),
        scene=scene,
        items=items[:MOST],
        more=max(0, len(items) - MOST),
        subtitle=subtitle,
        pulse=pulse(found, scene),
    )


def items_of(found: Needs, scene: Scene, connection: Connection) -> Iterator[Item]:
    """What waits, the urgent first."""
    to = scene.links.to
    if found.is_stale:
        yield Item(
            say("Es wird nichts mehr abgerufen"),
            say("Der Dienst „run“ läuft nicht. Auf dem Rechner nachsehen: python -m aggregator doctor"),
            to("/admin/sources"),
            "must",
        )
    if found.is_full:
        yield Item(
            say("Der Speicherplatz wird knapp"),
            say("Auf dem Rechner Platz schaffen; sonst kann bald nichts mehr gespeichert werden."),
            to("/admin/figures"),
            "must",
        )
    yield from waiting_people(found, scene)
    yield from troubled_sources(found, scene)
    yield from decisions(found, scene)
    if not is_filled_in(connection, "imprint"):
        yield Item(
            say("Das Impressum ist noch ein Entwurf"),
            say("Name und Anschrift eintragen; so verlangt es das Gesetz."),
            to("/admin/texts"),
        )


def waiting_people(found: Needs, scene: Scene) -> Iterator[Item]:
    """Registrations, reports and mails: somebody waits for an answer."""
    to = scene.links.to
    if found.registrations:
        what = ngettext("%(num)d Anmeldung wartet", "%(num)d Anmeldungen warten", found.registrations)
        yield Item(what, say("Ansehen, dann freigeben, nachfragen oder ablehnen."), to("/admin/registrations"))
    if found.reports:
        what = ngettext("%(num)d Hinweis auf einen Fehler", "%(num)d Hinweise auf Fehler", found.reports)
        yield Item(what, say("Nachsehen und den Termin berichtigen."), to("/admin/post", fragment="hinweise"))
    if found.stuck_mails:
        what = ngettext("%(num)d Mail geht nicht hinaus", "%(num)d Mails gehen nicht hinaus", found.stuck_mails)
        cure = say("Den Mailserver prüfen, oder die Mail selbst verschicken und abhaken.")
        yield Item(what, cure, to("/admin/post"))


def troubled_sources(found: Needs, scene: Scene) -> Iterator[Item]:
    """Held and failing sources."""
    for overview, answer in found.held:
        what = say("%(name)s: plötzlich fehlen Termine", name=overview.initiative_name)
        number = len(answer.lost) if answer else 0
        lost = ngettext("%(num)d Termin würde verschwinden.", "%(num)d Termine würden verschwinden.", number)
        cure = say("Nachsehen, dann glauben oder behalten.")
        link = scene.links.to(f"/admin/sources/{overview.source.id}")
        yield Item(what, f"{lost} {cure}" if number else cure, link, "must")
    for overview in found.failing:
        line = source_line(overview, scene)
        what = f"{overview.initiative_name}: {line.word}"
        yield Item(what, line.sentence, scene.links.to(f"/admin/sources/{overview.source.id}"), "must")


def decisions(found: Needs, scene: Scene) -> Iterator[Item]:
    """Questions about pairs, and corrections that a source has overtaken."""
    if found.questions:
        what = ngettext(
            "%(num)d Frage: Ist das derselbe Termin?", "%(num)d Fragen: Ist das derselbe Termin?", found.questions
        )
        cure = say("Nebeneinander ansehen und entscheiden; jede dauert ein paar Sekunden.")
        yield Item(what, cure, scene.links.to("/admin/review"))
    if found.suggestions:
        what = ngettext(
            "%(num)d Meldung nennt vielleicht ein Datum",
            "%(num)d Meldungen nennen vielleicht ein Datum",
            found.suggestions,
        )
        cure = say("Ansehen; was ein Termin ist, mit einem Klick eintragen.")
        yield Item(what, cure, scene.links.to("/admin/review", fragment="vielleicht"))
    for event in dict.fromkeys(one.event for one in found.changed):
        said = next(one for one in found.changed if one.event == event)
        what = say("Berichtigter Termin: Die Quelle hat sich seither geändert")
        cure = say("%(by)s hat „%(value)s“ eingetragen. Gilt das noch?", by=said.by, value=said.value[:80])
        yield Item(what, cure, scene.links.to(f"/admin/events/{event}"))


def pulse(found: Needs, scene: Scene) -> str:
    """When the scheduler was last at work."""
    if found.tick is None:
        return say("Der Abruf lief noch nie.")
    when = moment_words(found.tick.at, scene)
    gigabytes = f"{found.tick.free_bytes / 1e9:.1f}".replace(".", "," if scene.language == "de" else ".")
    return say("Zuletzt abgerufen: %(when)s. Freier Speicher: %(gigabytes)s GB.", when=when, gigabytes=gigabytes)
