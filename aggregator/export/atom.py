"""What is newly announced or changed as Atom (RFC 4287), with the event's own date beside the entry's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from aggregator.export.announcing import Announcement, announce
from aggregator.export.characters import one_line
from aggregator.export.description import FeedDescription
from aggregator.model.events import PublishedEvent
from aggregator.model.version import VERSION

# Prefixes are written by hand: registering them would change ElementTree for the whole process.
NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:ev": "http://purl.org/rss/1.0/modules/event/",
}


def render_atom(entries: Sequence[PublishedEvent], feed: FeedDescription) -> bytes:
    """The feed in UTF-8, its entries in the order given."""
    return atom_feed((announce(published, feed) for published in entries), feed)


def atom_feed(announcements: Iterable[Announcement], feed: FeedDescription) -> bytes:
    """The feed of what is already put into words."""
    root = Element("feed", {**NAMESPACES, "xml:lang": feed.language})
    add(root, "id", feed.self_url)
    add(root, "title", one_line(feed.title))
    add(root, "updated", feed.updated.isoformat())
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.self_url)
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    add_author(root, feed.site.title)
    SubElement(root, "generator", version=VERSION).text = "Buendel"
    for announced in announcements:
        add_entry(root, announced)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def add_entry(root: Element, announced: Announcement) -> None:
    """One entry; its text is plain, so that nothing in it can be taken for markup."""
    entry = SubElement(root, "entry")
    add(entry, "id", announced.id)
    add(entry, "title", announced.title)
    add(entry, "updated", announced.updated.isoformat())
    add(entry, "published", announced.published.isoformat())
    SubElement(entry, "link", rel="alternate", type="text/html", href=announced.url)
    for source in announced.sources:
        SubElement(entry, "link", rel="via", href=source)
    for name in announced.initiatives:
        add_author(entry, name)
    for topic, label in announced.topics:
        SubElement(entry, "category", term=topic, label=label)
    if announced.text:
        SubElement(entry, "summary", type="text").text = announced.text
    add_event_module(entry, announced)


def add_event_module(entry: Element, announced: Announcement) -> None:
    """When and where the event is (RSS 1.0 event module); the feed's own dates say when it was announced."""
    told = (("ev:startdate", announced.start), ("ev:enddate", announced.end), ("ev:location", announced.place))
    for name, value in told:
        if value:
            add(entry, name, value)


def add_author(parent: Element, name: str) -> None:
    """An author by name only, never by address."""
    add(SubElement(parent, "author"), "name", one_line(name))


def add(parent: Element, name: str, text: str) -> None:
    """A child element that holds a text."""
    SubElement(parent, name).text = text
