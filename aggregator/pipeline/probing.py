"""What a child process makes of a page or an API answer while we look for a calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from aggregator.discover.pages import on_page
from aggregator.errors import Failure
from aggregator.model.discovery import Candidate, Profile
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.parse.encoding import in_ascii_terms, read_document
from aggregator.parse.organisation import read_organisation
from aggregator.parse.sniff import BodyKind, sniff
from aggregator.parse.webpage import MAX_DEPTH, depth
from aggregator.parse.wechange import read_profile
from aggregator.pipeline.children import answer
from aggregator.pipeline.isolation import in_child
from aggregator.store.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found in one answer: calendars that it leads to, and the group that it describes."""

    candidates: tuple[Candidate, ...] = ()
    profile: Profile | None = None


def probe_isolated(body: Body, limits: ReadingLimits) -> Probe:
    """Look into an answer in a child process; one that its child cannot finish holds nothing."""
    found = in_child(serve_probing, [encode(replace(body, content=b"")).encode(), body.content], Probe, limits)
    return Probe() if isinstance(found, Failure) else found


def serve_probing(pipe: Connection, limits: ReadingLimits) -> None:
    """In the child: look into one answer."""
    body = decode(Body, pipe.recv_bytes().decode())
    content = pipe.recv_bytes()
    answer(pipe, limits, lambda: probe(replace(body, content=content)))


def probe(body: Body) -> Probe:
    """The candidates and the owner of an HTML page, or the profile of a JSON answer; anything else holds neither."""
    content = in_ascii_terms(body.content)
    kind = sniff(content)
    if kind is BodyKind.JSON:
        return Probe(profile=read_profile(read_document(content, body.charset)))
    document = read_document(content, body.charset) if kind is BodyKind.HTML else ""
    if not document or depth(document) > MAX_DEPTH:
        return Probe()
    return Probe(on_page(document, body.final_url), read_organisation(document, body.final_url))
