"""The one page that may stand in a frame, its colours, and the same list for the element without a frame."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Blueprint, Response
from sqlalchemy import Connection

from web.answering import Kind, Rhythm, answer
from web.assets import Assets
from web.embed.builder import BUILDER, builder_reply
from web.embed.colours import Colours, refuse_unreadable
from web.embed.oembed import OEMBED, oembed_reply
from web.embed.options import PARAMETERS, EmbedOptions, read_options
from web.embed.reading import embed_values
from web.embed.style import colour_sheet, element_sheet, our_tokens
from web.kept import Reply
from web.links import oembed_link
from web.pages import page
from web.scene import Scene
from web.services import current_services
from web.visits import Visit

embeds = Blueprint("embeds", __name__)

EMBED = Kind(Rhythm.EACH_MINUTE, own=PARAMETERS, max_age=300)
ELEMENT = Kind(Rhythm.EACH_MINUTE, own=PARAMETERS, is_open=True, max_age=300)
COLOURS = Kind(Rhythm.NEVER, own=("colours", "accent", "paper", "ink"), negotiates=False, max_age=86400)


@embeds.get("/embed")
def embed() -> Response:
    """The next events that the filter wants, or a month of them."""
    return answer(EMBED, embed_reply)


@embeds.get("/embed.json")
def element() -> Response:
    """The same as HTML and style in JSON, for the element that needs no frame."""
    return answer(ELEMENT, element_reply)


@embeds.get("/embed/colours.css")
def colours() -> Response:
    """The colours that an embed asks for."""
    return answer(COLOURS, colours_reply)


@embeds.get("/embed/builder")
def builder() -> Response:
    """Where people choose what an embed shows, and copy it."""
    return answer(BUILDER, builder_reply)


@embeds.get("/oembed")
def oembed() -> Response:
    """What stands for one of our addresses in other people's texts (oEmbed 1.0)."""
    return answer(OEMBED, oembed_reply)


def options_of(visit: Visit, assets: Assets) -> EmbedOptions:
    """The embed asked for; raises FilterError also for colours that cannot be read."""
    options = read_options(visit.own)
    refuse_unreadable(options.colours, our_tokens(assets))
    return options


def embed_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The page for the frame."""
    options = options_of(visit, current_services().assets)
    here = scene.links.to("/embed", options.query(scene.wanted))
    return page(
        "embed.html",
        scene,
        colour_query="" if options.colours == Colours() else urlencode(options.colours.pairs),
        oembed_link=oembed_link(scene.settings.site.base_url, here),
        **embed_values(options, scene, connection),
    )


def element_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The same lines; their heading is one among others of the page around."""
    assets = current_services().assets
    options = options_of(visit, assets)
    values = {**embed_values(options, scene, connection), "level": 2}
    html = page("embed_element.html", scene, **values).body.decode()
    body = {"html": html, "css": element_sheet(options.colours, assets)}
    return Reply(json.dumps(body, ensure_ascii=False).encode(), "application/json")


def colours_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The style sheet that pins the colours."""
    assets = current_services().assets
    options = options_of(visit, assets)
    return Reply(colour_sheet(options.colours, assets).encode(), "text/css; charset=utf-8")
