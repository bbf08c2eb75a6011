"""What is newly announced or changed as RSS 2.0, with the event's own date in the event module."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from aggregator.export.announcing import Announcement, announce
from aggregator.export.atom import add, add_event_module
from aggregator.export.characters import one_line
from aggregator.export.description import FeedDescription
from aggregator.model.events import PublishedEvent

NAMESPACES = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:ev": "http://purl.org/rss/1.0/modules/event/",
}
MINUTES_TO_LIVE = "60"


def render_rss(entries: Sequence[PublishedEvent], feed: FeedDescription) -> bytes:
    """The feed in UTF-8, its items in the order given."""
    root = Element("rss", NAMESPACES)
    channel = SubElement(root, "channel")
    add(channel, "title", one_line(feed.title))
    add(channel, "link", feed.page_url)
    add(channel, "description", one_line(feed.title))
    add(channel, "language", feed.language)
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    add(channel, "generator", "Buendel")
    add(channel, "ttl", MINUTES_TO_LIVE)
    SubElement(channel, "atom:link", rel="self", type="application/rss+xml", href=feed.self_url)
    for published in entries:
        add_item(channel, announce(published, feed))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def add_item(channel: Element, announced: Announcement) -> None:
    """One item; RSS knows no date of change, so Atom's element says it."""
    item = SubElement(channel, "item")
    add(item, "title", announced.title)
    add(item, "link", announced.url)
    SubElement(item, "guid", isPermaLink="false").text = announced.id
    add(item, "pubDate", format_datetime(announced.published))
    add(item, "atom:updated", announced.updated.isoformat())
    for name in announced.initiatives:
        add(item, "dc:creator", name)
    for _, label in announced.topics:
        add(item, "category", label)
    if announced.text:
        add(item, "description", as_html(announced.text))
    add_event_module(item, announced)


def as_html(text: str) -> str:
    """Plain text as paragraphs: RSS readers take a description for HTML, so `<` must survive two readings."""
    paragraphs = (escape(part).replace("\n", "<br>") for part in text.split("\n\n"))
    return "".join(f"<p>{part}</p>" for part in paragraphs)
