"""Two pages of help: one in everyday language, one in Leichte Sprache."""

from __future__ import annotations

from flask import Blueprint, Response

from web.answering import Kind, Rhythm, answer
from web.pages import page

helping = Blueprint("help", __name__)

HELP = Kind(Rhythm.DAILY, max_age=3600)


@helping.get("/help")
def for_everybody() -> Response:
    """How to search, subscribe, join in and report."""
    return answer(HELP, lambda visit, scene, connection: page("help.html", scene))


@helping.get("/help/easy")
def in_easy_words() -> Response:
    """The same in short sentences with one thought each."""
    return answer(HELP, lambda visit, scene, connection: page("help_easy.html", scene))
