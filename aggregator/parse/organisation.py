"""A website to who is behind it: schema.org Organization in JSON-LD first, then what the page says of itself.

It is what the registration form begins with; people see and change every word of it. A logo is named, never fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from aggregator.model.discovery import Profile
from aggregator.parse.cleaning import clean, one_line, web_address
from aggregator.parse.json_values import Node, inner, line, paragraphs, words

MAX_CHARACTERS = 1_000_000
MAX_SCRIPTS = 100
MAX_NODES = 5_000
LONGEST_TEXT = 2000
LONGEST_NAME = 200
MAX_LINKS = 200
JSON_LD = 'script[type^="application/ld+json" i]'
# Kinds whose names do not end as those of most organisations do (schema.org/Organization and LocalBusiness).
KINDS = ("ngo", "library", "museum", "church", "placeofworship", "sportsclub")
ENDINGS = ("organization", "localbusiness", "business", "association", "group", "school", "project")
# The ways from a page to its owner; who organises one of its events may be anybody.
WAYS = ("@graph", "publisher", "mainEntity", "about", "isPartOf")
ADDRESS_PARTS = ("streetAddress", "postalCode", "addressLocality")
# A picture for a phone's home screen is a logo of a useful size; favicons are tiny.
ICONS = ("apple-touch-icon", "apple-touch-icon-precomposed", "icon")
PICTURES = (".png", ".jpg", ".jpeg")


def read_organisation(document: str, address: str) -> Profile | None:
    """Whose page it is; None if it does not say. `address` is the page's own and resolves its links."""
    page = LexborHTMLParser(clean(document[:MAX_CHARACTERS]))
    node = next((each for each in nodes_of(page) if is_organisation(each)), {})
    name = line(node, "name", LONGEST_NAME) or said(page, "og:site_name") or said(page, "application-name")
    text = paragraphs(node, "description") or said(page, "description") or said(page, "og:description")
    if not (name or text):
        return None
    keywords = node.get("keywords")
    return Profile(
        name=name,
        text=text[:LONGEST_TEXT],
        homepage=web_address(line(node, "url"), address) or web_address("/", address),
        tags=words(keywords.split(",") if isinstance(keywords, str) else keywords),
        place=place_of(node),
        logo=picture(logo_of(node), address) or icon_of(page, address),
    )


def nodes_of(page: LexborHTMLParser) -> Iterator[Node]:
    """The objects of all JSON-LD scripts, the outer before the inner."""
    for script in page.css(JSON_LD)[:MAX_SCRIPTS]:
        try:
            waiting: list[Any] = [json.loads(script.text(), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_NODES):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, dict):
                yield value
                waiting += [value[way] for way in WAYS if way in value]
            elif isinstance(value, list):
                waiting += value[:MAX_NODES]


def is_organisation(node: Node) -> bool:
    """Whether it is a kind of organisation that has a name."""
    stated = node.get("@type")
    kinds = stated if isinstance(stated, list) else [stated]
    names = [kind.rpartition("/")[2].lower() for kind in kinds if isinstance(kind, str)]
    return bool(line(node, "name")) and any(name in KINDS or name.endswith(ENDINGS) for name in names)


def place_of(node: Node) -> str:
    """Its address in one line."""
    if isinstance(node.get("address"), str):
        return line(node, "address", 300)
    street, code, town = (line(inner(node, "address"), part, 100) for part in ADDRESS_PARTS)
    return ", ".join(part for part in (street, f"{code} {town}".strip()) if part)


def logo_of(node: Node) -> str:
    """The address of its logo, stated as text or as an object."""
    return line(node, "logo") or line(inner(node, "logo"), "url") or line(inner(node, "logo"), "contentUrl")


def icon_of(page: LexborHTMLParser, address: str) -> str:
    """The page's icon, the largest kind first."""
    links = [(node.attributes.get("rel") or "", node.attributes) for node in page.css("link[rel][href]")[:MAX_LINKS]]
    found = (
        picture(attributes.get("href") or "", address)
        for wanted in ICONS
        for rel, attributes in links
        if wanted in rel.lower().split()
    )
    return next((each for each in found if each), "")


def picture(written: str, address: str) -> str:
    """The address of a picture that we could show, "" for any other."""
    whole = web_address(written.strip(), address) if written.strip() else ""
    return whole if whole.partition("?")[0].lower().endswith(PICTURES) else ""


def said(page: LexborHTMLParser, name: str) -> str:
    """What a `<meta>` says, by name or property."""
    node = page.css_first(f'meta[name="{name}"][content], meta[property="{name}"][content]')
    return one_line(node.attributes.get("content") or "", LONGEST_TEXT) if node is not None else ""
