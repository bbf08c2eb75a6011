"""What is on around a place that somebody names: its position, looked up, becomes part of the filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from aggregator.errors import FilterError
from aggregator.model.filters import EventFilter, point_of, radius_of, refusal
from aggregator.model.places import Circle, Place
from aggregator.model.text import key
from aggregator.store import known_places
from aggregator.store.directory import located_places
from web.calendar.reading import around_fields
from web.kept import Reply
from web.map.gazetteer import ROOMS, Gazetteer, Position, learnt, spellings
from web.map.links import MapLinks
from web.pages import page
from web.scene import Scene
from web.visits import Visit

USUAL_KM = "2"
MOST_PLACES = 60
VIEWS = ("", "map")


@dataclass(frozen=True, slots=True)
class Offer:
    """One place that we know, and the way to what is on around it."""

    label: str
    link: str


def near_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The way to the calendar around the place that was named; without one, or for an unknown one, the places we know.

    Raises FilterError for a radius or view that does not exist.
    """
    view = visit.own.get("view", "")
    if view not in VIEWS:
        raise refusal("view", "Hier geht nur map", "Only map is possible here")
    links = MapLinks(scene.links.language) if view else scene.links
    named = visit.own.get("at", "")
    radius = radius_of("km", visit.own["km"]) if "km" in visit.own else float(USUAL_KM)
    places = places_of(scene, connection)
    found = position_of(named, places, scene) if named else centre_of(scene.wanted)
    if found:
        return Reply(b"", "text/html; charset=utf-8", 302, (("Location", links.agenda(within(scene, found, radius))),))
    offers = [Offer(label, links.agenda(within(scene, at, radius))) for label, at in offered(named, places)]
    return page(
        "near.html",
        scene,
        title=scene.tongue.gettext("In der Nähe"),
        named=named,
        is_unclear=bool(fitting_names(named, by_name(places))),
        offers=offers,
        view=view,
        radius=f"{radius:g}",
        emptiness=True,
        **around_fields(scene),
    )


def centre_of(wanted: EventFilter) -> Position | None:
    """The middle that is chosen already: who only changes the radius stays where they are."""
    return (wanted.near.latitude, wanted.near.longitude) if wanted.near else None


def within(scene: Scene, at: Position, radius: float) -> EventFilter:
    """The filter with this circle; a hundred metres are near enough, and tell less of who asks."""
    return replace(scene.wanted, near=Circle(round(at[0], 4), round(at[1], 4), radius))


def places_of(scene: Scene, connection: Connection) -> tuple[Place, ...]:
    """Every place with a position: the operator's list, the houses of initiatives, and what announcements tell."""
    venues = (*scene.settings.places, *known_places.load(connection).values())
    houses = (Place(one.name, one.place, one.latitude, one.longitude) for one in scene.initiatives.values())
    found = (*spellings(venues), *houses, *located_places(connection))
    return tuple(place for place in found if place.has_coordinates)


def position_of(named: str, places: Iterable[Place], scene: Scene) -> Position | None:
    """Where the named place is: a point, the town, or what exactly one place is called."""
    try:
        return point_of("at", named)
    except FilterError:
        pass
    region = scene.settings.site.region
    if region and key(named) == key(scene.settings.site.region_name):
        return region.latitude, region.longitude
    known: Gazetteer = learnt(places, ())
    exact = known.find(Place(named))
    if exact:
        return exact
    fitting = set(fitting_names(named, by_name(places)).values())
    return fitting.pop() if len(fitting) == 1 else None


def by_name(places: Iterable[Place]) -> Mapping[str, Position]:
    """The first position of each name without its rooms; streets stand for places without one."""
    found: dict[str, Position] = {}
    for place in places:
        label = (place.name or place.address).split(",")[0].strip()
        if key(label) not in ROOMS and place.latitude is not None and place.longitude is not None:
            found.setdefault(label, (place.latitude, place.longitude))
    return found


def fitting_names(named: str, known: Mapping[str, Position]) -> dict[str, Position]:
    """The places whose names hold every word."""
    words = key(named).split()
    return {name: at for name, at in known.items() if words and all(word in key(name) for word in words)}


def offered(named: str, places: Iterable[Place]) -> list[tuple[str, Position]]:
    """The places that the words may mean, else all of them; in the order of the alphabet, each name once."""
    known = by_name(places)
    once: dict[str, tuple[str, Position]] = {}
    for name, at in (fitting_names(named, known) or known).items():
        once.setdefault(key(name), (name, at))
    return [once[name] for name in sorted(once)][:MOST_PLACES]
