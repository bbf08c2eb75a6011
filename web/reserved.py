"""Addresses that are promised but not there yet: a friendly 404 instead of a puzzle."""

from __future__ import annotations

from flask import Blueprint, Response

from web.pages import bare_scene
from web.problems import problem
from web.services import current_services

reserved = Blueprint("reserved", __name__)

PATHS = (
    "/sources/<name>",
)


def not_yet(name: str = "") -> Response:
    """404 with a sentence that says so and the way back to the calendar."""
    say = bare_scene(current_services().clock()).tongue.gettext
    return problem(404, say("Diese Seite gibt es noch nicht"), say("Sie ist geplant. Der Kalender ist schon da."))


for path in PATHS:
    reserved.add_url_rule(path, view_func=not_yet)
