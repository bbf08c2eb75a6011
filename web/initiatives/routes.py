"""The directory, its pages, and the directory for programs, maps and wikis."""

from __future__ import annotations

from flask import Blueprint, Response

from web.answering import PAGE, Kind, Rhythm, answer
from web.initiatives.reading import directory_reply, initiative_reply, umbrella_reply
from web.initiatives.tables import csv_reply, geojson_reply, wiki_reply

initiatives = Blueprint("initiatives", __name__)

DIRECTORY = Kind(Rhythm.EACH_MINUTE, own=("letter", "page"))
TABLE = Kind(Rhythm.EACH_MINUTE, own=("letter",), negotiates=False, is_open=True, max_age=300)


@initiatives.get("/initiatives")
def directory() -> Response:
    """All initiatives, or those that the filter wants."""
    return answer(DIRECTORY, directory_reply)


@initiatives.get("/initiatives.csv")
def directory_csv() -> Response:
    """The directory for spreadsheets."""
    return answer(TABLE, csv_reply)


@initiatives.get("/initiatives.geojson")
def directory_geojson() -> Response:
    """The directory for maps."""
    return answer(TABLE, geojson_reply)


@initiatives.get("/initiatives.wiki")
def directory_wiki() -> Response:
    """The directory for the town's wiki."""
    return answer(TABLE, wiki_reply)


@initiatives.get("/initiatives/<initiative_id>")
def initiative(initiative_id: str) -> Response:
    """One initiative: who they are, what they have on, and how to follow them."""
    return answer(PAGE, lambda visit, scene, connection: initiative_reply(initiative_id, scene, connection))


@initiatives.get("/umbrellas/<umbrella_id>")
def umbrella(umbrella_id: str) -> Response:
    """An alliance: what it and its members have on, as one calendar."""
    return answer(PAGE, lambda visit, scene, connection: umbrella_reply(umbrella_id, scene, connection))
