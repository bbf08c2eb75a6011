"""The map: what is read from the store, and which builder gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from aggregator.export.events_json import told
from aggregator.export.geojson import Feature, JsonObject, render_features
from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.settings import Settings
from aggregator.model.times import Window
from aggregator.store import calendar, known_places
from aggregator.store.directory import located_places
from web.calendar import choices, headings, navigation, windows
from web.calendar.agenda import soonest_of_each, without_runs
from web.calendar.reading import around_fields
from web.calendar.rows import link_of, place_of, short_place, status_of
from web.initiatives.choosing import choices_of, chosen, refuse_event_filters
from web.initiatives.reading import coming
from web.kept import Reply
from web.links import own_query
from web.map.gazetteer import Gazetteer, learnt, spellings
from web.map.links import MapLinks
from web.map.sketch import sketch
from web.map.spots import Spread, event_spots, initiative_spots
from web.map.street_map import ingredients
from web.pages import page
from web.scene import Scene
from web.taking import forms

PINNED = 12
GEOJSON = "application/geo+json"


def events_reply(scene: Scene, connection: Connection) -> Reply:
    """The places of the coming week, or of the days asked for."""
    scene = replace(scene, wanted=windows.in_calendar(scene.wanted))
    here = replace(scene, links=MapLinks(scene.links.language))
    window = windows.narrowed(windows.agenda_page(scene.wanted, scene.today, windows.NO_DAYS).window, scene.wanted)
    listings = not_over(calendar.listings(connection, window, scene.wanted.without_dates), scene)
    spread = event_spots(listings, gazetteer_of(scene, connection), scene)
    key = navigation.here_of(window, scene.today)
    title = headings.agenda_title(key, window, replace(scene, settings=townless(scene)))
    return page(
        "map.html",
        scene,
        title=scene.tongue.gettext("%(when)s auf der Karte", when=title),
        subtitle=events_subtitle(spread, scene),
        spans=ways(key, here, connection),
        chips=choices.chips(counts(window, scene, connection), here),
        list_title=scene.tongue.gettext("Orte mit den meisten Terminen"),
        list_link=scene.links.agenda(scene.wanted),
        forms=forms(scene.wanted, scene),
        geojson_link=scene.links.feed("events.geojson", scene.wanted),
        **around_fields(scene),
        **drawn(spread, scene),
    )


def initiatives_reply(scene: Scene, connection: Connection) -> Reply:
    """Where the initiatives reside."""
    refuse_event_filters(scene.wanted)
    here = replace(scene, links=MapLinks(scene.links.language))
    spread = initiative_spots(chosen(scene), coming(scene, connection), gazetteer_of(scene, connection), scene)
    return page(
        "map.html",
        scene,
        title=scene.tongue.gettext("Initiativen auf der Karte"),
        subtitle=initiatives_subtitle(spread, scene),
        spans=ways("initiatives", here, connection),
        chips=tuple(choices_of(here, "").topics),
        list_title=scene.tongue.gettext("Wer wo zu finden ist"),
        list_link=scene.links.directory(scene.wanted),
        forms=(),
        geojson_link=scene.links.feed("initiatives.geojson", scene.wanted),
        own_query=own_query(what="initiatives"),
        **drawn(spread, scene),
    )


def geojson_reply(visit: object, scene: Scene, connection: Connection) -> Reply:
    """The coming events, each once at its next occurrence, those with a known position on the map."""
    wanted = windows.in_calendar(scene.wanted)
    listings = not_over(calendar.listings(connection, windows.search_window(wanted, scene.today), wanted), scene)
    gazetteer = gazetteer_of(scene, connection)
    return Reply(render_features(feature(each, gazetteer, scene) for each in soonest_of_each(listings)), GEOJSON)


def feature(listing: Listing, gazetteer: Gazetteer, scene: Scene) -> Feature:
    """One event for a map, at its next occurrence."""
    event, occurrence = listing.published.event, listing.occurrence
    place, site = place_of(event, occurrence), scene.settings.site
    properties: JsonObject = {
        "title": occurrence.title or event.title,
        "start": told(occurrence.start, site.timezone),
        "end": told(occurrence.end, site.timezone),
        "status": status_of(event, occurrence).value,
        "place": short_place(place),
        "address": place.address,
        "initiatives": [scene.name_of(one) for one in event.initiatives],
        "topics": [scene.topic_label(topic) for topic in event.topics],
        "url": site.base_url + link_of(listing.published, occurrence, scene),
    }
    return Feature(listing.published.identity.id, gazetteer.find(place), properties)


def not_over(listings: Sequence[Listing], scene: Scene) -> tuple[Listing, ...]:
    """What is still to come, or all of it when the days asked for are gone."""
    ahead = tuple(listing for listing in listings if listing.occurrence.ends_at > scene.now)
    return ahead or tuple(listings)


def gazetteer_of(scene: Scene, connection: Connection) -> Gazetteer:
    """What directory, events and the operator's own list together know of places."""
    venues = (*scene.settings.places, *known_places.load(connection).values())
    return learnt((*located_places(connection), *spellings(venues)), scene.initiatives.values())


def ways(here: str, scene: Scene, connection: Connection) -> tuple[navigation.Span, ...]:
    """Today, weekend, week, and the initiatives."""
    wanted = EventFilter() if here == "initiatives" else scene.wanted.without_dates
    week = Window(scene.today, scene.today + timedelta(days=7))
    listed = without_runs(calendar.listings(connection, week, wanted), scene)
    shown = navigation.spans(navigation.coming_among(listed, scene.today), here, replace(scene, wanted=wanted))[:3]
    topics = EventFilter(topics=scene.wanted.topics)
    words, link = scene.tongue.gettext("Initiativen"), scene.links.directory(topics)
    return (*shown, navigation.Span(words, link, None, here == "initiatives"))


def counts(window: Window, scene: Scene, connection: Connection) -> choices.Counts:
    """How many events each topic brings; the map offers no other choice."""
    anywhere = scene.wanted.without_dates
    return choices.Counts(calendar.topic_counts(connection, window, replace(anywhere, topics=())), {}, {}, {})


def townless(scene: Scene) -> Settings:
    """The settings without the town's name, for a heading that is long enough."""
    return replace(scene.settings, site=replace(scene.settings.site, region_name=""))


def drawn(spread: Spread, scene: Scene, pinned: int = PINNED) -> dict[str, object]:
    """The sketch, the numbered list beside it, and what the street map would need."""
    site = scene.settings.site
    centre = (site.region.latitude, site.region.longitude) if site.region else None
    decimal = "," if scene.language == "de" else "."
    return {
        "sketch": sketch([spot.position for spot in spread.spots], pinned, centre, decimal),
        "pinned": spread.spots[:pinned],
        "others": spread.spots[pinned:],
        "spread": spread,
        "street_map": site.street_map,
        "ingredients": ingredients(site.street_map) if site.street_map else {},
    }


def events_subtitle(spread: Spread, scene: Scene) -> str:
    """ "31 Termine an 14 Orten, 2 weitere online, 5 ohne genauen Ort"."""
    say = scene.tongue.gettext
    number = scene.tongue.ngettext("%(num)d Termin", "%(num)d Termine", spread.total)
    places = scene.tongue.ngettext("an %(num)d Ort", "an %(num)d Orten", len(spread.spots))
    parts = [
        f"{number} {places}" if spread.spots else "",
        say("%(number)d online", number=spread.online) if spread.online else "",
        say("%(number)d ohne genauen Ort", number=spread.nowhere) if spread.nowhere else "",
    ]
    return ", ".join(part for part in parts if part)


def initiatives_subtitle(spread: Spread, scene: Scene) -> str:
    """ "9 Initiativen, 20 weitere ohne festen Ort"."""
    number = scene.tongue.ngettext("%(num)d Initiative", "%(num)d Initiativen", len(spread.spots))
    if not spread.nowhere:
        return number
    return scene.tongue.gettext("%(groups)s, %(number)d weitere ohne festen Ort", groups=number, number=spread.nowhere)
