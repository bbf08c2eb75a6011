"""RSS 2.0 and 1.0, Atom and CDF through feedparser, behind our own gate."""

from __future__ import annotations

import io
import re
from typing import Any

import feedparser

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.settings import ReadingLimits
from aggregator.parse.cleaning import clean, one_line
from aggregator.parse.feed_items import Item, Vocabulary, read_item
from aggregator.parse.ics import bounded_refresh
from aggregator.parse.moments import minutes
from aggregator.parse.sniff import TAG, feed_start
from aggregator.parse.xml_gate import XmlShape, examine

# What our own feeds name as their generator: they are never read back.
OWN_GENERATORS = ("Bündel", "Buendel")
TAIL = 2000


def parse_feed(document: str, base_url: str, limits: ReadingLimits) -> ParsedFeed | Failure:
    """The items of a feed; one without date fields is a component without start.

    Fails with E_PARSE on entity declarations and on what is no feed after all, with E_TRUNCATED on a document that
    breaks off, with E_LIMIT or E_TOO_LARGE on those that ask for too much.
    """
    text = clean(document)
    start = feed_start(text)
    if start is None:
        return Failure(ErrorClass.NOT_A_FEED)
    if "<!ENTITY" in text[:start].upper():
        return Failure(ErrorClass.PARSE, "<!ENTITY>")
    body = text[start:]
    shape = examine(body, text.count("\n", 0, start) + 1)
    if isinstance(shape, Failure):
        return shape
    if not (shape.well_formed or _ends_with_its_root(body)):
        return Failure(ErrorClass.TRUNCATED)
    parsed = _parse(body)
    return parsed if isinstance(parsed, Failure) else _feed(parsed, shape, base_url, limits)


def _parse(body: str) -> Any | Failure:
    """feedparser's result for a document without prolog."""
    # Only ever a stream: feedparser.parse opens the file or address that a str or bytes object names. Addresses stay
    # as written and HTML stays unsanitised here (quadratic there); normalising turns it into plain text.
    stream = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + body.encode())
    try:
        return feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # noqa: BLE001 – feedparser lets the errors of codecs, sgmllib and date parsers through
        return Failure(ErrorClass.PARSE, type(error).__name__)


def _feed(parsed: Any, shape: XmlShape, base_url: str, limits: ReadingLimits) -> ParsedFeed | Failure:
    if not parsed.version and not parsed.entries:
        return Failure(ErrorClass.NOT_A_FEED)
    if len(parsed.entries) > limits.max_events:
        return Failure(ErrorClass.LIMIT, f"> {limits.max_events}")
    channel = dict(parsed.feed)
    vocabulary = Vocabulary.of(parsed.namespaces)
    language = one_line(str(channel.get("language") or ""), 2).lower()
    items = [Item(dict(entry), vocabulary, _kind(parsed.version), base_url, language) for entry in parsed.entries]
    return ParsedFeed(
        components=tuple(read_item(item) for item in items),
        defects=() if shape.well_formed else (Defect(DefectKind.NOT_WELL_FORMED, line=shape.bad_line),),
        title=one_line(str(channel.get("title", ""))),
        refresh_interval=bounded_refresh(minutes(str(channel.get("ttl", "")))),
        loop_mark=str(channel.get("generator", "")).startswith(OWN_GENERATORS),
        format=_kind(parsed.version),
    )


def _kind(version: str) -> str:
    """Our name for feedparser's version: rss, rdf (RSS 1.0 and 0.90) or atom."""
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in ("rss10", "rss090") else "rss"


def _ends_with_its_root(body: str) -> bool:
    """Whether the end tag of the root stands near the end: damaged inside, but not cut off."""
    root = TAG.match(body)
    return root is not None and re.search(rf"</(?:[\w.-]+:)?{re.escape(root.group(1))}\s*>", body[-TAIL:]) is not None
