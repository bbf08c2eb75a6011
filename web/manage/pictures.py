"""An uploaded picture: what it is, and nothing hidden in it (where it was taken, by which telephone)."""

from __future__ import annotations

from flask import Blueprint, Request, Response, abort
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.pictures import Picture, hung_picture, without_hidden
from aggregator.store import pictures
from web.forms import line
from web.registration.typed import LICENCES, LONGEST_LINE
from web.scene import Scene
from web.services import current_services

hung = Blueprint("pictures", __name__)

# Below the largest body that we take at all.
MOST_BYTES = 55_000
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
    return hung_picture(file.read(MOST_BYTES), line(request.form, "alt"), line(request.form, "picture_licence"))
