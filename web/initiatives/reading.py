"""The directory and its pages: what is read from the store for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import abort
from sqlalchemy import Connection

from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.sources import Initiative
from aggregator.model.times import Window, horizon
from aggregator.model.umbrellas import members_of
from aggregator.store import calendar, pictures, saved_filters, sources
from aggregator.store.directory import coming_by_initiative
from web.calendar import neighbours
from web.calendar.agenda import agenda, shortened, soonest_of_each
from web.embed.options import HEIGHTS, LIST
from web.embed.snippets import frame
from web.initiatives.choosing import choices_of, chosen, letter_asked, refuse_event_filters
from web.initiatives.directory import Coming, directory, is_narrowed, subtitle, title
from web.initiatives.profile import member_choices, profile
from web.kept import Reply
from web.links import own_query
from web.pages import page
from web.scene import Scene
from web.taking import forms
from web.visits import Visit, number_of

WEEK = timedelta(days=7)
MOST_PAGES = 10_000
FURTHER = 12


def directory_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The initiatives that the filter wants."""
    found, letter = wanted_initiatives(visit, scene)
    shown = directory(found, coming(scene, connection), scene, letter, number_of(visit, "page", 1, MOST_PAGES))
    exports = tuple((words, scene.links.feed(name, scene.wanted)) for words, name in EXPORTS)
    return page(
        "initiatives.html",
        scene,
        title=title(scene),
        subtitle=subtitle(shown, scene),
        directory=shown,
        pictures=pictures.labels(connection),
        choices=choices_of(scene, letter),
        letter=letter,
        is_narrowed=is_narrowed(scene.wanted, letter),
        exports=exports,
        map_link=scene.links.map(scene.wanted, "initiatives"),
        events_link=scene.links.agenda(EventFilter(text=scene.wanted.text)) if scene.wanted.text else "",
        own_query=own_query(letter=letter),
    )


EXPORTS = (("CSV", "initiatives.csv"), ("GeoJSON", "initiatives.geojson"), ("MediaWiki", "initiatives.wiki"))


def wanted_initiatives(visit: Visit, scene: Scene) -> tuple[tuple[Initiative, ...], str]:
    """What the filter leaves of the directory, and the letter that was asked for."""
    refuse_event_filters(scene.wanted)
    letter = letter_asked(visit.own.get("letter", ""))
    return chosen(scene, letter), letter


def coming(scene: Scene, connection: Connection) -> Coming:
    """What each initiative has ahead."""
    ahead = Window(scene.today, horizon(scene.today).last)
    return Coming(
        next=coming_by_initiative(connection, scene.today, scene.now),
        counts=calendar.initiative_counts(connection, ahead, EventFilter()),
    )


def initiative_reply(initiative_id: str, scene: Scene, connection: Connection) -> Reply:
    """One initiative; 404 for an id that the directory does not hold."""
    one = known(initiative_id, scene)
    wanted = EventFilter(initiatives=(one.id,))
    made = profile(one, ahead_of(wanted, scene, connection), sources.overviews(connection), scene)
    picture = pictures.labels(connection, one.id).get(one.id)
    given = to_take(wanted, one.name, scene)
    saved = saved_filters.of_initiative(connection, one.id)
    shown = {"picture": picture, "saved": saved, "base": scene.settings.site.base_url}
    return page("initiative.html", scene, profile=made, title=one.name, **shown, **given)


def umbrella_reply(umbrella_id: str, scene: Scene, connection: Connection) -> Reply:
    """The common calendar of an alliance; one that has no members (any more) leads to its own page."""
    one = known(umbrella_id, scene)
    members = members_of(one.id, scene.initiatives)
    if not members:
        return Reply(b"", "text/html; charset=utf-8", 302, (("Location", scene.links.initiative(one.id)),))
    wanted = EventFilter(umbrellas=(one.id,))
    window = Window(scene.today, scene.today + WEEK)
    there = replace(scene, wanted=wanted)
    listings = calendar.listings(connection, window, wanted)
    seen = {listing.published.identity.id for listing in listings}
    later = [each for each in ahead_of(wanted, scene, connection) if each.published.identity.id not in seen]
    return page(
        "umbrella.html",
        scene,
        title=one.name,
        umbrella=one,
        profile_link=scene.links.initiative(one.id),
        members=member_choices(members, scene),
        agenda=shortened(agenda(listings, window, there), there),
        further=neighbours.by_day(later[:FURTHER], scene),
        directory_link=scene.links.directory(wanted),
        **to_take(wanted, one.name, scene),
    )


def known(initiative_id: str, scene: Scene) -> Initiative:
    """The initiative of that id, or 404."""
    found = scene.initiatives.get(initiative_id)
    if found is None:
        abort(404)
    return found


def ahead_of(wanted: EventFilter, scene: Scene, connection: Connection) -> tuple[Listing, ...]:
    """The coming events of a filter, each once at its next occurrence that is not over."""
    ahead = Window(scene.today, horizon(scene.today).last)
    found = calendar.listings(connection, ahead, wanted)
    return soonest_of_each(listing for listing in found if listing.occurrence.ends_at > scene.now)


def to_take(wanted: EventFilter, name: str, scene: Scene) -> dict[str, object]:
    """The ways to take these events along: whole calendar, feeds, and the list for another website."""
    address = scene.settings.site.base_url + scene.links.feed("embed", wanted)
    return {
        "forms": forms(wanted, scene),
        "calendar_link": scene.links.agenda(wanted),
        "subscribe_link": scene.links.feed("subscribe", wanted),
        "builder_link": scene.links.feed("embed/builder", wanted),
        "snippet": frame(address, scene.tongue.gettext("Termine: %(name)s", name=name), HEIGHTS[LIST]),
    }
