"""The page on which people take the present selection along."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.model.times import Window
from aggregator.store import calendar
from web.answering import Kind, Rhythm, answer
from web.calendar.agenda import without_runs
from web.calendar.choices import conditions
from web.feeds.routes import feed_title
from web.kept import Reply
from web.pages import page
from web.qr import qr_drawing
from web.scene import Scene
from web.services import current_services
from web.subscribe.ways import as_webcal, ways
from web.visits import Visit

subscriptions = Blueprint("subscriptions", __name__)

SUBSCRIBE = Kind(Rhythm.DAILY)
SOON = timedelta(days=30)


@subscriptions.get("/subscribe")
def subscribe() -> Response:
    """Every way to have this selection in a calendar of one's own."""
    return answer(SUBSCRIBE, subscribe_reply)


def subscribe_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The page for the filter without its days: who subscribes wants what is to come."""
    wanted, say, base = scene.wanted.without_dates, scene.tongue.gettext, scene.settings.site.base_url
    address = base + scene.links.feed("calendar.ics", wanted)
    soon = calendar.listings(connection, Window(scene.today, scene.today + SOON), wanted)
    feeds = (
        (say("Neu und geändert"), say("was gerade dazugekommen ist oder sich geändert hat"), "calendar"),
        (say("Demnächst"), say("was als Nächstes stattfindet, der Reihe nach"), "upcoming"),
    )
    return page(
        "subscribe.html",
        scene,
        title=say("Diese Auswahl abonnieren") if conditions(scene) else say("Den Kalender abonnieren"),
        conditions=[words for words, _ in conditions(scene)],
        soon=len(without_runs(soon, scene)),
        ways=ways(address, feed_title(scene), scene.tongue),
        address=address,
        qr=qr_drawing(as_webcal(address), say("QR-Code: Kalender abonnieren")),
        feeds=[
            (name, hint, *(scene.links.feed(f"{path}.{kind}", wanted) for kind in ("rss", "atom")))
            for name, hint, path in feeds
        ],
        back_link=scene.links.agenda(scene.wanted),
        choose_link=scene.links.agenda(scene.wanted, "filter"),
        digest_link=scene.links.to("/digest", wanted.query()) if current_services().can_mail else "",
        embed_link=scene.links.to("/embed/builder", wanted.query()),
    )
