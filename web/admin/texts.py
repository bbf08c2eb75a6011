"""Imprint, privacy and about: the texts that the operator fills in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from aggregator.store import texts
from web.admin.access import me, note
from web.admin.asking import back_to
from web.admin.frame import admin_page, admin_scene, say
from web.forms import paragraphs
from web.languages import NAMES
from web.legal.drafts import GAP, LANGUAGES, LONGEST, PATHS, text_of
from web.legal.routes import title_of
from web.services import current_services


@dataclass(frozen=True, slots=True)
class Page:
    """One text in one language."""

    name: str
    language: str
    title: str
    spoken: str
    gaps: int
    is_own: bool


def texts_page() -> Response:
    """All texts, with how much is left to fill in."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        found = tuple(
            Page(
                name,
                language,
                title_of(name, scene),
                NAMES[language],
                len(GAP.findall(text_of(connection, name, language))),
                texts.load(connection, name, language) is not None,
            )
            for name in PATHS
            for language in LANGUAGES
        )
    return admin_page("admin/texts.html", say("Texte"), scene=scene, pages=found)


def text_page(name: str, language: str) -> Response:
    """One text, to be changed."""
    if name not in PATHS or language not in LANGUAGES:
        abort(404)
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        text = text_of(connection, name, language)
    here = f"/admin/texts/{name}/{language}"
    values = {"here": here, "text": text, "public": PATHS[name], "gaps": GAP.findall(text), "spoken": NAMES[language]}
    return admin_page("admin/text.html", title_of(name, scene), 200, scene, **values)


def save(name: str, language: str) -> AnyResponse:
    """Replace a text; an empty one brings the draft back."""
    if name not in PATHS or language not in LANGUAGES:
        abort(404)
    text, now = paragraphs(request.form, "text"), current_services().clock()
    if len(text) > LONGEST:
        return back_to(f"/admin/texts/{name}/{language}", "wrong")
    with current_services().store.writing() as connection:
        texts.save(connection, (name, language), text, me().name, now)
        note(connection, "text", f"text:{name}", language)
    return back_to("/admin/texts", "done")
