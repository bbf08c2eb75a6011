"""What the bytes are, told by the bytes: servers name types wrongly (WECHANGE sends three in one header)."""

from __future__ import annotations

import re
from enum import StrEnum

WINDOW = 65_536
CALENDAR = re.compile(r"^[ \t]*BEGIN:(?:VCALENDAR|VEVENT)[ \t]*\r*$", re.IGNORECASE | re.MULTILINE)
TAG = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})(?=[\s/>])")
FEED_AFTER_JUNK = re.compile(
    r"<\?xml[^<>]{0,200}\?>\s{0,200}<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)(?=[\s/>])", re.IGNORECASE
)
# Microsoft's CDF calls its root "channel"; feedparser reads it as it reads the others.
FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
PROLOG_PART = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\][^\]>]*)?>)\s*", re.IGNORECASE | re.DOTALL
)


class BodyKind(StrEnum):
    """The kinds of body that a source may answer with."""

    ICS = "ics"
    FEED = "feed"
    HTML = "html"
    JSON = "json"
    EMPTY = "empty"
    UNKNOWN = "unknown"


def sniff(content: bytes) -> BodyKind:
    """The kind of a body in ASCII terms (`encoding.in_ascii_terms`), by its first 64 kB.

    A warning before BEGIN:VCALENDAR is still a calendar; a login page is HTML whatever its type says.
    """
    text = content[:WINDOW].decode("latin-1").replace("\r", "\n").strip("\0 \t\n")
    if not text:
        return BodyKind.EMPTY
    if feed_start(text) is not None:
        return BodyKind.FEED
    if CALENDAR.search(text):
        return BodyKind.ICS
    if text[0] in "{[":
        return BodyKind.JSON
    return _kind_of_markup(text) if text[0] == "<" else BodyKind.UNKNOWN


def feed_start(text: str) -> int | None:
    """Where the root element of a feed begins, None if the document is no feed."""
    start = skip_prolog(text)
    root = TAG.match(text, start)
    if root and root.group(1).lower() in FEED_ROOTS:
        return start
    late = FEED_AFTER_JUNK.search(text, 0, WINDOW)
    return text.rindex("<", late.start(), late.end()) if late else None


def skip_prolog(text: str) -> int:
    """Where the root element begins, behind XML declaration, comments, instructions and DOCTYPE."""
    position = len(text) - len(text.lstrip())
    while part := PROLOG_PART.match(text, position):
        position = part.end()
    return position


def _kind_of_markup(text: str) -> BodyKind:
    """HTML unless it is some other XML format such as OPML."""
    if "<!ENTITY" in text:
        return BodyKind.FEED  # whatever it claims to be, the feed reader refuses entities by name
    root = TAG.match(text, skip_prolog(text))
    name = root.group(1).lower() if root else ""
    if text.startswith("<?xml") and name != "html":
        return BodyKind.UNKNOWN
    return BodyKind.HTML
