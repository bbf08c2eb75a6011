"""Places on the unit sphere, where "within so many kilometres" is plain arithmetic for any database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def numbers_inside(circle: Circle, spots: Sequence[float]) -> Iterator[int]:
    """Which of some positions lie in the circle (`inside`); three numbers each, those of nowhere are no numbers."""
    centre_x, centre_y, centre_z = unit_vector(circle.latitude, circle.longitude)
    farthest = longest_of(circle) ** 2
    for at, (x, y, z) in enumerate(zip(spots[0::3], spots[1::3], spots[2::3], strict=True)):
        if (x - centre_x) * (x - centre_x) + (y - centre_y) * (y - centre_y) + (z - centre_z) * (
            z - centre_z
        ) <= farthest:
            yield at


def longest_of(circle: Circle) -> float:
    """The straight line through the earth from the middle to the edge."""
    return 2 * sin(circle.radius_km / EARTH_RADIUS_KM / 2)


def inside(circle: Circle, table: FromClause) -> ColumnElement[bool]:
    """Whether the position in the table's columns x, y, z lies in the circle.

    Compares the straight line through the earth, which is exact down to millimetres: a cosine would
    not tell near points apart.
    """
    centre = unit_vector(circle.latitude, circle.longitude)
    longest = longest_of(circle)
    x, y, z = (table.c[axis] - value for axis, value in zip("xyz", centre, strict=True))
    nearer: ColumnElement[bool] = x * x + y * y + z * z <= longest * longest
    return nearer
