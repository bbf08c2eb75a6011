"""What the street map is made of: Leaflet in the version that we ship, and tiles in a file of our own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

from aggregator.model.settings import StreetMap
from web.assets import FOLDER, TYPES, Asset, asset
from web.services import current_services
from web.static_files import FOREVER, plain

street_map = Blueprint("street_map", __name__)

VENDOR = FOLDER / "vendor"
# `npm pack` of exactly these; SHA256SUMS beside them says what was copied.
VERSIONS = {"leaflet": "1.9.4", "protomaps-leaflet": "5.1.0"}
VENDOR_TYPES = {**TYPES, ".js": "text/javascript; charset=utf-8", ".png": "image/png"}
TILES = "/map.pmtiles"


@street_map.get("/static/vendor/<library>/<version>/<path:name>")
def vendor_file(library: str, version: str, name: str) -> Response:
    """A file of a library; its version stands in the address, so it never changes."""
    file = vendored().get(f"{library}/{name}")
    if file is None or VERSIONS.get(library) != version:
        abort(404)
    return plain(file.content, file.media_type, file.digest, FOREVER)


@street_map.get(TILES)
def tiles() -> Response:
    """The operator's own map, read in parts (RFC 9110 section 14)."""
    found = current_services().settings.site.street_map
    if found is None or found.file is None:
        abort(404)
    return send_file(found.file, mimetype="application/vnd.pmtiles", conditional=True, max_age=86400)


@lru_cache(maxsize=1)
def vendored() -> dict[str, Asset]:
    """Every file of the libraries by its path, read once."""
    files = (path for path in sorted(VENDOR.rglob("*")) if path.suffix in VENDOR_TYPES)
    return {path.relative_to(VENDOR).as_posix(): asset_of(path) for path in files}


def asset_of(path: Path) -> Asset:
    """One file with its media type."""
    return asset(path.read_bytes(), VENDOR_TYPES[path.suffix])


def address(library: str, name: str) -> str:
    """Where a file of a library is served."""
    return f"/static/vendor/{library}/{VERSIONS[library]}/{name}"


def ingredients(found: StreetMap) -> dict[str, str]:
    """What the page tells its script: the files to load after the click, and where the tiles are."""
    told = {
        "css": address("leaflet", "leaflet.css"),
        "leaflet": address("leaflet", "leaflet.js"),
        "attribution": found.attribution,
    }
    if found.file is None:
        return {**told, "tiles": found.tiles}
    return {**told, "protomaps": address("protomaps-leaflet", "protomaps-leaflet.js"), "pmtiles": TILES}
