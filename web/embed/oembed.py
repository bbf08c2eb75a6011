"""oEmbed 1.0: a bare address of ours becomes a frame in WordPress and its kind."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from flask import abort
from sqlalchemy import Connection

from aggregator.errors import FilterError
from aggregator.model.filters import EventFilter, parse_filter, refusal
from aggregator.model.settings import Site
from aggregator.store import queries
from web.answering import Kind, Rhythm
from web.embed.colours import refuse_unreadable
from web.embed.options import LIST, MAP, MONTH, NEXT, EmbedOptions, read_options
from web.embed.snippets import frame
from web.embed.style import our_tokens
from web.kept import Reply
from web.links import Links
from web.scene import Scene
from web.services import current_services
from web.visits import Visit, refuse_unknown_ids

OEMBED = Kind(
    Rhythm.NEVER, own=("url", "maxwidth", "maxheight", "format"), negotiates=False, is_open=True, max_age=3600
)
WIDEST, NARROWEST = 600, 200
CACHED_SECONDS = 86_400
CALENDAR = re.compile(r"/?|/week/\d{4}-W\d{2}")
MONTH_PAGE = re.compile(r"/month/\d{4}-\d{2}")
EVENT_PAGE = re.compile(r"/event/([\w-]{1,80})")
GROUP = re.compile(r"/(initiatives|umbrellas)/([\w.-]{1,80})")


def oembed_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """What stands for the address: 404 when it is none of ours, 501 for any form but JSON, as the standard wants."""
    if visit.own.get("format", "json") != "json":
        abort(501)
    if "url" not in visit.own:
        raise refusal("url", "Hier fehlt die Adresse", "The address is missing here")
    found = embedded(visit.own["url"], scene)
    if found is None:
        abort(404)
    options, wanted, links = found
    heading = event_title(options.event, connection) if options.event else scene.tongue.gettext("Nächste Termine")
    width = side(visit, "maxwidth", WIDEST)
    height = side(visit, "maxheight", options.height)
    site = scene.settings.site
    title = options.title or heading
    address = site.base_url + links.to("/embed", options.query(wanted))
    body = {
        "version": "1.0",
        "type": "rich",
        "title": f"{title} – {site.title}",
        "provider_name": site.title,
        "provider_url": site.base_url + "/",
        "cache_age": CACHED_SECONDS,
        "width": width,
        "height": height,
        "html": frame(address, title, height, str(width)),
    }
    return Reply(json.dumps(body, ensure_ascii=False).encode(), "application/json")


def side(visit: Visit, name: str, usual: int) -> int:
    """The width or height: the usual one, or less when there is less room."""
    value = visit.own.get(name, str(usual))
    if value.isascii() and value.isdigit() and len(value) <= 6 and int(value) > 0:
        return max(NARROWEST, min(usual, int(value)))
    raise refusal(name, "Hier geht nur eine Zahl", "This must be a number")


def embedded(address: str, scene: Scene) -> tuple[EmbedOptions, EventFilter, Links] | None:
    """The embed that stands for one of our addresses; None for any other, and for one that shows an error."""
    path, query = path_of(address, scene.settings.site)
    pairs = parse_qsl(query)
    try:
        wanted = parse_filter(pairs)
        options = options_of(path, dict(pairs))
        if options is None:
            return None
        wanted = of_group(path, wanted)
        refuse_unknown_ids(wanted, (topic.id for topic in scene.settings.topics), scene.initiatives)
    except FilterError:
        return None
    language = dict(pairs).get("lang", "")
    return options, wanted, Links(language if language in current_services().tongues else "")


def of_group(path: str, wanted: EventFilter) -> EventFilter:
    """The filter of an initiative's or an alliance's page: its own, on top of what stands in the query."""
    group = GROUP.fullmatch(path)
    if not group:
        return wanted
    kind, name = group.groups()
    return replace(wanted, initiatives=(name,)) if kind == "initiatives" else replace(wanted, umbrellas=(name,))


def path_of(address: str, site: Site) -> tuple[str, str]:
    """Path and query of an address on our host, by http or https; an impossible path for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "-", ""
    base = urlsplit(site.base_url)
    ours = parts.scheme in ("http", "https") and parts.netloc.lower() == base.netloc.lower()
    if not ours or not parts.path.startswith(base.path):
        return "-", ""
    return parts.path.removeprefix(base.path), parts.query


def options_of(path: str, own: dict[str, str]) -> EmbedOptions | None:
    """The options that a page of ours becomes; those of an embed are its own.

    Raises FilterError.
    """
    if path == "/embed":
        options = read_options(own)
        refuse_unreadable(options.colours, our_tokens(current_services().assets))
        return options
    if CALENDAR.fullmatch(path) or GROUP.fullmatch(path):
        return EmbedOptions(LIST)
    event = EVENT_PAGE.fullmatch(path)
    if event:
        return EmbedOptions(NEXT, event=event[1])
    if path == "/map":
        return EmbedOptions(MAP)
    return EmbedOptions(MONTH) if MONTH_PAGE.fullmatch(path) else None


def event_title(event_id: str, connection: Connection) -> str:
    """What the event is called; 404 for an id that there is not."""
    published = queries.published(connection, queries.alias_of(connection, event_id) or event_id)
    return published.event.title if published else abort(404)
