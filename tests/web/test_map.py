"""The map: our own sketch with its list, the street map only where it is configured, GeoJSON."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from aggregator.clock import fixed_clock
from aggregator.model.settings import StreetMap
from aggregator.store.database import Store
from tests.web import town
from web.application import create_app
from web.map.street_map import VENDOR

PAGES = ("/map", "/map?what=initiatives", "/map?topic=klima-umwelt", "/map?from=2026-12-19&to=2026-12-19")


@pytest.fixture
def with_streets(sqlite_store: Store):  # type: ignore[no-untyped-def]
    """A client of a town whose operator configured this street map."""

    def make(street_map: StreetMap) -> FlaskClient:
        found = town.settings()
        found = replace(found, site=replace(found.site, street_map=street_map))
        town.publish(sqlite_store, found)
        return create_app(sqlite_store, found, fixed_clock(town.NOW)).test_client()

    return make


@pytest.mark.parametrize("path", PAGES)
def test_the_map_is_there_in_both_languages(client: FlaskClient, path: str) -> None:
    for language in ("de", "en"):
        page = client.get(path, headers={"Accept-Language": language})
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text


def test_the_numbers_of_the_sketch_are_those_of_the_list(client: FlaskClient) -> None:
    page = client.get("/map").text
    pins = re.findall(r'class="map__pin[^"]*" href="#(ort-\d+)"', page)
    assert pins == re.findall(r'<li id="(ort-\d+)"', page)
    assert len(pins) == 2


def test_a_place_is_known_by_what_the_directory_says(client: FlaskClient) -> None:
    page = client.get("/map").text
    assert "2 Termine an 2 Orten" in page
    assert "<h3>mosaique – Haus der Kulturen</h3>" in page.replace("\u00a0", " ")
    assert re.search(r"heute, 15 Uhr</time>: <a[^>]*>Nähcafé", page)


def test_what_is_online_or_nowhere_is_counted_and_listed_elsewhere(client: FlaskClient) -> None:
    page = client.get("/map").text
    assert "1 online" in page
    assert re.search(r"\d+ ohne genauen Ort", page)
    assert '<a class="textlink" href="/">Alles als Liste, auch ohne Ort</a>' in page


def test_the_filter_holds_and_stays_on_the_map(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/map?topic=klima-umwelt").text
    assert "Glockenhaus" in page
    assert "Nähcafé" not in page
    assert 'class="chip chip--on" href="/map"' in page


def test_initiatives_are_found_where_they_reside(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/map?what=initiatives").text
    assert '<a href="/initiatives/mosaique">mosaique' in page
    assert "1 Initiative, 4 weitere ohne festen Ort" in page


def test_an_empty_map_leads_on(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/map?q=quatsch").text
    assert "lässt sich nichts auf die Karte setzen" in page
    assert '<svg class="map__sketch"' not in page


@pytest.mark.parametrize("query", ["what=streets", "what=initiatives&from=2026-12-01", "topic=nix"])
def test_a_wrong_value_is_refused(sqlite_client: FlaskClient, query: str) -> None:
    assert sqlite_client.get(f"/map?{query}").status_code == 400


def test_without_a_street_map_none_is_offered(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("/map")
    assert "Straßenkarte" not in answer.text
    assert "map.js" not in answer.text
    assert "img-src 'self';" in answer.headers["Content-Security-Policy"]
    assert sqlite_client.get("/map.pmtiles").status_code == 404


def test_the_question_names_who_would_learn_of_it(with_streets) -> None:  # type: ignore[no-untyped-def]
    client = with_streets(StreetMap("© Karte", "https://tiles.example.org:8443/{z}/{x}/{y}.png"))
    page = client.get("/map").text
    assert "laden wir Kartenbilder von tiles.example.org:8443 (© Karte)" in page
    assert '<script src="/static/' in page
    assert 'leaflet.js"></script>' not in page


def test_only_the_map_may_show_pictures_of_that_host(with_streets) -> None:  # type: ignore[no-untyped-def]
    client = with_streets(StreetMap("© Karte", "https://tiles.example.org/{z}/{x}/{y}.png"))
    allowed = "img-src 'self' data: https://tiles.example.org;"
    assert allowed in client.get("/map").headers["Content-Security-Policy"]
    assert [
        path
        for path in ("/", "/initiatives", "/map.pmtiles", "/embed")
        if "tiles.example" in str(client.get(path).headers["Content-Security-Policy"])
    ] == []


def test_a_file_of_our_own_is_read_in_parts(with_streets, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    tiles = tmp_path / "town.pmtiles"
    tiles.write_bytes(b"PMTiles" + bytes(range(100)))
    client = with_streets(StreetMap("© Karte", file=tiles))
    answer = client.get("/map.pmtiles", headers={"Range": "bytes=0-6"})
    assert (answer.status_code, answer.data, answer.headers["Content-Range"]) == (206, b"PMTiles", "bytes 0-6/107")
    answer.close()
    policy = client.get("/map").headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    assert "img-src 'self' data:;" in policy


def test_the_libraries_are_what_we_copied() -> None:
    stated = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    files = [path for path in VENDOR.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    found = {path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == stated
    assert {"leaflet/LICENSE", "protomaps-leaflet/LICENSE"} <= set(found)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/static/vendor/leaflet/1.9.4/leaflet.js", 200),
        ("/static/vendor/leaflet/1.9.4/images/layers.png", 200),
        ("/static/vendor/leaflet/1.9.3/leaflet.js", 404),
        ("/static/vendor/leaflet/1.9.4/../../style.css", 404),
    ],
)
def test_a_library_is_served_under_its_version_alone(sqlite_client: FlaskClient, path: str, status: int) -> None:
    answer = sqlite_client.get(path)
    assert answer.status_code == status
    assert status != 200 or "immutable" in answer.headers["Cache-Control"]


def test_our_own_script_is_small() -> None:
    sent = [len(gzip.compress((VENDOR.parent / name).read_bytes())) for name in ("map.js", "here.js")]
    assert sum(sent) < 3000


def test_geojson_has_each_coming_event_once(client: FlaskClient) -> None:
    answer = client.get("/events.geojson?initiative=mosaique")
    features = {feature["id"]: feature for feature in answer.get_json(force=True)["features"]}
    assert list(features) == ["naehcafe", "podium", "training", "repair"]
    assert features["podium"]["geometry"]["coordinates"] == [10.4078, 53.2487]
    assert features["naehcafe"]["properties"]["start"] == "2026-11-24T15:00:00+01:00"
    assert features["training"]["geometry"] is None
    assert features["repair"]["properties"]["url"].endswith("/event/repair?on=2026-12-19")
