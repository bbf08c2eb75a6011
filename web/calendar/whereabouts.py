"""Where an event is, on the ground: a sketch of our own, the way to it, and what else is on nearby."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from aggregator.model.filters import EventFilter
from aggregator.model.places import Circle, Place, distance_km
from web.map.gazetteer import Gazetteer
from web.map.sketch import Sketch, sketch
from web.scene import Scene

NEARBY_KM = 0.5
# Centres are rounded when they are chosen; so near is the house itself.
THE_HOUSE_KM = 0.05


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`latitude` and `longitude` in degrees as text; `route` leads to another website, and only when pressed."""

    latitude: str
    longitude: str
    drawing: Sketch | None
    distance: str
    route: str
    nearby: str


def whereabouts(place: Place, gazetteer: Gazetteer, scene: Scene) -> Whereabouts | None:
    """Where the place is, as stated or as known from others; None when nobody knows."""
    position = gazetteer.find(place) if place.text or place.has_coordinates else None
    if position is None:
        return None
    region = scene.settings.site.region
    centre = (region.latitude, region.longitude) if region else None
    drawn = sketch([position], 1, centre, "," if scene.language == "de" else ".")
    latitude, longitude = (f"{degrees:.5f}" for degrees in position)
    around = EventFilter(near=Circle(round(position[0], 5), round(position[1], 5), NEARBY_KM))
    return Whereabouts(
        latitude=latitude,
        longitude=longitude,
        drawing=drawn if region else None,
        distance=drawn.pins[0].distance if drawn and region else "",
        route=f"https://www.openstreetmap.org/directions?to={latitude}%2C{longitude}",
        nearby=scene.links.map(around),
    )


def circle_words(circle: Circle, scene: Scene) -> str:
    """A circle in words, with the name of the house in its middle where one is known."""
    radius, name = f"{circle.radius_km:g}", house_at(circle, scene)
    if name:
        return scene.tongue.gettext("im Umkreis von %(radius)s km um %(place)s", radius=radius, place=name)
    return scene.tongue.gettext("im Umkreis von %(radius)s km", radius=radius)


def house_at(circle: Circle, scene: Scene) -> str:
    """The operator's place or an initiative's house in the middle of the circle, "" for none."""
    houses = chain(
        ((one.name, one.latitude, one.longitude) for one in scene.settings.places),
        ((one.name, one.latitude, one.longitude) for one in scene.initiatives.values()),
    )
    apart = (
        (distance_km(circle.latitude, circle.longitude, latitude, longitude), name)
        for name, latitude, longitude in houses
        if latitude is not None and longitude is not None
    )
    return min((pair for pair in apart if pair[0] <= THE_HOUSE_KM), default=(0.0, ""))[1]
