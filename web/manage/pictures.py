"""An uploaded picture: what it is, and nothing hidden in it (where it was taken, by which telephone)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from flask import Blueprint, Request, Response, abort
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.pictures import Picture
from aggregator.store import pictures
from web.forms import line
from web.registration.typed import LICENCES, LONGEST_LINE
from web.scene import Scene
from web.services import current_services

hung = Blueprint("pictures", __name__)

# Below the largest body that we take at all.
MOST_BYTES = 55_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# Of a PNG only what is needed to draw it; texts and camera data stay out.
DRAWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM", b"pHYs")
START_OF_SCAN = 0xDA
A_YEAR = "public, max-age=31536000, immutable"


@hung.get("/pictures/<digest>")
def picture(digest: str) -> AnyResponse:
    """One picture, under an address that changes with it."""
    with current_services().store.reading() as connection:
        found = pictures.by_digest(connection, digest[:64]) or abort(404)
    response = Response(found.content, content_type=found.media_type)
    response.headers["Cache-Control"] = A_YEAR
    return response


def problem_of(request: Request, scene: Scene) -> str:
    """What is wrong with the upload, "" if nothing is."""
    say, file = scene.tongue.gettext, request.files.get("picture")
    content = file.read(MOST_BYTES + 1) if file else b""
    if file:
        file.seek(0)
    if not content:
        return say("Bitte ein Bild auswählen.")
    if len(content) > MOST_BYTES:
        return say("Das Bild ist zu groß; es gehen %(most)s Kilobyte.", most=MOST_BYTES // 1000)
    if not without_hidden(content)[1]:
        return say("Das ist kein Bild, das wir zeigen können; es geht mit PNG und JPEG.")
    if not line(request.form, "alt") or len(line(request.form, "alt")) > LONGEST_LINE:
        return say("Bitte in einem Satz beschreiben, was zu sehen ist.")
    if line(request.form, "picture_licence") not in LICENCES:
        return say("Bitte eine Lizenz aus der Liste wählen.")
    return ""


def picture_of(request: Request) -> Picture:
    """The picture of an upload without problems."""
    file = request.files["picture"]
    media_type, content = without_hidden(file.read(MOST_BYTES))
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    return Picture(digest, media_type, content, line(request.form, "alt"), line(request.form, "picture_licence"))


def without_hidden(content: bytes) -> tuple[str, bytes]:
    """Media type and bytes with nothing but the picture; two empty ones for what is none."""
    try:
        if content.startswith(PNG):
            return "image/png", PNG + b"".join(png_parts(content))
        if content.startswith(JPEG):
            return "image/jpeg", b"\xff\xd8" + b"".join(jpeg_parts(content))
    except (IndexError, ValueError):
        return "", b""
    return "", b""


def png_parts(content: bytes) -> Iterator[bytes]:
    """The chunks that draw (PNG section 5.3): length, name, data, checksum."""
    at = len(PNG)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4])
        part = content[at : at + 12 + length]
        if len(part) != 12 + length:
            raise ValueError("cut off")
        if part[4:8] in DRAWN:
            yield part
        at += len(part)
        if part[4:8] == b"IEND":
            return
    raise ValueError("no end")


def jpeg_parts(content: bytes) -> Iterator[bytes]:
    """The segments up to the picture's own data, without comments and application data but JFIF (T.81 annex B)."""
    at = 2
    while content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(content):
            raise ValueError("cut off")
        if marker == START_OF_SCAN:
            yield content[at:]
            return
        if not (0xE1 <= marker <= 0xEF or marker == 0xFE):
            yield content[at : at + 2 + length]
        at += 2 + length
    raise ValueError("no picture")
