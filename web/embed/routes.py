"""The one page that may stand in a frame: no form, no cookie, no script."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.model.times import Window, horizon
from aggregator.store import calendar
from web.answering import Kind, Rhythm, answer
from web.calendar.windows import in_calendar
from web.embed.page import embedded_days
from web.kept import Reply
from web.pages import page
from web.scene import Scene
from web.visits import Visit, number_of

embeds = Blueprint("embeds", __name__)

EMBED = Kind(Rhythm.EACH_MINUTE, own=("limit",), max_age=300)
LINES, MOST_LINES = 10, 50
# Lines that are over or run for weeks are read too and then left out.
READ = 4 * MOST_LINES


@embeds.get("/embed")
def embed() -> Response:
    """The next events that the filter wants."""
    return answer(EMBED, embed_reply)


def embed_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The list from today, or the days asked for."""
    wanted = in_calendar(scene.wanted)
    first = wanted.first or scene.today
    last = wanted.last + timedelta(days=1) if wanted.last else horizon(scene.today).last
    listings = calendar.listings(connection, Window(first, last), wanted.without_dates, READ)
    return page(
        "embed.html",
        scene,
        title=scene.tongue.gettext("Nächste Termine"),
        days=embedded_days(listings, number_of(visit, "limit", LINES, MOST_LINES), scene),
        subscribe_link=scene.links.feed("calendar.ics", wanted),
        all_link=scene.links.agenda(wanted),
    )
