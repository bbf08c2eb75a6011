"""schema.org Events in JSON-LD scripts to components (schema.org/Event)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.model.components import Component, StatedPlace, StatedRecurrence
from aggregator.model.defects import Defect, DefectKind
from aggregator.parse.cleaning import clean, has_markup, one_line, public_name, web_address, without_markup
from aggregator.parse.hashes import with_hash
from aggregator.parse.json_values import line
from aggregator.parse.moments import iso_duration, stated_time
from aggregator.parse.schedules import Timing, timing_of

Node = Mapping[str, Any]

MAX_TEXT = 64_000
MAX_NODES = 50_000
MAX_CATEGORIES = 100
# The properties through which a page leads to its events; a superEvent or a performer's other dates do not.
WAYS_TO_EVENTS = (
    "@graph",
    "itemListElement",
    "item",
    "mainEntity",
    "event",
    "events",
    "subEvent",
    "subEvents",
    "hasPart",
)
ADDRESS_PARTS = ("streetAddress", "postalCode", "addressLocality")


@dataclass(frozen=True, slots=True)
class Script:
    """One parsed script: its events, and its named nodes, which others refer to by @id.

    `kind` is the markup that said it: jsonld, or microdata.
    """

    events: tuple[Node, ...]
    named: Mapping[str, Node] = field(default_factory=dict)
    kind: str = "jsonld"

    def resolve(self, value: Any) -> Any:
        """The node that a bare reference means, else the value itself."""
        if isinstance(value, dict) and set(value) == {"@id"}:
            return self.named.get(str(value["@id"]), value)
        return value

    def many(self, value: Any) -> list[Any]:
        """A value, a list of values or nothing, as a list with references resolved."""
        values = value if isinstance(value, list) else [] if value is None else [value]
        return [self.resolve(each) for each in values]


def read_scripts(scripts: Iterable[str], address: str, language: str) -> tuple[list[Component], list[Defect]]:
    """The components of all JSON-LD scripts of a page, and what was wrong; `address` resolves their links."""
    components: list[Component] = []
    defects: list[Defect] = []
    for text in scripts:
        try:
            # `strict=False`, because raw line breaks in texts are common.
            script = script_of(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            defects.append(Defect(DefectKind.UNREADABLE, detail="JSON-LD"))
            continue
        found, undated = read_script(script, address, language)
        components += found
        defects += undated
    return components, defects


def read_script(script: Script, address: str, language: str) -> tuple[list[Component], list[Defect]]:
    """The components of one script, and a defect for each event without a start."""
    components: list[Component] = []
    defects: list[Defect] = []
    for event in script.events:
        found = list(_components(event, script, address, language))
        components += found
        defects += [] if found else [Defect(DefectKind.NO_START, _link(event, address), skipped=True)]
    return components, defects


def script_of(value: Any, kind: str = "jsonld") -> Script:
    """The events that lie in a value of nodes, in order, found by the ways that lead to events."""
    events: list[Node] = []
    named: dict[str, Node] = {}
    waiting: list[Any] = [value]
    for _ in range(MAX_NODES):
        if not waiting:
            break
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            events += [node] if _is_event(node) else []
            named.setdefault(str(node.get("@id", "")), node)
            waiting.extend(node[way] for way in reversed(WAYS_TO_EVENTS) if way in node)
    return Script(tuple(events), named, kind)


def _is_event(node: Node) -> bool:
    """Whether a @type says Event or one of its kinds (MusicEvent, https://schema.org/TheaterEvent, …)."""
    types = node.get("@type")
    return any(
        isinstance(name, str) and name.endswith("Event") for name in (types if isinstance(types, list) else [types])
    )


def _components(event: Node, script: Script, address: str, language: str) -> Iterator[Component]:
    """One component, or one per schedule; none without a start."""
    schedules = [each for each in script.many(event.get("eventSchedule")) if isinstance(each, dict)]
    timings = [timing_of(event, schedule) for schedule in schedules] or [_single(event)]
    return (_component(event, script, timing, address, language) for timing in timings if timing.start is not None)


def _single(event: Node) -> Timing:
    return Timing(
        start=stated_time(_text(event.get("startDate"))),
        end=stated_time(_text(event.get("endDate"))),
        duration=iso_duration(_text(event.get("duration"))),
        recurrence=StatedRecurrence(),
    )


def _component(event: Node, script: Script, timing: Timing, address: str, language: str) -> Component:
    description = html.unescape(_text(event.get("description")))[:MAX_TEXT].strip()
    link = _link(event, address)
    return with_hash(
        Component(
            kind=script.kind,
            guid=one_line(web_address(_text(event.get("@id")), address) or link),
            link=link,
            title=without_markup(_text(event.get("name"))),
            description=description,
            description_is_html=has_markup(description),
            start=timing.start,
            end=timing.end,
            duration=timing.duration,
            recurrence=timing.recurrence,
            place=_place(event, script),
            organizer=_organizer(event, script),
            categories=_categories(event),
            status=_term(event.get("eventStatus")),
            language=_text(event.get("inLanguage"))[:2].lower() or language,
            properties=_properties(event, script),
        )
    )


def _text(value: Any) -> str:
    """A string value, the first of several, or the @value of a language-tagged one."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value", value.get("name", ""))
    return clean(value) if isinstance(value, str) else ""


def _term(value: Any) -> str:
    """The last part of a schema.org term: https://schema.org/EventCancelled → EventCancelled."""
    return one_line(_text(value).rstrip("/").rpartition("/")[2].rpartition(":")[2], 40)


def _link(event: Node, address: str) -> str:
    return web_address(_text(event.get("url")), address) or web_address(_text(event.get("@id")), address)


def _organizer(event: Node, script: Script) -> str:
    names = (public_name(without_markup(_text(each))) for each in script.many(event.get("organizer")))
    return ", ".join(name for name in names if name)


def _categories(event: Node) -> tuple[str, ...]:
    keywords = event.get("keywords")
    words = keywords if isinstance(keywords, list) else _text(keywords).split(",")
    names = [without_markup(_text(word))[:200] for word in words[:MAX_CATEGORIES]]
    return tuple(name for name in names if name)


def _properties(event: Node, script: Script) -> tuple[tuple[str, str], ...]:
    """What is stated of price and language beside all words."""
    free = event.get("isAccessibleForFree")
    offers = (offer for offer in script.many(event.get("offers")) if isinstance(offer, dict))
    price = next((line(offer, "price", 40) for offer in offers), "")
    stated = {
        "isAccessibleForFree": str(free).lower() if isinstance(free, bool) else _term(free).lower(),
        "price": price,
        "inLanguage": one_line(_text(event.get("inLanguage")), 20),
    }
    return tuple((name, value) for name, value in stated.items() if value)


def _place(event: Node, script: Script) -> StatedPlace:
    """The first real place; without one it is online if a virtual location or the attendance mode says so."""
    locations = script.many(event.get("location"))
    virtual = [each for each in locations if isinstance(each, dict) and each.get("@type") == "VirtualLocation"]
    real = next((each for each in locations if each not in virtual), None)
    mode = _term(event.get("eventAttendanceMode"))
    is_online = mode == "OnlineEventAttendanceMode" or (bool(virtual) and real is None)
    if not isinstance(real, dict):
        return StatedPlace(without_markup(_text(real)), online=is_online)
    latitude, longitude = _point(script.resolve(real.get("geo")))
    return StatedPlace(
        name=without_markup(_text(real.get("name"))),
        address=_address(script.resolve(real.get("address"))),
        latitude=latitude,
        longitude=longitude,
        online=is_online,
    )


def _address(address: Any) -> str:
    """A postal address in one line: "Salzstraße 1, 12345 Musterstadt"."""
    if not isinstance(address, dict):
        return without_markup(_text(address))
    street, code, town = (without_markup(_text(address.get(part))) for part in ADDRESS_PARTS)
    return ", ".join(part for part in (street, f"{code} {town}".strip()) if part)


def _point(geo: Any) -> tuple[float | None, float | None]:
    if not isinstance(geo, dict):
        return None, None
    try:
        latitude, longitude = float(geo.get("latitude", "")), float(geo.get("longitude", ""))
    except (TypeError, ValueError, OverflowError):
        return None, None
    # Also false for NaN.
    on_the_globe = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if on_the_globe else (None, None)
