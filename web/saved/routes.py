"""Short addresses of filters that the operator or an initiative named: the page, and its feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, abort
from sqlalchemy import Connection

from aggregator.export.atom import render_atom
from aggregator.export.jsonfeed import render_json_feed
from aggregator.export.rss import render_rss
from aggregator.model.filters import EventFilter, refusal
from aggregator.store import saved_filters
from web.answering import FEED, Build, answer
from web.calendar.routes import LIST, agenda_or_search
from web.feeds.routes import CALENDAR, news, whole_calendar
from web.kept import Reply
from web.scene import Scene
from web.visits import Visit

saved = Blueprint("saved", __name__)


@saved.get("/k/<name>")
def page(name: str) -> Response:
    """What the filter of that name shows."""
    return answer(LIST, named(name, agenda_or_search))


@saved.get("/k/<name>.ics")
def ics(name: str) -> Response:
    """The same as a calendar."""
    return answer(CALENDAR, named(name, whole_calendar))


@saved.get("/k/<name>.atom")
def atom(name: str) -> Response:
    """What is new in it, as Atom."""
    return answer(FEED, named(name, news("calendar.atom", render_atom, "application/atom+xml; charset=utf-8")))


@saved.get("/k/<name>.rss")
def rss(name: str) -> Response:
    """What is new in it, as RSS 2.0."""
    return answer(FEED, named(name, news("calendar.rss", render_rss, "application/rss+xml; charset=utf-8")))


@saved.get("/k/<name>.json")
def json(name: str) -> Response:
    """What is new in it, as JSON Feed 1.1."""
    return answer(FEED, named(name, news("calendar.json", render_json_feed, "application/feed+json; charset=utf-8")))


def named(name: str, build: Build) -> Callable[[Visit, Scene, Connection], Reply]:
    """The same reply, for the filter of that name; 404 when there is none.

    Raises FilterError when the address narrows the filter further: that would be another one.
    """

    def built(visit: Visit, scene: Scene, connection: Connection) -> Reply:
        found = scene.settings.saved_filter(name) or saved_filters.find(connection, name)
        if found is None:
            abort(404)
        # The links to other languages repeat the filter, which does no harm.
        if visit.wanted not in (EventFilter(), found.wanted):
            german = "Diese Kurzadresse hat ihren eigenen Filter; bitte die volle Adresse nehmen"
            raise refusal(name, german, "This short address has a filter of its own; please take the full address")
        return build(visit, replace(scene, wanted=found.wanted, saved_title=found.title), connection)

    return built
