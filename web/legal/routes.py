"""The public pages of imprint, privacy and about."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import Connection

from web.answering import Kind, Rhythm, answer
from web.kept import Reply
from web.legal.drafts import PATHS, blocks, text_of
from web.pages import page
from web.scene import Scene
from web.visits import Visit

legal = Blueprint("legal", __name__)
TEXT = Kind(Rhythm.DAILY)


def title_of(name: str, scene: Scene) -> str:
    """What the page is called."""
    say = scene.tongue.gettext
    return {"imprint": say("Impressum"), "privacy": say("Datenschutz"), "about": say("Über diesen Kalender")}[name]


def show(name: str) -> Response:
    """The page of that name."""

    def build(visit: Visit, scene: Scene, connection: Connection) -> Reply:
        text = text_of(connection, name, scene.language)
        return page("legal.html", scene, title=title_of(name, scene), blocks=tuple(blocks(text)))

    return answer(TEXT, build)


for name, path in PATHS.items():
    legal.add_url_rule(path, name, show, defaults={"name": name})
