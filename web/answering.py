"""The one way from a question to an answer: read the visit, compare the ETag, and only then build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum

from flask import Response, request
from sqlalchemy import Connection

from aggregator.model.times import zone_info
from aggregator.store import queries
from web.compression import unpacked
from web.kept import Reply
from web.scene import Scene
from web.services import Services, current_services
from web.visits import Visit, read_visit, refuse_unknown_ids

# Under this name the request's environment says how long the answer lasts; what is not there is for once only.
LASTS = "buendel.lasts"


class Rhythm(Enum):
    """How often an answer changes though the calendar stays the same."""

    NEVER = ""
    DAILY = "%Y-%m-%d"
    EACH_MINUTE = "%Y-%m-%dT%H:%M"

    def stamp(self, now: datetime, zone: tzinfo) -> str:
        """The local day or minute; always the same where time changes nothing."""
        return now.astimezone(zone).strftime(self.value) if self.value else ""


@dataclass(frozen=True, slots=True)
class Lasting:
    """The state that an answer was made of; while all of it stands, the same question has the same answer.

    Without `generation` it is not made of the store. `negotiates`: the browser's languages decide too.
    """

    generation: int | None
    rhythm: Rhythm = Rhythm.NEVER
    stamp: str = ""
    negotiates: bool = False


ALWAYS = Lasting(None)


@dataclass(frozen=True, slots=True)
class Kind:
    """What holds for every answer of one path.

    `own` are its parameters beside the filter. `negotiates` is False where the language follows `lang`
    alone, so that subscribed calendars read the same for everyone. `max_age` in seconds.
    """

    rhythm: Rhythm
    own: tuple[str, ...] = ()
    negotiates: bool = True
    is_open: bool = False
    max_age: int = 60


WHILE_WE_ARE_DOWN = "stale-while-revalidate=600, stale-if-error=86400"
PAGE = Kind(Rhythm.EACH_MINUTE)
FEED = Kind(Rhythm.NEVER, negotiates=False, is_open=True, max_age=300)

Build = Callable[[Visit, Scene, Connection], Reply]


def answer(kind: Kind, build: Build) -> Response:
    """The answer to the present request: 304 before anything is built, else a kept or a new reply."""
    services = current_services()
    visit = read_visit(request, services.tongues, kind.own, kind.negotiates)
    now = services.clock()
    with services.store.reading() as connection:
        lasting = lasting_of(kind, now, queries.generation(connection), services)
        tag = etag_of(visit, lasting, services)
        request.environ[LASTS] = lasting
        if request.if_none_match.contains_weak(tag):
            return finished(Reply(b"", "", 304), tag, kind)
        services.kept.begin(lasting.generation or 0)
        reply = services.kept.get(tag)
        if reply is None:
            scene = scene_of(visit, now, services, connection, lasting.generation)
            reply = build(visit, scene, connection)
            services.kept.put(tag, reply)
    return finished(reply, tag, kind)


def scene_of(
    visit: Visit, now: datetime, services: Services, connection: Connection, generation: int | None = None
) -> Scene:
    """The scene of a visit; the store's `generation` where it is known already.

    Raises FilterError for topics and initiatives that do not exist.
    """
    known = queries.generation(connection) if generation is None else generation
    derived = services.generations.of(known, connection)
    initiatives = derived.initiatives(connection)
    refuse_unknown_ids(visit.wanted, (topic.id for topic in services.settings.topics), initiatives)
    return Scene(services.settings, visit.tongue, visit.links, now, visit.wanted, initiatives, derived=derived)


def lasting_of(kind: Kind, now: datetime, generation: int, services: Services) -> Lasting:
    """How long an answer of that kind stays true."""
    stamp = kind.rhythm.stamp(now, zone_info(services.settings.site.timezone))
    return Lasting(generation, kind.rhythm, stamp, kind.negotiates)


def etag_of(visit: Visit, lasting: Lasting, services: Services) -> str:
    """The name of this answer: equal names mean equal answers, in every process."""
    parts = (str(lasting.generation), visit.question, lasting.stamp, services.version)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def finished(reply: Reply, tag: str, kind: Kind) -> Response:
    """The reply as HTTP, with all that caches need to know (RFC 9111)."""
    response = unpacked(reply.packed) if reply.packed else Response(reply.body, status=reply.status, mimetype=None)
    if response.is_streamed:
        # What is sent piece by piece is too large to be kept.
        request.environ.pop(LASTS, None)
    if reply.media_type:
        response.headers["Content-Type"] = reply.media_type
    else:
        response.headers.pop("Content-Type", None)
    response.headers.extend(reply.headers)
    if reply.status in (200, 304):
        response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = f"public, max-age={kind.max_age}, {WHILE_WE_ARE_DOWN}"
    if kind.negotiates:
        response.vary.add("Accept-Language")
    if kind.is_open:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
