"""The front door of parsing: any bytes in, components or one clear failure out."""

from __future__ import annotations

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.parse.encoding import in_ascii_terms, read_document
from aggregator.parse.feeds import parse_feed
from aggregator.parse.ics import parse_ics
from aggregator.parse.platforms import parse_platform
from aggregator.parse.sniff import BodyKind, sniff
from aggregator.parse.webpage import parse_webpage

# What each format of sources.yaml accepts; RSS and Atom are one to us.
ACCEPTED = {
    "auto": frozenset({BodyKind.ICS, BodyKind.FEED, BodyKind.HTML, BodyKind.JSON}),
    "ics": frozenset({BodyKind.ICS}),
    "rss": frozenset({BodyKind.FEED}),
    "atom": frozenset({BodyKind.FEED}),
    "html": frozenset({BodyKind.HTML}),
    "gancio": frozenset({BodyKind.JSON}),
    "mobilizon": frozenset({BodyKind.JSON}),
    "kartevonmorgen": frozenset({BodyKind.JSON}),
    "buendel": frozenset({BodyKind.ICS, BodyKind.JSON}),
    "own": frozenset({BodyKind.JSON}),
}


def parse_body(body: Body, wanted_format: str, base_url: str, limits: ReadingLimits) -> ParsedFeed | Failure:
    """The components of a body; never raises for anything that bytes can hold.

    The bytes decide what they are, not the server's type. `wanted_format` is one of
    `aggregator.model.sources.FORMATS`; a body of another kind is E_NOT_A_FEED. `base_url` resolves relative links.
    """
    content = in_ascii_terms(body.content)
    kind = sniff(content)
    if kind is BodyKind.EMPTY:
        return Failure(ErrorClass.EMPTY)
    if kind not in ACCEPTED.get(wanted_format, ACCEPTED["auto"]):
        return Failure(ErrorClass.NOT_A_FEED, "" if kind is BodyKind.UNKNOWN else kind.upper())
    if kind is BodyKind.ICS:
        return parse_ics(content, body.charset, limits)
    if kind is BodyKind.JSON:
        return parse_platform(read_document(content, body.charset), wanted_format, base_url, limits)
    read = parse_feed if kind is BodyKind.FEED else parse_webpage
    return read(read_document(content, body.charset), base_url, limits)
