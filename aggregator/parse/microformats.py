"""h-event markup (microformats.org/wiki/h-event) to components."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator.model.components import Component, StatedPlace, StatedTime
from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.cleaning import clean, one_line, public_name, web_address
from aggregator.parse.hashes import with_hash
from aggregator.parse.moments import iso_duration, stated_time

MAX_TEXT = 64_000
MAX_CATEGORIES = 100
MAX_EVENTS = 2000
MAX_ELEMENTS = 1000
# The root classes; a list, because style sheets have classes such as h-100 too. An h-feed only lists events.
ROOTS = frozenset(["h-event", "h-entry", "h-card", "h-adr", "h-geo", "h-item", "h-review", "h-product", "h-cite"])
ADDRESS_PARTS = ("p-street-address", "p-postal-code", "p-locality")
# Where a machine-readable value stands beside the words for people.
VALUE_ATTRIBUTES = ("datetime", "value", "title")


def read_h_events(page: LexborHTMLParser, address: str, language: str) -> tuple[list[Component], list[Defect]]:
    """The components of a page's h-events in page order, and what was wrong; `address` is the page's own."""
    events = [event for event in page.css(".h-event")[:MAX_EVENTS] if not _is_part(event)]
    components = [_component(event, address, language) for event in events]
    undated = [component for component in components if component.start is None]
    defects = [Defect(DefectKind.NO_START, component.guid, skipped=True) for component in undated]
    return [component for component in components if component.start is not None], defects


def _component(event: LexborNode, address: str, language: str) -> Component:
    link = _link(event, address)
    anchor = event.attributes.get("id") or ""
    # An event without its own page is named by the page and the place on it.
    at_anchor = web_address(f"#{anchor}", address) if anchor else ""
    description, is_html = _description(event)
    return with_hash(
        Component(
            kind="h-event",
            uid=one_line(_value(event, "u-uid")),
            guid=at_anchor or link or (f"#{one_line(anchor, 200)}" if anchor else ""),
            link=link or at_anchor,
            title=_words(event, "p-name"),
            description=description,
            description_is_html=is_html,
            start=_time(event, "dt-start"),
            end=_time(event, "dt-end"),
            duration=iso_duration(_value(event, "dt-duration")),
            place=_place(event),
            organizer=public_name(_words(event, "p-organizer")),
            categories=tuple(one_line(node.text(separator=" "), 200) for node in _all(event, "p-category")),
            status=_words(event, "p-status").upper(),
            language=language,
        )
    )


def _all(event: LexborNode, name: str) -> Iterator[LexborNode]:
    """The elements of a property that belong to this event and not to something nested in it."""
    found = (node for node in event.css(f".{name}")[:MAX_ELEMENTS] if _owner(node) == event)
    return (node for node, _ in zip(found, range(MAX_CATEGORIES), strict=False))


def _first(event: LexborNode, name: str) -> LexborNode | None:
    return next(_all(event, name), None)


def _owner(node: LexborNode) -> LexborNode | None:
    """The nearest microformat around a node."""
    parent = node.parent
    while parent is not None and not ROOTS.intersection(_classes(parent)):
        parent = parent.parent
    return parent


def _is_part(event: LexborNode) -> bool:
    """Whether it stands inside another h-event, as a detail of it."""
    around = _owner(event)
    return around is not None and "h-event" in _classes(around)


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _words(event: LexborNode, name: str) -> str:
    node = _first(event, name)
    return one_line(node.text(separator=" ")) if node is not None else ""


def _place(event: LexborNode) -> StatedPlace:
    """The place as one line, or name and address apart if it is marked up as a card of its own."""
    node = _first(event, "p-location")
    if node is None or not ROOTS.intersection(_classes(node)):
        return StatedPlace(_words(event, "p-location"))
    name, street, code, town = (_words(node, part) for part in ("p-name", *ADDRESS_PARTS))
    address = ", ".join(part for part in (street, f"{code} {town}".strip()) if part)
    return StatedPlace(name=name or _words(event, "p-location"), address=address)


def _value(event: LexborNode, name: str) -> str:
    """The machine-readable value of a property, else its words."""
    node = _first(event, name)
    if node is None:
        return ""
    stated = (node.attributes.get(attribute) for attribute in (*VALUE_ATTRIBUTES, "href"))
    return one_line(next((value for value in stated if value), "") or node.text(separator=" "))


def _time(event: LexborNode, name: str) -> StatedTime | None:
    """A time as written; a date and a time of day may stand apart (value class pattern)."""
    node = _first(event, name)
    if node is None:
        return None
    parts = node.css(".value")
    written = " ".join(_stated(part) for part in parts) if parts else _value(event, name)
    return stated_time(written)


def _stated(part: LexborNode) -> str:
    attributes = (part.attributes.get(attribute) for attribute in VALUE_ATTRIBUTES)
    return one_line(next((value for value in attributes if value), "") or part.text())


def _description(event: LexborNode) -> tuple[str, bool]:
    """The event's text and whether it is HTML."""
    content = _first(event, "e-content") or _first(event, "e-description")
    if content is not None:
        return clean(content.inner_html or "")[:MAX_TEXT].strip(), True
    return _words(event, "p-summary") or _words(event, "p-description"), False


def _link(event: LexborNode, address: str) -> str:
    node = _first(event, "u-url")
    return web_address(node.attributes.get("href") or node.text(), address) if node is not None else ""
