"""h-event (microformats.org/wiki/h-event) and its elder hCalendar 1.0 (…/wiki/hcalendar) to components.

Both say the same by class names; a dialect tells which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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
ADDRESS_PARTS = ("p-street-address", "p-postal-code", "p-locality")
# Where a machine-readable value stands beside the words for people.
VALUE_ATTRIBUTES = ("datetime", "value", "title")


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of naming classes: those of an event, of everything that stands for itself, and of properties.

    `names` are the classes of properties that are called otherwise than in h-event; empty for none.
    """

    kind: str
    root: str
    roots: frozenset[str]
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The class of a property that is known by its name in h-event."""
        return self.names.get(name, name)


# The root classes are listed, because style sheets have classes such as h-100 too. An h-feed only lists events.
H_EVENT = Dialect(
    "h-event",
    "h-event",
    frozenset(["h-event", "h-entry", "h-card", "h-adr", "h-geo", "h-item", "h-review", "h-product", "h-cite"]),
)
HCALENDAR = Dialect(
    "hcalendar",
    "vevent",
    frozenset(["vevent", "vcard", "adr", "geo", "vtodo", "hreview"]),
    {
        "p-name": "summary",
        "dt-start": "dtstart",
        "dt-end": "dtend",
        "dt-duration": "duration",
        "p-location": "location",
        "p-organizer": "organizer",
        "p-category": "category",
        "p-status": "status",
        "u-uid": "uid",
        "u-url": "url",
        "e-description": "description",
        "e-content": "",
        "p-summary": "",
        "p-description": "",
        "p-org": "org",
        "p-fn": "fn",
        "p-street-address": "street-address",
        "p-postal-code": "postal-code",
        "p-locality": "locality",
    },
)


def read_h_events(
    page: LexborHTMLParser, address: str, language: str, dialect: Dialect = H_EVENT
) -> tuple[list[Component], list[Defect]]:
    """The components of a page's events in page order, and what was wrong; `address` is the page's own."""
    events = [Marked(event, dialect) for event in page.css(f".{dialect.root}")[:MAX_EVENTS]]
    components = [_component(event, address, language) for event in events if not event.is_part]
    undated = [component for component in components if component.start is None]
    defects = [Defect(DefectKind.NO_START, component.guid, skipped=True) for component in undated]
    return [component for component in components if component.start is not None], defects


@dataclass(frozen=True, slots=True)
class Marked:
    """An element that is an event or a place in a dialect."""

    node: LexborNode
    dialect: Dialect

    @property
    def is_part(self) -> bool:
        """Whether it stands inside another event, as a detail of it."""
        around = self._owner(self.node)
        return around is not None and self.dialect.root in _classes(around)

    def all(self, name: str) -> Iterator[LexborNode]:
        """The elements of a property that belong to this and not to something nested in it."""
        if not (wanted := self.dialect.of(name)):
            return iter(())
        found = (node for node in self.node.css(f".{wanted}")[:MAX_ELEMENTS] if self._owner(node) == self.node)
        return (node for node, _ in zip(found, range(MAX_CATEGORIES), strict=False))

    def first(self, name: str) -> LexborNode | None:
        """The first element of a property."""
        return next(self.all(name), None)

    def words(self, name: str) -> str:
        """The words of a property in one line."""
        node = self.first(name)
        return one_line(node.text(separator=" ")) if node is not None else ""

    def value(self, name: str) -> str:
        """The machine-readable value of a property, else its words."""
        node = self.first(name)
        if node is None:
            return ""
        stated = (node.attributes.get(attribute) for attribute in (*VALUE_ATTRIBUTES, "href"))
        return one_line(next((value for value in stated if value), "") or node.text(separator=" "))

    def is_item(self, node: LexborNode) -> bool:
        """Whether an element stands for something of its own, such as a place."""
        return not self.dialect.roots.isdisjoint(_classes(node))

    def _owner(self, node: LexborNode) -> LexborNode | None:
        """The nearest item around a node."""
        parent = node.parent
        while parent is not None and not self.is_item(parent):
            parent = parent.parent
        return parent


def _component(event: Marked, address: str, language: str) -> Component:
    link = _link(event, address)
    anchor = event.node.attributes.get("id") or ""
    # An event without its own page is named by the page and the place on it.
    at_anchor = web_address(f"#{anchor}", address) if anchor else ""
    description, is_html = _description(event)
    return with_hash(
        Component(
            kind=event.dialect.kind,
            uid=one_line(event.value("u-uid")),
            guid=at_anchor or link or (f"#{one_line(anchor, 200)}" if anchor else ""),
            link=link or at_anchor,
            title=event.words("p-name"),
            description=description,
            description_is_html=is_html,
            start=_time(event, "dt-start"),
            end=_time(event, "dt-end"),
            duration=iso_duration(event.value("dt-duration")),
            place=_place(event),
            organizer=public_name(event.words("p-organizer")),
            categories=tuple(one_line(node.text(separator=" "), 200) for node in event.all("p-category")),
            status=event.words("p-status").upper(),
            language=language,
        )
    )


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _place(event: Marked) -> StatedPlace:
    """The place as one line, or name and address apart if it is marked up as a card of its own."""
    node = event.first("p-location")
    if node is None or not event.is_item(node):
        return StatedPlace(event.words("p-location"))
    card = Marked(node, event.dialect)
    inner = next((Marked(adr, event.dialect) for adr in node.css(".adr, .h-adr")[:1]), card)
    parts = (card.words(part) or inner.words(part) for part in ADDRESS_PARTS)
    street, code, town = parts
    address = ", ".join(part for part in (street, f"{code} {town}".strip()) if part)
    # In a vCard the name of a house is its fn or org; its summary would be that of an event.
    names = ("p-fn", "p-org") if event.dialect is HCALENDAR else ("p-name",)
    name = next((words for each in names if (words := card.words(each))), "")
    return StatedPlace(name=name or ("" if address else event.words("p-location")), address=address)


def _time(event: Marked, name: str) -> StatedTime | None:
    """A time as written; a date and a time of day may stand apart (value class pattern)."""
    node = event.first(name)
    if node is None:
        return None
    parts = node.css(".value, .value-title")
    written = " ".join(_stated(part) for part in parts) if parts else event.value(name)
    return stated_time(written)


def _stated(part: LexborNode) -> str:
    attributes = (part.attributes.get(attribute) for attribute in VALUE_ATTRIBUTES)
    return one_line(next((value for value in attributes if value), "") or part.text())


def _description(event: Marked) -> tuple[str, bool]:
    """The event's text and whether it is HTML."""
    content = event.first("e-content") or event.first("e-description")
    if content is not None:
        return clean(content.inner_html or "")[:MAX_TEXT].strip(), True
    return event.words("p-summary") or event.words("p-description"), False


def _link(event: Marked, address: str) -> str:
    node = event.first("u-url")
    return web_address(node.attributes.get("href") or node.text(), address) if node is not None else ""
