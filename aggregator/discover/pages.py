"""From an HTML page to the calendars that it names, hints at, or holds itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator.discover.shapes import by_shape, plugin_exports, with_scheme
from aggregator.model.discovery import Candidate

MAX_CHARACTERS = 1_000_000
MAX_LINKS = 2_000
MOST_CANDIDATES = 20
LONGEST_ADDRESS = 2_000
ALTERNATES = {
    "text/calendar": ("ics", "die Seite nennt diesen Kalender", "the page names this calendar"),
    "application/atom+xml": ("atom", "die Seite nennt diesen Atom-Feed", "the page names this Atom feed"),
    "application/rss+xml": ("rss", "die Seite nennt diesen RSS-Feed", "the page names this RSS feed"),
}
MARKED_UP = ("html", "die Seite zeichnet ihre Termine selbst aus", "the page marks up its events itself")
VISIBLE = ("ics", "die Seite verlinkt diese Kalenderdatei", "the page links to this calendar file")
ICS_LINK = re.compile(
    r"\.ics(?:[?#]|$)|[?&](?:outlook-)?ical=|[?&]action=export_events|[?&]mec-ical-feed=|my-calendar-ics|/feed/eo-events"
    r"|tx_\w+.{0,80}(?:format.{0,4}=ics|=ical\w*)|[?&]task=icals\.|churchcal/ical",
    re.IGNORECASE,
)
EVENT_SCRIPT = re.compile(r'"@type"\s*:\s*\[?\s*"(?:https?://schema\.org/)?\w*Event"')
# One event's own export stands beside the whole calendar's; comments are no events.
SINGLE_EVENT = re.compile(
    r"/(?:event|events|termin|veranstaltung)/[^/]+/(?:ical|\?ical)|[?&]instance_id=|icalDownload|[?&]method=ical",
    re.IGNORECASE,
)
COMMENTS = re.compile(r"/comments/|comments=|kommentare", re.IGNORECASE)
RANKS = {"page": 1, "ics": 2, "hint": 4, "marked": 3, "feed": 5}


def on_page(document: str, address: str) -> tuple[Candidate, ...]:
    """The candidates of a page at `address`, the likeliest first, each address once.

    Calendars come before pages that mark up their events, those before guesses from the plug-in that made the
    page, and feeds last: their items tell dates in prose only.
    """
    page = LexborHTMLParser(document[:MAX_CHARACTERS])
    base = _base(page, address)
    found = [*_alternates(page, base), *_visible(page, base), *_marked_up(page, address), *_hinted(page, address)]
    return _ranked(found)


def _alternates(page: LexborHTMLParser, base: str) -> Iterator[Candidate]:
    """What `<link rel="alternate">` names; ActivityPub and comment feeds are no calendars."""
    for node in page.css("link[rel][href]")[:MAX_LINKS]:
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        rels = (node.attributes.get("rel") or "").lower().split()
        url = _absolute(node, base)
        if (
            "alternate" not in rels
            or kind not in ALTERNATES
            or not url
            or COMMENTS.search(f"{url} {node.attributes.get('title')}")
        ):
            continue
        wanted, german, english = ALTERNATES[kind]
        yield Candidate(url, wanted, german, english, RANKS["page" if wanted == "ics" else "feed"])


def _visible(page: LexborHTMLParser, base: str) -> Iterator[Candidate]:
    """Links and embedded frames that lead to a calendar."""
    for node in page.css("a[href], iframe[src], area[href]")[:MAX_LINKS]:
        written = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
        url = _absolute(node, base)
        if not url:
            continue
        if written.lower().startswith("webcal") or ICS_LINK.search(url):
            rank = RANKS["hint"] if SINGLE_EVENT.search(url) else RANKS["ics"]
            yield Candidate(url, *VISIBLE, rank)
        elif _is_service(url):
            yield from (replace(known, rank=RANKS["ics"]) for known in by_shape(url)[:1])


def _is_service(url: str) -> bool:
    """Whether a link leads to a calendar service; a group's page on a platform is not yet this page's calendar."""
    path = urlsplit(url).path
    return path.startswith("/calendar/embed") or "/apps/calendar/" in path or "/public-calendars/" in path


def _marked_up(page: LexborHTMLParser, address: str) -> Iterator[Candidate]:
    scripts = (script.text() for script in page.css('script[type^="application/ld+json" i]')[:100])
    marked = page.css_first(".h-event, .vevent, [itemtype$='Event']") is not None
    if marked or any(EVENT_SCRIPT.search(script) for script in scripts):
        yield Candidate(address, *MARKED_UP, RANKS["marked"])


def _hinted(page: LexborHTMLParser, address: str) -> Iterator[Candidate]:
    """Where the software that made the page keeps its calendar, if the page tells which it is."""
    traces = " ".join(_traces(page)).lower()
    exports = plugin_exports(address)
    if "gancio" in traces:
        yield _guess(urljoin(address, "/feed/ics"), "ics", "Gancio")
    if "mobilizon" in traces:
        yield _guess(urljoin(address, "/feed/instance/ics"), "ics", "Mobilizon")
    for trace, product in (
        ("the-events-calendar", "The Events Calendar"),
        ("events-manager", "Events Manager"),
        ("all-in-one-event-calendar", "All-in-One Event Calendar"),
        ("modern-events-calendar", "Modern Events Calendar"),
        ("plugins/event-organiser", "Event Organiser"),
        ("plugins/my-calendar", "My Calendar"),
    ):
        if trace in traces:
            yield from (_guess(url, "ics", product) for url, name in exports if name == product)
    if "wordpress" in traces or "/wp-content/" in traces:
        yield replace(_guess(urljoin(address, "/feed/"), "rss", "WordPress"), rank=RANKS["feed"] + 1)


def _traces(page: LexborHTMLParser) -> Iterator[str]:
    """Where software leaves its name: generator, addresses of scripts and styles, classes of the body."""
    for node in page.css("meta[name=generator][content]")[:10]:
        yield node.attributes.get("content") or ""
    for node in page.css("script[src], link[href]")[:MAX_LINKS]:
        yield node.attributes.get("src") or node.attributes.get("href") or ""
    if page.body is not None:
        yield page.body.attributes.get("class") or ""


def _guess(url: str, wanted: str, product: str) -> Candidate:
    return Candidate(url, wanted, f"üblicher Ort bei {product}", f"the usual place of {product}", RANKS["hint"])


def _absolute(node: LexborNode, base: str) -> str:
    """The http(s) address of a link, empty for any other."""
    written = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
    if not written or len(written) > LONGEST_ADDRESS:
        return ""
    try:
        absolute = urljoin(base, with_scheme(written) if written.lower().startswith("webcal") else written)
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    return absolute.partition("#")[0] if parts.scheme in ("http", "https") and parts.hostname else ""


def _base(page: LexborHTMLParser, address: str) -> str:
    node = page.css_first("base[href]")
    return _absolute(node, address) or address if node is not None else address


def _ranked(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each address once, under its best rank; ties in page order; ranks counted anew from 1."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda each: each.rank):
        best.setdefault(candidate.url, candidate)
    return tuple(replace(each, rank=rank) for rank, each in enumerate(list(best.values())[:MOST_CANDIDATES], 1))
