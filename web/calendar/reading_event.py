"""One event's page: what is read from the store for it."""

from __future__ import annotations

from datetime import date, timedelta

from flask import abort
from markupsafe import Markup
from sqlalchemy import Connection

from aggregator.export import dates
from aggregator.export.jsonld import schema_event, script_text, sub_events
from aggregator.model.events import Listing, PublishedEvent
from aggregator.model.filters import EventFilter, day_of
from aggregator.model.times import Window, horizon
from aggregator.store import calendar, pictures, queries
from web.calendar import neighbours
from web.calendar.agenda import soonest_of_each, without_runs
from web.calendar.event import chosen_occurrence, event_page
from web.calendar.picture import Words, picture
from web.calendar.programme import items_of, programme
from web.calendar.rows import place_of
from web.calendar.sharing import share_of
from web.calendar.whereabouts import whereabouts
from web.kept import Reply
from web.links import monday_of, oembed_link
from web.map.reading import gazetteer_of
from web.pages import page
from web.scene import Scene
from web.visits import Visit

SHOWN = 4
# A weekly choir fills many lines: read enough to find others behind it.
READ = 30


def event_reply(event_id: str, visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The event's page, a redirect from an id it once had, or 404."""
    published = queries.published(connection, event_id)
    if published is None:
        return moved(queries.alias_of(connection, event_id), scene)
    on = day_of("on", visit.own["on"]) if "on" in visit.own else None
    occurrence = chosen_occurrence(published, on, scene)
    made = event_page(published, occurrence, queries.history(connection, event_id), scene)
    site = scene.settings.site
    items = items_of(published, connection, scene)
    described = schema_event(published, occurrence, site, scene.initiatives, scene.language)
    described |= sub_events([each.published for each in items], site)
    share = share_of(made, published, occurrence, scene)
    described["image"] = share.picture
    monday = monday_of(made.day)
    return page(
        "event.html",
        scene,
        event=made,
        programme=programme(published, items, scene),
        same_day=neighbours.by_hour(on_the_same_day(published, made.day, scene, connection), scene),
        soon=neighbours.by_day(soon_by_the_same(published, scene, connection), scene),
        house=house_of(published),
        there=neighbours.by_day(soon_at_the_same_house(published, scene, connection), scene),
        back_words=dates.day_span(monday, monday, scene.language),
        back_link=scene.links.week(EventFilter(), monday),
        day_link=scene.links.day(EventFilter(), made.day),
        ics_link=scene.links.to(f"/event/{event_id}.ics"),
        report_link=scene.links.report(event_id, on),
        is_corrected=bool(published.event.corrected),
        where=whereabouts(place_of(published.event, occurrence), gazetteer_of(scene, connection), scene),
        oembed_link=oembed_link(scene.settings.site.base_url, scene.links.event(event_id)),
        share=share,
        picture=pictures.labels(connection, leading_of(published)).get(leading_of(published)),
        # Already escaped for its place: no text in it can close the script element.
        jsonld=Markup(script_text(described)),
    )


def picture_reply(event_id: str, visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The drawn picture of an event, for websites that show one beside a link."""
    published = queries.published(connection, event_id)
    if published is None:
        return moved(queries.alias_of(connection, event_id), scene, ".png")
    on = day_of("on", visit.own["on"]) if "on" in visit.own else None
    made = event_page(published, chosen_occurrence(published, on, scene), (), scene)
    topic = next(iter(published.event.topics), "")
    hung = pictures.of_initiative(connection, leading_of(published))
    words = Words(
        made.title,
        made.when,
        made.place.name,
        scene.settings.site.title,
        topic,
        hung.content if hung else b"",
        ", ".join(filter(None, (made.by[0], hung.licence))) if hung else "",
    )
    drawn = picture(words)
    return Reply(drawn, "image/png")


def leading_of(published: PublishedEvent) -> str:
    """The id of the initiative whose word comes first, "" for none."""
    return next(iter(published.event.initiatives), "")


def moved(event_id: str | None, scene: Scene, ending: str = "") -> Reply:
    """The redirect to the event that an old id is part of now; 404 when there is none."""
    if event_id is None:
        abort(404)
    return Reply(b"", "text/html; charset=utf-8", 301, (("Location", scene.links.event(event_id + ending)),))


def on_the_same_day(published: PublishedEvent, day: date, scene: Scene, connection: Connection) -> tuple[Listing, ...]:
    """The first few other events of that day."""
    window = Window(day, day + timedelta(days=1))
    return others(published, without_runs(calendar.listings(connection, window, EventFilter(), READ), scene))


def soon_by_the_same(published: PublishedEvent, scene: Scene, connection: Connection) -> tuple[Listing, ...]:
    """What the leading initiative has on next."""
    leading = published.event.initiatives[:1]
    return soon(published, EventFilter(initiatives=leading), scene, connection) if leading else ()


def soon_at_the_same_house(published: PublishedEvent, scene: Scene, connection: Connection) -> tuple[Listing, ...]:
    """What is on next where this is."""
    house = house_of(published)
    return soon(published, EventFilter(places=(house,)), scene, connection) if house else ()


def house_of(published: PublishedEvent) -> str:
    """The place without its room: "Glockenhaus" of "Glockenhaus, Großer Saal"."""
    return published.event.place.name.split(",")[0].strip()


def soon(published: PublishedEvent, wanted: EventFilter, scene: Scene, connection: Connection) -> tuple[Listing, ...]:
    """The next few other events that are wanted, each once."""
    ahead = Window(scene.today, horizon(scene.today).last)
    return others(published, soonest_of_each(calendar.listings(connection, ahead, wanted, READ)))


def others(published: PublishedEvent, listings: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """The first few listings of other events."""
    here = published.identity.id
    return tuple(listing for listing in listings if listing.published.identity.id != here)[:SHOWN]
