"""The calendar as a table, the list of pages for search engines, and whom to tell of a hole in our fence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import Blueprint, Response, abort
from sqlalchemy import Connection

from aggregator.export.events_json import told
from aggregator.export.sitemap import Page, render_sitemap
from aggregator.export.tables import Cell, render_table
from aggregator.model.events import Listing
from aggregator.model.umbrellas import umbrellas_of
from aggregator.store import calendar
from aggregator.store.directory import last_changes
from web.answering import Kind, Rhythm, answer
from web.calendar.rows import link_of, place_of, short_place, status_of
from web.calendar.windows import in_calendar, search_window
from web.initiatives.tables import CSV, attachment
from web.kept import Reply
from web.links import Links
from web.scene import Scene
from web.visits import Visit

machines = Blueprint("machines", __name__)

TABLE = Kind(Rhythm.DAILY, negotiates=False, is_open=True, max_age=300)
SITEMAP = Kind(Rhythm.NEVER, negotiates=False, max_age=3600)
SECURITY = Kind(Rhythm.DAILY, negotiates=False, max_age=3600)
COLUMNS = (
    "date", "start", "end", "all_day", "status", "title", "place", "address", "latitude", "longitude", "online",
    "initiatives", "topics", "description", "page", "id",
)  # fmt: skip
# RFC 9116 section 2.5.5: less than a year, so that nobody trusts a page that nobody tends.
VALID_FOR = timedelta(days=180)


@machines.get("/events.csv")
def events_csv() -> Response:
    """The wanted dates for spreadsheets: one line each, from today unless days are given."""
    return answer(TABLE, table_reply)


@machines.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that a search engine should know."""
    return answer(SITEMAP, sitemap_reply)


@machines.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a hole (RFC 9116)."""
    return answer(SECURITY, security_reply)


def table_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The table, every date of a series a line of its own."""
    wanted = in_calendar(scene.wanted)
    listings = calendar.listings(connection, search_window(wanted, scene.today), wanted)
    return Reply(render_table(COLUMNS, (line(each, scene) for each in listings)), CSV, headers=attachment("events.csv"))


def line(listing: Listing, scene: Scene) -> tuple[Cell, ...]:
    """One date in the order of the columns; times are ISO 8601 with offset."""
    event, occurrence = listing.published.event, listing.occurrence
    place, site = place_of(event, occurrence), scene.settings.site
    return (
        occurrence.start.local_day(scene.zone).isoformat(),
        told(occurrence.start, scene.zone),
        told(occurrence.end, scene.zone),
        "yes" if occurrence.start.is_date else "no",
        status_of(event, occurrence).value,
        occurrence.title or event.title,
        short_place(place),
        place.address,
        place.latitude,
        place.longitude,
        "yes" if place.online else "no",
        ", ".join(scene.name_of(one) for one in event.initiatives),
        ", ".join(scene.topic_label(topic) for topic in event.topics),
        occurrence.description or event.description,
        site.base_url + link_of(listing.published, occurrence, scene),
        listing.published.identity.id,
    )


def sitemap_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The calendar, the directory and every event."""
    return Reply(render_sitemap(pages(scene, connection)), "application/xml; charset=utf-8")


def pages(scene: Scene, connection: Connection) -> Iterator[Page]:
    """The pages in the order of their weight."""
    base, links = scene.settings.site.base_url, Links()
    changes = last_changes(connection)
    newest = max((changed for _, changed in changes), default=None)
    for path in ("/", "/map", "/initiatives"):
        yield Page(base + path, newest)
    for umbrella in umbrellas_of(scene.initiatives):
        yield Page(base + links.umbrella(umbrella))
    for initiative in scene.initiatives:
        yield Page(base + links.initiative(initiative))
    for event, changed in changes:
        yield Page(base + links.event(event), changed)


def security_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The operator's contact; 404 when none is configured."""
    site = scene.settings.site
    if not site.contact_link:
        abort(404)
    expires = (scene.now + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {site.contact_link}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(site.languages)}",
        f"Canonical: {site.base_url}/.well-known/security.txt",
    )
    return Reply("\n".join((*lines, "")).encode(), "text/plain; charset=utf-8")
