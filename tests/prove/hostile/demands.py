"""What a case demands in words, where its figures do not say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from tests.prove.hostile.scoring import Visit
from tests.prove.hostile.server import HostileServer

Headers = dict[str, str]
Demand = Callable[[Visit, Callable[[], list[Headers]]], Iterator[str]]
# Three days before the server's day, as it says itself.
LAST_MODIFIED = "Thu, 19 Nov 2026 00:00:00 GMT"
SIX_DAYS, TWO_DAYS = timedelta(days=6), timedelta(days=2)


def against_demand(visit: Visit, server: HostileServer, url: str) -> Iterator[str]:
    """What speaks against a case by its own words; `url` is the address that was asked."""
    demand = DEMANDS.get(visit.case.id)
    mark = url.rpartition("k=")[2]
    if demand:
        yield from demand(visit, lambda: [request["headers"] for request in server.requests(f"k={mark}")])


def asks_with(name: str, value: str) -> Demand:
    """The second visit sends what the server gave at the first."""

    def against(_: Visit, requests: Callable[[], list[Headers]]) -> Iterator[str]:
        sent = requests()[-1].get(name, "")
        if not sent.startswith(value):
            yield f"{name} of the second request is {sent[:60]!r}"

    return against


def asks_without(name: str) -> Demand:
    """No visit sends the header."""

    def against(_: Visit, requests: Callable[[], list[Headers]]) -> Iterator[str]:
        if any(name in headers for headers in requests()):
            yield f"a request has {name}"

    return against


def follows_the_body(visit: Visit, _: object) -> Iterator[str]:
    if len(visit.town.titles()) != 11:
        yield f"{len(visit.town.titles())} events: the ETag was believed, not the body"


def asks_in_full_after_a_week(visit: Visit, requests: Callable[[], list[Headers]]) -> Iterator[str]:
    town = visit.town
    town.tick(SIX_DAYS)
    conditional = "If-None-Match" in requests()[-1]
    town.tick(TWO_DAYS)
    if not conditional or "If-None-Match" in requests()[-1] or len(town.titles()) == 10:
        yield "no full request after a week"


def remembers_the_move(visit: Visit, _: object) -> Iterator[str]:
    if not visit.town.overview().state.moved_to:
        yield "a permanent redirect is not remembered"


def forgets_the_detour(visit: Visit, _: object) -> Iterator[str]:
    if visit.town.overview().state.moved_to:
        yield "a temporary redirect is remembered as permanent"


DEMANDS: dict[str, Demand] = {
    "good10": asks_with("If-None-Match", '"'),
    "good-weak-etag": asks_with("If-None-Match", 'W/"'),
    "good-lastmod": asks_with("If-Modified-Since", LAST_MODIFIED),
    "etag-stuck": follows_the_body,
    "etag-stuck-304": asks_in_full_after_a_week,
    "etag-huge": asks_without("If-None-Match"),
    "set-cookie": asks_without("Cookie"),
    "redirect-crlf": asks_without("X-HOSTILE-INJECTED"),
    "redirect-301": remembers_the_move,
    "redirect-308": remembers_the_move,
    "redirect-302": forgets_the_detour,
    "redirect-303": forgets_the_detour,
    "redirect-307": forgets_the_detour,
}
