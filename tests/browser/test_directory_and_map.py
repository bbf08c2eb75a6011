"""Directory, alliance and map in Chromium, and the street map with tiles of a host of the operator's choice."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from aggregator.clock import fixed_clock
from aggregator.model.settings import StreetMap
from aggregator.store.database import open_store
from tests.web import town
from web.application import create_app

pytestmark = [pytest.mark.browser, pytest.mark.prove]

Look = Callable[..., Any]
BLANK = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def axe(page: Any, require: Callable[[str], Any]) -> list[Any]:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        require("axe-playwright-python is not installed")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


@pytest.fixture(scope="module")
def tiles() -> Iterator[tuple[str, list[str]]]:
    """A host of map pictures, and what was asked of it."""
    asked: list[str] = []

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start("200 OK", [("Content-Type", "image/png")])
        return [BLANK]

    with serving(answer) as there:
        yield there, asked


@contextmanager
def serving(application: Any) -> Iterator[str]:
    """The address of a WSGI application on a port of its own."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def with_streets(tiles: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The town whose operator named that host."""
    street_map = StreetMap("© Karte", f"{tiles[0]}/{{z}}/{{x}}/{{y}}.png")
    yield from town_with(street_map, tmp_path_factory.mktemp("streets"))


@pytest.fixture(scope="module")
def with_own_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The town that has its map in a file: one without any tile, which is enough to be read."""
    folder = tmp_path_factory.mktemp("own")
    file = folder / "town.pmtiles"
    file.write_bytes(empty_archive())
    yield from town_with(StreetMap("© Karte", file=file), folder)


def town_with(street_map: StreetMap, folder: Path) -> Iterator[str]:
    store = open_store(f"sqlite:///{folder / 'town.sqlite'}", lambda: bytes(32))
    found = town.settings()
    found = replace(found, site=replace(found.site, street_map=street_map))
    town.publish(store, found)
    with serving(create_app(store, found, fixed_clock(town.NOW))) as there:
        yield there
    store.close()


def empty_archive() -> bytes:
    """A PMTiles file of version 3 with an empty directory and empty metadata (gzip is told as none)."""
    directory, metadata = b"\x00", b"{}"
    places = [127, len(directory), 128, len(metadata), 130, 0, 130, 0]
    numbers = b"".join(place.to_bytes(8, "little") for place in (*places, 0, 0, 0))
    kinds = bytes([1, 1, 1, 1, 0, 14])
    bounds = b"".join(
        round(degrees * 10_000_000).to_bytes(4, "little", signed=True) for degrees in (10.3, 53.2, 10.5, 53.3)
    )
    centre = bytes([12]) + b"".join(
        round(degrees * 10_000_000).to_bytes(4, "little", signed=True) for degrees in (10.4, 53.25)
    )
    return b"PMTiles\x03" + numbers + kinds + bounds + centre + directory + metadata


def test_from_the_directory_to_an_event_without_javascript(look: Look) -> None:
    page = look("/", java_script_enabled=False)
    page.click(".site-nav >> text=Initiativen")
    page.fill("main input[name=q]", "begegnung")
    page.press("main input[name=q]", "Enter")
    page.wait_for_url("**/initiatives?q=begegnung")
    page.click("text=mosaique – Haus der Kulturen")
    page.wait_for_url("**/initiatives/mosaique")
    page.click("text=Repair-Café")
    page.wait_for_url("**/event/repair**")


def test_the_map_is_used_by_keyboard_alone(look: Look) -> None:
    page = look("/map", java_script_enabled=False)
    page.focus("ol.pinned a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/**")


def test_a_pin_leads_to_its_line(look: Look) -> None:
    page = look("/map")
    page.click("a.map__pin >> nth=1")
    page.wait_for_url("**/map#ort-2")
    page.wait_for_selector("#ort-2:target")


def test_no_tile_is_asked_for_before_the_click(
    look: Look, with_streets: str, tiles: tuple[str, list[str]], require: Callable[[str], Any]
) -> None:
    page = look(f"{with_streets}/map")
    assert page.is_visible("text=Straßenkarte laden")
    assert [url for url in page.seen["requests"] if "leaflet" in url or not url.startswith(with_streets)] == []
    page.click("text=Straßenkarte laden")
    page.wait_for_selector(".leaflet-tile-loaded")
    expect(page.locator(".leaflet-marker-icon")).to_have_count(2)
    assert tiles[1]
    hosts = {url.rsplit("/", url.count("/") - 2)[0] for url in page.seen["requests"]}
    assert hosts == {with_streets, tiles[0]}
    assert page.seen["complaints"] == []
    assert axe(page, require) == []


def test_a_place_on_the_street_map_opens_by_keyboard(look: Look, with_streets: str) -> None:
    page = look(f"{with_streets}/map")
    page.focus(".map__ask button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-marker-icon")
    page.focus(".leaflet-marker-icon")
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content h3")).to_have_text(
        re.compile("Glockenhaus|mosaique – Haus der Kulturen")
    )


def test_zooming_the_street_map_breaks_no_rule(look: Look, with_streets: str) -> None:
    page = look(f"{with_streets}/map")
    page.click("text=Straßenkarte laden")
    page.wait_for_selector(".leaflet-tile-loaded")
    for name, depth in (("Weiter weg", 15), ("Weiter weg", 14), ("Näher heran", 15)):
        page.click(f"[title='{name}']")
        page.wait_for_selector(f".leaflet-tile-loaded[src*='/{depth}/']")
        # While it glides, Leaflet does not hear the next press.
        expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)
    assert page.seen["complaints"] == []


def test_near_places_are_one_mark_from_afar_and_the_list_follows_the_map(look: Look, with_streets: str) -> None:
    page = look(f"{with_streets}/map")
    page.click("text=Straßenkarte laden")
    page.wait_for_selector(".leaflet-tile-loaded")
    for depth in (15, 14, 13, 12):
        page.click("[title='Weiter weg']")
        page.wait_for_selector(f".leaflet-tile-loaded[src*='/{depth}/']")
        expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)
    expect(page.locator(".leaflet-marker-icon")).to_have_text(["2×"])
    page.click(".pin--many")
    expect(page.locator(".leaflet-marker-icon:not(.pin--many)")).to_have_count(2)
    expect(page.locator(".mapview__note")).to_have_text("2 von 2 Orten, die im Ausschnitt der Karte")
    room = page.locator(".map__streets").bounding_box()
    for _ in range(3):
        page.mouse.move(room["x"] + 10, room["y"] + 100)
        page.mouse.down()
        page.mouse.move(room["x"] + room["width"] - 10, room["y"] + 100, steps=5)
        page.mouse.up()
    expect(page.locator(".pinned > li:visible")).to_have_count(0)
    assert page.seen["complaints"] == []


def test_a_map_of_our_own_asks_nobody_else(look: Look, with_own_file: str) -> None:
    page = look(f"{with_own_file}/map")
    with page.expect_response("**/map.pmtiles"):
        page.click("text=Straßenkarte laden")
    page.wait_for_selector(".leaflet-marker-icon")
    page.wait_for_load_state("networkidle")
    assert [url for url in page.seen["requests"] if not url.startswith(with_own_file)] == []
    assert page.seen["complaints"] == []


def test_a_street_map_that_cannot_be_loaded_says_so(look: Look, with_streets: str) -> None:
    page = look(f"{with_streets}/map")
    page.route("**/leaflet.js", lambda route: route.abort())
    page.click("text=Straßenkarte laden")
    assert page.wait_for_selector("text=Die Straßenkarte lässt sich gerade nicht laden")
    assert page.is_visible(".map__sketch")
