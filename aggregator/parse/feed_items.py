"""One item of an RSS, RDF or Atom feed to one component.

Event dates come from the modules that give them: ev: (RSS 1.0 event module), xcal: (iCalendar in RSS), gd: (Google)
and mec: (a WordPress calendar). The date of publication is never taken for the date of the event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aggregator.model.components import Component, StatedPlace, StatedTime
from aggregator.parse.cleaning import clean, has_markup, one_line, public_name, web_address, without_markup
from aggregator.parse.hashes import with_hash
from aggregator.parse.moments import stated_time

MAX_TEXT = 64_000
MAX_CATEGORIES = 100
MAX_LINKS = 20
CALENDAR_FILE = re.compile(r"\.ics(?:[?#]|$)", re.IGNORECASE)
# feedparser names an unknown module by the prefix that the document chose; these are the ones we know by address.
MODULES = {
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "urn:ietf:params:xml:ns:xcal": "xcal",
    "http://schemas.google.com/g/2005": "gd",
    "http://webnus.net/rss/mec/": "mec",
}
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which prefix each event module has in this document."""

    prefixes: Mapping[str, str]

    @classmethod
    def of(cls, namespaces: Mapping[str, str]) -> Vocabulary:
        """The prefixes of a document's namespaces."""
        known = {MODULES[uri.lower()]: prefix for prefix, uri in namespaces.items() if uri.lower() in MODULES}
        return cls(known)

    def key(self, module: str, name: str) -> str:
        """feedparser's key of an element of a module."""
        return f"{self.prefixes.get(module, module)}_{name}"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of feedparser with what its document says of all entries."""

    entry: Mapping[str, Any]
    vocabulary: Vocabulary
    kind: str
    base_url: str = ""
    language: str = ""

    def text(self, key: str) -> str:
        """A plain element of the entry, empty if it is missing."""
        value = self.entry.get(key)
        return clean(value).strip() if isinstance(value, str) else ""

    def of_module(self, module: str, *names: str) -> str:
        """The first of these elements of a module that says something."""
        return next((text for name in names if (text := self.text(self.vocabulary.key(module, name)))), "")

    def attribute(self, module: str, name: str, attribute: str) -> str:
        """An attribute of an empty element of a module, such as gd:when's startTime."""
        value = self.entry.get(self.vocabulary.key(module, name))
        return clean(str(value.get(attribute, ""))).strip() if isinstance(value, dict) else ""


def read_item(item: Item) -> Component:
    """The component of an item; without date fields it has no start and is a notice."""
    description, is_html = _description(item)
    return with_hash(
        Component(
            kind=item.kind,
            uid=one_line(item.of_module("xcal", "uid")),
            guid=one_line(item.text("id")),
            link=_link(item),
            title=_title(item),
            description=description,
            description_is_html=is_html,
            start=_time(item, "start"),
            end=_time(item, "end"),
            place=_place(item),
            organizer=public_name(item.of_module("ev", "organizer") or item.of_module("xcal", "organizer")),
            categories=_categories(item),
            links=_calendar_files(item),
            status=one_line(item.of_module("xcal", "status"), 40).upper(),
            published=_moment(item, "published_parsed"),
            updated=_moment(item, "updated_parsed"),
            language=_language(item),
        )
    )


def _link(item: Item) -> str:
    """The item's address; a guid that feedparser took for one counts only if it is one, not resolved."""
    return web_address(item.text("link"), "" if item.entry.get("guidislink") else item.base_url)


def _calendar_files(item: Item) -> tuple[str, ...]:
    """The calendar files that the item encloses or links to."""
    stated = [each for each in item.entry.get("links") or [] if isinstance(each, dict)]
    found = (
        web_address(str(each.get("href", "")), item.base_url)
        for each in stated[:MAX_LINKS]
        if each.get("type") == "text/calendar" or CALENDAR_FILE.search(str(each.get("href", "")))
    )
    return tuple(dict.fromkeys(address for address in found if address))


def _title(item: Item) -> str:
    """The title in plain words; an RSS title may be HTML, an Atom title says whether it is."""
    title = item.text("title")
    detail = item.entry.get("title_detail")
    is_html = isinstance(detail, dict) and detail.get("type") != "text/plain"
    # WordPress escapes twice: what arrives is "Flohmarkt &#8211; Platten".
    return without_markup(title) if is_html or ("&" in title and not has_markup(title)) else one_line(title)


def _description(item: Item) -> tuple[str, bool]:
    """The richest text of the item and whether it is HTML."""
    candidates = [item.entry.get("summary_detail"), *(item.entry.get("content") or [])]
    texts = [each for each in candidates if isinstance(each, dict) and isinstance(each.get("value"), str)]
    if not texts:
        return item.text("summary")[:MAX_TEXT], False
    richest = max(texts, key=lambda each: len(each["value"]))
    return clean(richest["value"][:MAX_TEXT]).strip(), richest.get("type") != "text/plain"


def _time(item: Item, edge: str) -> StatedTime | None:
    """The start or end of the event, as the first module that gives one writes it."""
    written = (
        item.of_module("ev", f"{edge}date")
        or item.of_module("xcal", f"dt{edge}")
        or item.attribute("gd", "when", f"{edge}time")
        or _day_and_hour(item.of_module("mec", f"{edge}date"), item.of_module("mec", f"{edge}hour"))
    )
    return stated_time(written)


def _day_and_hour(day: str, hour: str) -> str:
    """A date and "7:00 pm" or "19:00" as one ISO time; the date alone if there is no hour."""
    clock = CLOCK.fullmatch(hour)
    if not day or clock is None:
        return day
    half = (clock.group(3) or "").lower()
    hours = int(clock.group(1)) % 12 + (12 if half == "p" else 0) if half else int(clock.group(1))
    return f"{day}T{hours:02}:{clock.group(2)}"


def _place(item: Item) -> StatedPlace:
    text = (
        item.of_module("ev", "location")
        or item.of_module("xcal", "location")
        or item.attribute("gd", "where", "valuestring")
        or item.of_module("mec", "location")
    )
    latitude, longitude = _point(item.entry.get("where"))
    return StatedPlace(one_line(without_markup(text)), latitude=latitude, longitude=longitude)


def _point(where: Any) -> tuple[float | None, float | None]:
    """Latitude and longitude of a GeoRSS point, which feedparser hands over longitude first."""
    if not isinstance(where, dict) or where.get("type") != "Point":
        return None, None
    longitude, latitude = where["coordinates"][:2]
    on_the_globe = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if on_the_globe else (None, None)


def _categories(item: Item) -> tuple[str, ...]:
    tags = [tag for tag in item.entry.get("tags") or [] if isinstance(tag, dict)]
    names = [without_markup(str(tag.get("label") or tag.get("term") or ""))[:200] for tag in tags[:MAX_CATEGORIES]]
    return tuple(dict.fromkeys(name for name in names if name))


def _moment(item: Item, key: str) -> datetime | None:
    """A time of publication in UTC, None if feedparser could not read it."""
    parsed: Sequence[int] | None = item.entry.get(key)
    if not parsed:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:  # a leap second
        return None


def _language(item: Item) -> str:
    detail = item.entry.get("title_detail")
    own = item.text("language") or (detail.get("language") if isinstance(detail, dict) else "")
    return one_line(str(own or item.language), 2).lower()
