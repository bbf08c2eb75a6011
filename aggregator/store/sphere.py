"""Places on the unit sphere, where "within so many kilometres" is plain arithmetic for any database."""

from __future__ import annotations

from math import cos, isfinite, radians, sin

from sqlalchemy import ColumnElement, FromClause

from aggregator.model.places import EARTH_RADIUS_KM, Circle, Place

NOWHERE = {"x": None, "y": None, "z": None}


def position(place: Place) -> dict[str, float | None]:
    """The columns x, y, z of a place; all None if it cannot be put on a map."""
    if place.latitude is None or place.longitude is None or not isfinite(place.latitude + place.longitude):
        return dict(NOWHERE)
    return dict(zip("xyz", unit_vector(place.latitude, place.longitude), strict=True))


def unit_vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The point of the unit sphere at a latitude and longitude in degrees."""
    height, turn = radians(latitude), radians(longitude)
    return cos(height) * cos(turn), cos(height) * sin(turn), sin(height)


def inside(circle: Circle, table: FromClause) -> ColumnElement[bool]:
    """Whether the position in the table's columns x, y, z lies in the circle.

    Compares the straight line through the earth, which is exact down to millimetres: a cosine would
    not tell near points apart.
    """
    centre = unit_vector(circle.latitude, circle.longitude)
    longest = 2 * sin(circle.radius_km / EARTH_RADIUS_KM / 2)
    x, y, z = (table.c[axis] - value for axis, value in zip("xyz", centre, strict=True))
    nearer: ColumnElement[bool] = x * x + y * y + z * z <= longest * longest
    return nearer
