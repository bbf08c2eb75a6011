"""Where something happens, and the region that a town's calendar covers."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from aggregator.model.values import dataclass

EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a source states it: a name, an address, coordinates in degrees, or any of them."""

    name: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    online: bool = False

    @property
    def text(self) -> str:
        """Name and address on one line, as a LOCATION would say it."""
        return ", ".join(part for part in (self.name, self.address) if part)

    @property
    def has_coordinates(self) -> bool:
        """Whether it can be put on a map."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A venue that the instance knows for certain (an entry of `places.yaml`); coordinates in degrees.

    `accessibility` is a sentence for people ("stufenlos, Toilette vorhanden"), empty if unknown.
    """

    name: str
    aliases: tuple[str, ...] = ()
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """A centre in degrees and a radius in kilometres."""

    latitude: float
    longitude: float
    radius_km: float

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies inside."""
        return distance_km(self.latitude, self.longitude, latitude, longitude) <= self.radius_km


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance in kilometres (haversine)."""
    half_height = sin(radians(other_latitude - latitude) / 2) ** 2
    half_width = sin(radians(other_longitude - longitude) / 2) ** 2
    chord = half_height + cos(radians(latitude)) * cos(radians(other_latitude)) * half_width
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
