"""An HTML page to the events that it marks up: JSON-LD first, then microdata, h-event and hCalendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import Component, ParsedFeed
from aggregator.model.defects import Defect
from aggregator.model.settings import ReadingLimits
from aggregator.parse.cleaning import clean, one_line, web_address
from aggregator.parse.jsonld import read_scripts
from aggregator.parse.microdata import read_microdata
from aggregator.parse.microformats import HCALENDAR, read_h_events

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 200
JSON_LD = 'script[type^="application/ld+json" i]'
# Elements that are never closed, or need not be; all others count towards the depth.
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
NOT_NESTING = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li"]
    + [
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "html",
        "head",
        "body",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a page in one markup, and what was wrong with the rest."""

    components: tuple[Component, ...] = ()
    defects: tuple[Defect, ...] = ()


def parse_webpage(document: str, base_url: str, limits: ReadingLimits) -> ParsedFeed | Failure:
    """The events of a page; links are resolved against its `<base>`, else against `base_url`.

    A page that marks up no event is E_NOT_A_FEED, one whose events all cannot be read is E_PARSE.
    """
    text = clean(document)
    if len(text) > MAX_CHARACTERS:
        return Failure(ErrorClass.TOO_LARGE, f"{len(text) // 1000} kB")
    if depth(text) > MAX_DEPTH:
        return Failure(ErrorClass.LIMIT, f"HTML > {MAX_DEPTH}")
    page = LexborHTMLParser(text)
    address = _base(page, base_url)
    found = _events(page, address)
    if len(found.components) > limits.max_events:
        return Failure(ErrorClass.LIMIT, f"> {limits.max_events}")
    if not found.components:
        return Failure(ErrorClass.PARSE if found.defects else ErrorClass.NOT_A_FEED, "HTML")
    return ParsedFeed(found.components, found.defects, title=_title(page), format="html")


def depth(text: str) -> int:
    """How deep the elements of a page are nested, roughly: parsing is quadratic in it (50 000 div: 7 s)."""
    deepest = level = 0
    for closing, name in TAG.findall(text):
        if name.lower() not in NOT_NESTING:
            level = max(0, level - 1) if closing else level + 1
            deepest = max(deepest, level)
    return deepest


def _events(page: LexborHTMLParser, address: str) -> Found:
    """The events in the first markup that holds any: pages often say the same in two of them."""
    language = _language(page)
    scripts = [script.text() for script in page.css(JSON_LD)]
    readings: tuple[Callable[[], tuple[list[Component], list[Defect]]], ...] = (
        lambda: read_scripts(scripts, address, language),
        lambda: read_microdata(page, address, language),
        lambda: read_h_events(page, address, language),
        lambda: read_h_events(page, address, language, HCALENDAR),
    )
    defects: list[Defect] = []
    for reading in readings:
        components, wrong = reading()
        defects += wrong
        if components:
            # Calendar plug-ins print the same event in a list and in a slider.
            return Found(tuple(dict.fromkeys(components)), tuple(defects))
    return Found(defects=tuple(defects))


def _base(page: LexborHTMLParser, base_url: str) -> str:
    base = page.css_first("base[href]")
    stated = (base.attributes.get("href") or "") if base is not None else ""
    return web_address(stated, base_url) or base_url


def _title(page: LexborHTMLParser) -> str:
    title = page.css_first("title")
    return one_line(title.text()) if title is not None else ""


def _language(page: LexborHTMLParser) -> str:
    root = page.css_first("html")
    return ((root.attributes.get("lang") or "")[:2]).lower() if root is not None else ""
