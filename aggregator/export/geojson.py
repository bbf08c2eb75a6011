"""Events and initiatives for maps (GeoJSON, RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map; without a position (latitude and longitude in degrees) it is still told of."""

    id: str
    position: tuple[float, float] | None
    properties: JsonObject


def render_features(features: Iterable[Feature]) -> bytes:
    """The collection in UTF-8."""
    collection = {"type": "FeatureCollection", "features": [feature_object(each) for each in features]}
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def feature_object(feature: Feature) -> JsonObject:
    """One feature; GeoJSON puts the longitude first (section 3.1.1), and null for no position (section 3.2)."""
    geometry = None
    if feature.position is not None:
        latitude, longitude = feature.position
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": feature.id, "geometry": geometry, "properties": feature.properties}
