"""schema.org Events in microdata (itemscope, itemprop; HTML Standard section 5) to components.

The items of a page are written as the nodes that JSON-LD would have, and read as those are.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator.model.components import Component
from aggregator.model.defects import Defect
from aggregator.parse.jsonld import read_script, script_of

MAX_ELEMENTS = 20_000
MAX_TEXT = 64_000
ITEMS = "[itemscope], [itemprop]"
# Which attribute holds an element's value (HTML Standard section 5.2.4); of others it is the text.
ADDRESSES = {"a": "href", "area": "href", "link": "href", "img": "src", "iframe": "src", "object": "data"}
VALUES = {"data": "value", "meter": "value", "time": "datetime"}


def read_microdata(page: LexborHTMLParser, address: str, language: str) -> tuple[list[Component], list[Defect]]:
    """The components of a page's schema.org events, and what was wrong; `address` resolves their links."""
    return read_script(script_of(_items(page), "microdata"), address, language)


def _items(page: LexborHTMLParser) -> list[dict[str, Any]]:
    """The page's outermost items; an item that is a property of another lies in it."""
    nodes: dict[int, dict[str, Any]] = {}
    outermost: list[dict[str, Any]] = []
    seen: set[int] = set()
    for element in page.css(ITEMS)[:MAX_ELEMENTS]:
        if element.mem_id in seen:
            continue
        seen.add(element.mem_id)
        around = _around(element, nodes)
        value = _value(element)
        if isinstance(value, dict):
            nodes[element.mem_id] = value
            outermost += [] if around is not None and _names(element) else [value]
        if around is not None:
            _add(around, _names(element), value)
    return outermost


def _around(element: LexborNode, nodes: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
    """The item that an element lies in."""
    parent = element.parent
    while parent is not None and parent.mem_id not in nodes:
        parent = parent.parent
    return nodes[parent.mem_id] if parent is not None else None


def _names(element: LexborNode) -> list[str]:
    return (element.attributes.get("itemprop") or "").split()


def _add(node: dict[str, Any], names: list[str], value: Any) -> None:
    """Add a value to properties of a node; several values of one property are a list."""
    for name in names:
        if name in node:
            node[name] = [*(node[name] if isinstance(node[name], list) else [node[name]]), value]
        else:
            node[name] = value


def _value(element: LexborNode) -> Any:
    """What an element says: an item of its own, an address, a machine-readable value, or its text."""
    attributes = element.attributes
    if "itemscope" in attributes:
        types = [_term(each) for each in (attributes.get("itemtype") or "").split()]
        stated = attributes.get("itemid")
        return {"@type": types, **({"@id": stated} if stated else {})}
    for named in (attributes.get("content"), attributes.get(VALUES.get(element.tag or "", ""))):
        if named:
            return named[:MAX_TEXT]
    if element.tag in ADDRESSES:
        return attributes.get(ADDRESSES[element.tag]) or ""
    is_text = "description" in _names(element)
    return ((element.inner_html if is_text else element.text(separator=" ")) or "")[:MAX_TEXT].strip()


def _term(address: str) -> str:
    """The schema.org type that an address names; other vocabularies are none of ours."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    known = (parts.hostname or "").removeprefix("www.") == "schema.org"
    return parts.path.strip("/") if known else ""
