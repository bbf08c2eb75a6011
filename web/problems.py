"""Pages and sentences for what cannot be answered; never a traceback, always a way on."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as AnyResponse

from aggregator.errors import FilterError, StoreError
from web.kept import Reply
from web.pages import bare_scene, page
from web.services import current_services

MACHINE_ENDINGS = (".ics", ".atom", ".rss", ".json", ".geojson", ".csv", ".wiki", ".xml", ".txt")
log = logging.getLogger("web")


def register_problems(app: Flask) -> None:
    """Answer every error in the form that its path speaks."""
    app.register_error_handler(FilterError, refused)
    app.register_error_handler(StoreError, store_unreachable)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(500, broken)


def refused(error: FilterError) -> Response:
    """400: a value of the query that we do not know."""
    scene = bare_scene(current_services().clock())
    sentence = error.sentences["en" if scene.language == "en" else "de"]
    return problem(400, scene.tongue.gettext("Das können wir nicht suchen"), sentence)


def http_problem(error: HTTPException) -> AnyResponse:
    """404, 405 and their kind; a redirect, which Flask raises too, stays what it is."""
    say = bare_scene(current_services().clock()).tongue.gettext
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == 404:
        sentence = say(
            "Vielleicht wurde der Termin von der Initiative zurückgezogen,"
            " oder die Adresse ist beim Kopieren zerbrochen."
        )
        return problem(404, say("Diese Seite gibt es nicht, oder nicht mehr"), sentence)
    looking = say("Diese Adresse lässt sich nur ansehen.")
    sentence = looking if status == 405 else say("Diese Anfrage verstehen wir nicht.")
    response = problem(status, say("Das geht hier nicht"), sentence)
    # 405 must say what is allowed (RFC 9110 section 15.5.6).
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def store_unreachable(error: StoreError) -> Response:
    """503: the database does not answer."""
    log.error("store unreachable: %s", error)
    say = bare_scene(current_services().clock()).tongue.gettext
    response = problem(
        503, say("Der Kalender ist gerade nicht erreichbar"), say("Bitte in ein paar Minuten noch einmal versuchen.")
    )
    response.headers["Retry-After"] = "120"
    return response


def broken(error: Exception) -> Response:
    """500: a mistake of ours; Flask has logged it."""
    say = bare_scene(current_services().clock()).tongue.gettext
    return problem(500, say("Hier ist etwas kaputtgegangen"), say("Das liegt an uns, nicht an der Eingabe."))


def problem(status: int, title: str, sentence: str) -> Response:
    """The answer: JSON for the API, one line of text for calendars and feeds, a page for people."""
    reply = problem_reply(status, title, sentence)
    response = Response(reply.body, status=reply.status)
    response.headers["Content-Type"] = reply.media_type
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    if request.path.startswith(("/api/", "/exchange/")):
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def problem_reply(status: int, title: str, sentence: str) -> Reply:
    """The body of a problem in the form of its path."""
    if request.path.startswith(("/api/", "/exchange/")) or request.path == "/oembed":
        body = json.dumps({"error": {"status": status, "sentence": sentence}}, ensure_ascii=False)
        return Reply(body.encode(), "application/json", status)
    if request.path.endswith(MACHINE_ENDINGS):
        return Reply(f"{sentence}\n".encode(), "text/plain; charset=utf-8", status)
    scene = bare_scene(current_services().clock())
    template = "embed_problem.html" if request.path == "/embed" else "problem.html"
    month_link = scene.links.month(scene.wanted, scene.today)
    made = page(template, scene, title=title, sentence=sentence, month_link=month_link)
    return replace(made, status=status)
