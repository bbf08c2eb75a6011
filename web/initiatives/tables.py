"""The directory as a table, as points on a map, and as a page of a wiki."""

from __future__ import annotations

from sqlalchemy import Connection

from aggregator.export.geojson import Feature, render_features
from aggregator.export.tables import render_table
from aggregator.export.wikitable import Link, WikiCell, render_wiki
from aggregator.model.sources import Initiative
from web.calendar.texts import safe_link
from web.initiatives.dates_ahead import NextDate, next_date
from web.initiatives.directory import Coming
from web.initiatives.reading import coming, wanted_initiatives
from web.kept import Reply
from web.scene import Scene
from web.visits import Visit

COLUMNS = (
    "id", "name", "kind", "text", "topics", "place", "latitude", "longitude", "website", "umbrella",
    "coming_events", "next_date", "next_event", "page", "calendar",
)  # fmt: skip
CSV = "text/csv; charset=utf-8; header=present"
GEOJSON = "application/geo+json"
WIKI = "text/plain; charset=utf-8"


def csv_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """One line for each initiative."""
    found, ahead = wanted_initiatives(visit, scene)[0], coming(scene, connection)
    rows = [tuple(properties(one, ahead, scene).values()) for one in found]
    return Reply(render_table(COLUMNS, rows), CSV, headers=attachment("initiatives.csv"))


def geojson_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """Every initiative, those with a known position on the map."""
    found, ahead = wanted_initiatives(visit, scene)[0], coming(scene, connection)
    return Reply(render_features(feature(one, ahead, scene) for one in found), GEOJSON)


def feature(one: Initiative, ahead: Coming, scene: Scene) -> Feature:
    """One initiative for a map."""
    told = {name: value for name, value in properties(one, ahead, scene).items() if value not in ("", None)}
    for name in ("id", "latitude", "longitude"):
        told.pop(name, None)
    position = None if one.latitude is None or one.longitude is None else (one.latitude, one.longitude)
    return Feature(one.id, position, dict(told))


def wiki_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """A table to paste into a wiki page."""
    say = scene.tongue.gettext
    columns = (say("Name"), say("Wofür"), say("Thema"), say("Ort"), say("Nächster Termin"), say("Website"))
    ahead = coming(scene, connection)
    rows = [wiki_row(one, ahead, scene) for one in wanted_initiatives(visit, scene)[0]]
    return Reply(render_wiki(columns, rows), WIKI)


def wiki_row(one: Initiative, ahead: Coming, scene: Scene) -> tuple[WikiCell, ...]:
    """One initiative in the wiki."""
    following = next_of(one, ahead, scene)
    website = safe_link(one.homepage)
    return (
        Link(page_of(one, scene), one.name),
        one.text,
        ", ".join(scene.topic_label(topic) for topic in one.topics),
        one.place,
        f"{following.day}: {following.title}" if following else "",
        Link(website, scene.tongue.gettext("Website")) if website else "",
    )


def properties(one: Initiative, ahead: Coming, scene: Scene) -> dict[str, str | int | float | None]:
    """All that the directory knows of an initiative, by the names of the columns."""
    following, base = next_of(one, ahead, scene), scene.settings.site.base_url
    values = (
        one.id,
        one.name,
        one.kind,
        one.text,
        ", ".join(scene.topic_label(topic) for topic in one.topics),
        one.place,
        one.latitude,
        one.longitude,
        safe_link(one.homepage),
        scene.name_of(one.umbrella) if one.umbrella else "",
        ahead.counts.get(one.id, 0),
        following.iso if following else "",
        following.title if following else "",
        page_of(one, scene),
        f"{base}/calendar.ics?initiative={one.id}",
    )
    return dict(zip(COLUMNS, values, strict=True))


def next_of(one: Initiative, ahead: Coming, scene: Scene) -> NextDate | None:
    """What it has on next."""
    return next_date(ahead.next.get(one.id, ()), scene)


def page_of(one: Initiative, scene: Scene) -> str:
    """The whole address of its page."""
    return scene.settings.site.base_url + scene.links.initiative(one.id)


def attachment(name: str) -> tuple[tuple[str, str], ...]:
    """The header that makes a browser save it under a sensible name."""
    return (("Content-Disposition", f'attachment; filename="{name}"'),)
