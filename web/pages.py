"""From a view model to a page: the frame around it, icons, languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from gettext import NullTranslations
from urllib.parse import quote, urlencode

from flask import Flask, get_template_attribute, render_template, request
from markupsafe import Markup, escape

from aggregator.export import dates
from aggregator.model.filters import EventFilter
from web.calendar.wall import drawn
from web.compiled import COMPILED
from web.kept import Reply
from web.languages import NAMES, Tongue
from web.links import Links
from web.scene import Scene
from web.services import current_services
from web.typesetting import inner_quotes, typeset
from web.visits import links_of, tongue_of

HTML = "text/html; charset=utf-8"
# A page of another language, of one date of a series, further on in a list: each is a page in its own right.
INDEXED = {"lang", "on", "page"}
# Under this name the request's environment keeps the language, which every word of a page asks for.
SPOKEN = "buendel.spoken"


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same page in another language; `address` is the link with our host."""

    code: str
    name: str
    link: str
    address: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    title: str
    town: str
    language: str
    links: Links
    search: str
    demo: str
    contact: str
    hidden: bool
    others: tuple[OtherLanguage, ...]


def page(template: str, scene: Scene, **values: object) -> Reply:
    """The page of a template, which gets the values by their names.

    `own_query` among them are the page's own parameters, kept when the language changes.
    """
    site = scene.settings.site
    frame = Frame(
        title=site.title,
        town=site.region_name,
        language=scene.language,
        links=scene.links,
        search=scene.wanted.text,
        demo=demo_words(scene),
        contact=site.contact_link,
        hidden=is_hidden(bool(values.get("emptiness"))),
        others=other_languages(scene, str(values.get("own_query", ""))),
    )
    body = render_template(template, frame=frame, links=scene.links, today=scene.today, **values)
    return Reply(body.encode(), HTML)


def piece(template: str, macro: str, *values: object) -> Markup:
    """What a macro makes of these values: a piece of a page that can be kept."""
    made: Markup = get_template_attribute(template, macro)(*values)
    return made


def is_hidden(empty: bool) -> bool:
    """Whether search engines should leave the page out: one of endless selections of others, or empty."""
    return empty or not set(request.args) <= INDEXED


def demo_words(scene: Scene) -> str:
    """The line that tells a demonstration from the real thing; empty for real time."""
    if scene.settings.site.demo_now is None:
        return ""
    today = dates.long_day(scene.today, scene.language)
    return scene.tongue.gettext("Vorführung: heute ist %(today)s. Initiativen und Termine sind erfunden.", today=today)


def other_languages(scene: Scene, own_query: str) -> tuple[OtherLanguage, ...]:
    """This page in the site's other languages, with its filter and date.

    Only what the page's ETag knows of may stand in it: it is kept for the next visitor.
    """
    # A path that begins with two slashes would lead to another host.
    path = quote("/" + request.path.lstrip("/"))
    on = urlencode({"on": request.args["on"]}) if "on" in request.args else ""
    query = "&".join(part for part in (scene.wanted.query(), on, own_query) if part)
    codes = (code for code in current_services().tongues if code != scene.language)
    base = scene.settings.site.base_url
    found = ((code, Links(code).to(path, query)) for code in codes)
    return tuple(OtherLanguage(code, NAMES.get(code, code), link, base + link) for code, link in found)


def bare_scene(now: datetime) -> Scene:
    """A scene for pages that must work without the store, and for queries that could not be read."""
    services = current_services()
    tongue = tongue_of(request, services.tongues)
    links = links_of(request, services.tongues)
    return Scene(services.settings, tongue, links, now, EventFilter(), {})


def prepare_templates(app: Flask) -> None:
    """Give the templates their words, icons and addresses of static files."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.bytecode_cache = COMPILED
    # Installed by the extension; the words are those of the request at hand.
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: spoken().catalogue.gettext(message),
        lambda one, many, number: spoken().catalogue.ngettext(one, many, number),
        newstyle=True,
    )
    environment.globals.update(_=said, gettext=said)
    environment.filters["typeset"] = typeset
    environment.filters["inner_quotes"] = lambda text: inner_quotes(text, spoken().code)
    environment.filters["in_attribute"] = in_attribute
    environment.globals.update(icon=icon, asset=asset_link, wall=drawn)


def said(message: str, /, **values: object) -> Markup:
    """The words in the page's language, as Jinja's own `gettext` gives them but for the way through its context."""
    catalogue = spoken().catalogue
    return Markup(catalogue.gettext(message)) % values if values else plain_words(catalogue, message)


@lru_cache(maxsize=4096)
def plain_words(catalogue: NullTranslations, message: str) -> Markup:
    """Words into which nothing is put; a page says some fifty of them."""
    return Markup(catalogue.gettext(message)) % {}


def spoken() -> Tongue:
    """The language of the page that is being rendered."""
    known: Tongue | None = request.environ.get(SPOKEN)
    if known is None:
        known = request.environ[SPOKEN] = tongue_of(request, current_services().tongues)
    return known


def in_attribute(text: str) -> Markup:
    """Foreign text for a quoted attribute: nothing in it looks like an attribute of its own."""
    return Markup(str(escape(text)).replace("=", "&#61;"))


def icon(name: str) -> Markup:
    """The icon of that name."""
    return current_services().assets.icons[name]


def asset_link(name: str) -> str:
    """The address of a static file, with the digest of its content."""
    return f"/static/{current_services().assets.files[name].digest}/{name}"
