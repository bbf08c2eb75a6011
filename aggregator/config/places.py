"""The venues of `places.yaml`: what the operator knows of a town's houses, offline."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from aggregator.config.documents import Document, read_document
from aggregator.config.mistakes import schema_mistakes
from aggregator.config.section import Section
from aggregator.config.shape import Latitude, Line, Longitude
from aggregator.errors import Mistake
from aggregator.model.places import KnownPlace


class PlaceShape(Section):
    """One venue; coordinates in degrees."""

    name: Line
    aliases: list[Line] | None = None
    address: Line | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    accessibility: Line | None = None


class PlacesShape(Section):
    """The whole file: a list of venues."""

    places: list[PlaceShape]


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """What `places.yaml` says; empty when there is no such file."""

    known: tuple[KnownPlace, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    documents: tuple[Document, ...] = ()


def read_places(path: Path, folder: Path | None = None) -> PlacesFile:
    """Read the file if it is there; its mistakes are values, like those of sources.yaml, named from `folder`."""
    if not path.is_file():
        return PlacesFile()
    document = read_document(path, os.path.relpath(path, folder or path.parent))
    if document.content is None:
        return PlacesFile(mistakes=document.mistakes, documents=(document,))
    try:
        stated = PlacesShape.model_validate(document.content)
    except ValidationError as error:
        mistakes = (*document.mistakes, *schema_mistakes(document, PlacesShape, error))
        return PlacesFile(mistakes=mistakes, documents=(document,))
    return PlacesFile(tuple(map(known_place, stated.places)), document.mistakes, (document,))


def known_place(stated: PlaceShape) -> KnownPlace:
    """One entry as the model knows it."""
    return KnownPlace(
        name=stated.name,
        aliases=tuple(stated.aliases or ()),
        address=stated.address or "",
        latitude=stated.lat,
        longitude=stated.lon,
        accessibility=stated.accessibility or "",
    )
