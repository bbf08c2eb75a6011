"""What holds for every page there is, those of tomorrow too: accessible, small, ours alone, at any width and light."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.web import addresses

pytestmark = [pytest.mark.browser, pytest.mark.prove]

Look = Callable[..., Any]
Require = Callable[[str], Any]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
FEWEST_PAGES = 30
MOST_BYTES, MOST_BYTES_OF_AN_EMBED = 100_000, 50_000
# A window of 1280 pixels at 200 % zoom is one of 640, a phone of 640 at 200 % one of 320.
WIDTHS = (320, 360, 640, 768, 1280)
# What the key Tab reaches: of radio buttons with one name the chosen or first one, nothing that is folded away.
REACHABLE = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex]")];
  const named = (radio, which) => document.querySelector(`input[name="${radio.name}"]${which}`);
  const chosen = (radio) => radio === (named(radio, ":checked") || named(radio, ""));
  return all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0
    && one.type !== "hidden" && (one.type !== "radio" || chosen(one))).length;
}"""
FOCUSED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  here.dataset.walked = here.dataset.walked || String(document.querySelectorAll("[data-walked]").length + 1);
  // A link whose area is the whole line wears the ring around that area.
  const styles = [getComputedStyle(here, "::after")];
  for (let one = here; one !== document.body; one = one.parentElement) styles.push(getComputedStyle(one));
  const ring = styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  return { step: here.dataset.walked, ring: ring || here.tagName === "IFRAME", what: here.outerHTML.slice(0, 90) };
}"""


@pytest.fixture(scope="session")
def pages(application: Flask) -> list[str]:
    """Every address that answers with a page."""
    return addresses.pages(application)


def test_there_are_pages_to_look_at(pages: list[str]) -> None:
    assert len(pages) >= FEWEST_PAGES


def test_every_page_is_accessible_in_both_lights_on_a_phone_and_a_desk(
    look: Look, pages: list[str], require: Require
) -> None:
    assert [found for path in pages for found in violations(look(path), path, require)] == []


def violations(page: Any, path: str, require: Require) -> Iterator[tuple[Any, ...]]:
    """What axe finds on one page: everything by day, and by night what colours alone can break."""
    try:
        from axe_playwright_python.base import AXE_SCRIPT
    except ImportError:
        require("axe-playwright-python is not installed")
    page.evaluate(AXE_SCRIPT)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for light, asked in (("light", TAGS), ("dark", COLOUR_RULES)):
            page.emulate_media(color_scheme=light)
            found = page.evaluate("(runOnly) => axe.run({ runOnly, resultTypes: ['violations'] })", asked)
            for one in found["violations"]:
                yield path, width, light, one["id"], [node["target"] for node in one["nodes"]]
    page.context.close()


def test_no_page_scrolls_sideways_asks_others_or_complains(look: Look, address: str, pages: list[str]) -> None:
    assert [found for path in pages for found in faults(look(path), path, address)] == []


def faults(page: Any, path: str, address: str) -> Iterator[tuple[Any, ...]]:
    """What is wrong with one page at any width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        shown = page.evaluate("document.documentElement.scrollWidth")
        if shown > width:
            yield path, "scrolls sideways", width, shown
    # Chromium itself says in the console that an answer was an error.
    complaints = [words for words in page.seen["complaints"] if "Failed to load resource" not in words]
    strangers = [url for url in page.seen["requests"] if not url.startswith((address, "data:"))]
    for what in (*complaints, *strangers, *page.context.cookies()):
        yield path, what
    page.context.close()


def test_no_page_takes_more_than_100_kilobytes_and_no_embed_more_than_50(look: Look, pages: list[str]) -> None:
    heavy = {path: weight(look, path) for path in pages}
    print(f"\nheaviest pages: {sorted(heavy.items(), key=lambda pair: -pair[1])[:5]}")
    allowed = {path: MOST_BYTES_OF_AN_EMBED if is_embed(path) else MOST_BYTES for path in pages}
    assert {path: size for path, size in heavy.items() if size > allowed[path]} == {}


def is_embed(path: str) -> bool:
    return path.partition("?")[0] == "/embed"


def weight(look: Look, path: str) -> int:
    """The bytes that come over the line for one page and all it needs, heads included."""
    answers: list[Any] = []
    page = look("/healthz")
    page.on("requestfinished", lambda answer: answers.append(answer))
    page.goto(page.url.removesuffix("/healthz") + path, wait_until="networkidle")
    sizes = [answer.sizes() for answer in answers]
    page.context.close()
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


def test_every_page_says_the_same_without_javascript(look: Look, pages: list[str]) -> None:
    assert [path for path in pages if told(look(path)) != told(look(path, java_script_enabled=False))] == []


def told(page: Any) -> tuple[str, int]:
    """The heading of a page and how many things it links to."""
    found = page.inner_text("h1, h2 >> nth=0"), page.locator("main a[href]").count()
    page.context.close()
    return found


def test_every_page_can_be_walked_through_by_keyboard(look: Look, pages: list[str]) -> None:
    assert [found for path in pages for found in stumbles(look(path), path)] == []


def stumbles(page: Any, path: str) -> Iterator[tuple[str, str]]:
    """Where the key Tab gets stuck, skips something, or where nobody sees where they are."""
    expected, walked = page.evaluate(REACHABLE), 0
    # A field for a date takes several presses, one for each of its parts, and a frame one for each link in it.
    inside = 60 * page.locator("iframe").count() + sum(
        presses * page.locator(f"input[type={kind}]").count()
        for kind, presses in {"date": 3, "time": 3, "datetime-local": 7}.items()
    )
    for _ in range(expected + inside + 1):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here is None or int(here["step"]) < walked:
            break
        if int(here["step"]) > walked and not here["ring"]:
            yield path, f"no ring: {here['what']}"
        walked = int(here["step"])
    if walked < expected:
        yield path, f"{walked} of {expected} can be reached"
    page.context.close()
