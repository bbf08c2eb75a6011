"""Figures for grant reports, as a page and as a table to take along."""

from __future__ import annotations

from flask import Response

from aggregator.export.tables import render_table
from aggregator.store.figures import Figures, figures
from web.admin.frame import admin_page, admin_scene, say
from web.scene import Scene
from web.services import current_services

Table = tuple[str, tuple[tuple[str, int], ...]]


def figures_page() -> Response:
    """All figures."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        found = figures(connection, scene.today)
    subtitle = say("Was im Kalender steht, ein Jahr zurück und fünfzehn Monate voraus. Besucher zählen wir nicht.")
    return admin_page("admin/figures.html", say("Zahlen"), 200, scene, tables=tables(found, scene), subtitle=subtitle)


def figures_table() -> Response:
    """The same as CSV."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        found = figures(connection, scene.today)
    columns = (say("Tabelle"), say("Was"), say("Anzahl"))
    rows = [(title, name, number) for title, lines in tables(found, scene) for name, number in lines]
    response = Response(render_table(columns, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="figures-{scene.today.isoformat()}.csv"'
    return response


def tables(found: Figures, scene: Scene) -> tuple[Table, ...]:
    """Each table with its title."""
    whole = (
        (say("Termine"), found.events),
        (say("Initiativen"), found.initiatives),
        (say("Quellen"), found.sources),
        (say("Termine, die mehrere ankündigen"), found.shared),
        (say("Doppelte, die nur einmal gezeigt werden"), found.doubles),
        (say("Bestellte Wochenmails"), found.weekly_mails),
    )
    kinds = {
        "calendar": say("Kalender (iCalendar)"),
        "atom": "Atom",
        "rss": "RSS",
        "json": "JSON",
        "other": say("andere"),
    }
    return (
        (say("Insgesamt"), whole),
        (say("Termine je Monat"), tuple(found.months.items())),
        (say("Termine je Thema"), tuple((scene.topic_label(one), many) for one, many in found.topics.items())),
        (say("Termine je Initiative"), tuple((scene.name_of(one), many) for one, many in found.by_initiative.items())),
        (
            say("Abrufe der Feeds in den letzten 30 Tagen"),
            tuple((kinds.get(one, one), many) for one, many in found.feeds.items()),
        ),
    )
