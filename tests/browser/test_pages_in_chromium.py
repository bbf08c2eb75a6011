"""The walks of residents in a real browser; what holds for every page stands in test_every_page.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

Look = Callable[..., Any]


def test_from_the_agenda_to_an_event_and_back_without_javascript(look: Look) -> None:
    page = look("/", java_script_enabled=False)
    page.click("text=Podium")
    expect(page).to_have_title(re.compile("^Podium: Lüneburg klimaneutral"))
    page.click("text=Kalender: Woche vom")
    page.wait_for_url("**/week/2026-W48**")


def test_a_search_from_the_header_finds_a_series(look: Look) -> None:
    page = look("/")
    page.fill(".site-head input[name=q]", "nähcafé")
    page.press(".site-head input[name=q]", "Enter")
    expect(page.locator("h1")).to_have_text("Suche nach „nähcafé“")
    expect(page.locator(".event")).to_have_count(1)


def test_jumping_to_a_day_keeps_the_filter(look: Look) -> None:
    page = look("/?topic=kultur")
    page.fill("#tag", "2026-12-05")
    page.click("text=Zeigen")
    page.wait_for_url("**from=2026-12-05**")
    assert "topic=kultur" in page.url
    expect(page.locator("main")).to_contain_text("Karaoke")


@pytest.mark.parametrize(("path", "shown"), [("/embed", True), ("/", False), ("/sources", False)])
def test_only_the_embed_may_stand_in_a_foreign_page(
    look: Look, address: str, foreign_address: str, path: str, shown: bool
) -> None:
    page = look(f"{foreign_address}/?{address}{path}")
    assert (page.frames[1].query_selector("main") is not None) == shown
    refused = [complaint for complaint in page.seen["complaints"] if "frame-ancestors" in complaint]
    assert bool(refused) != shown


def test_the_embed_keeps_its_style_in_a_sandbox(look: Look, address: str, foreign_address: str) -> None:
    frame = look(f"{foreign_address}/?{address}/embed").frames[1]
    assert frame.evaluate("getComputedStyle(document.querySelector('.embed')).paddingTop") == "12px"
    assert frame.evaluate("document.querySelector('.icon').getBoundingClientRect().width") > 10


@pytest.mark.parametrize("path", ["/print", "/print?week=2026-W49&lang=en"])
def test_the_sheet_prints_on_one_page_of_a4(look: Look, path: str) -> None:
    printed = look(path).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59[45]\S* 84[12]", printed)


def test_the_address_of_an_event_is_copied(look: Look) -> None:
    page = look("/event/podium", permissions=["clipboard-read", "clipboard-write"])
    page.click("text=Adresse kopieren")
    page.wait_for_selector("text=Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == "https://kalender.example.org/event/podium"
