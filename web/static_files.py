"""Style sheets, scripts, icons, favicon and robots.txt."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from web.answering import ALWAYS, LASTS
from web.assets import asset
from web.services import current_services

static_files = Blueprint("static_files", __name__)

FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"
# Other websites name these files without a digest; kept that long, they work while we cannot be reached.
FOR_WEBSITES = ("buendel-calendar.js", "buendel-height.js")
A_WEEK = "public, max-age=604800"
# Nothing here is secret; filtered and embedded views only repeat what the pages say.
ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /embed\nAllow: /embed/builder\nDisallow: /*?q=\nAllow: /\n"


@static_files.get("/static/<digest>/<name>")
def static_file(digest: str, name: str) -> Response:
    """One file; an old digest gets the present content, but not for ever."""
    file = current_services().assets.files.get(name)
    if file is None:
        abort(404)
    passing = A_WEEK if name in FOR_WEBSITES else A_WHILE
    return plain(file.content, file.media_type, file.digest, FOREVER if digest == file.digest else passing)


@static_files.get("/favicon.ico")
@static_files.get("/favicon.svg")
def favicon() -> Response:
    """The mark; every browser of today reads the drawing, whatever the name ends in."""
    file = current_services().assets.files["favicon.svg"]
    return plain(file.content, file.media_type, file.digest, "public, max-age=86400")


@static_files.get("/robots.txt")
def robots() -> Response:
    """What search engines may read."""
    sitemap = f"Sitemap: {current_services().settings.site.base_url}/sitemap.xml\n"
    file = asset((ROBOTS + sitemap).encode(), "text/plain; charset=utf-8")
    return plain(file.content, file.media_type, file.digest, A_WHILE)


def plain(content: bytes, media_type: str, tag: str, cache: str) -> Response:
    """A file as an answer, 304 when the browser has it."""
    request.environ[LASTS] = ALWAYS
    response = Response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = cache
    response.set_etag(tag)
    response.make_conditional(request)
    return response
