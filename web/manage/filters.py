"""Short addresses for filters: an owner pastes the address of a page of ours and gives it a name."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aggregator.config.filters import short_name_of
from aggregator.errors import FilterError
from aggregator.model.filters import PARAMETERS, EventFilter, parse_filter
from aggregator.model.saved_filters import SavedFilter
from aggregator.store import saved_filters
from web.forms import line
from web.manage.desk import Desk, changing, looking
from web.manage.wording import done_words
from web.visits import refuse_unknown_ids

short_addresses = Blueprint("owner_filters", __name__)

LONGEST_TITLE = 80


@short_addresses.get("/manage/<token>/filters")
def shown(token: str) -> Response:
    """The short addresses that this initiative has, and the form for one more."""
    with looking(token) as desk:
        return desk_page(desk)


@short_addresses.post("/manage/<token>/filters")
def change(token: str) -> Response:
    """Take a short address, or give one up."""
    with changing(token) as desk:
        if request.form.get("deed", "") == "drop":
            saved_filters.remove(desk.connection, line(request.form, "name"), desk.initiative.id)
            return desk.back("/filters", "saved")
        found = asked_for(desk)
        if isinstance(found, tuple):
            return desk_page(desk, found)
        saved_filters.put(desk.connection, found, desk.initiative.id, desk.scene.now)
        return desk.back("/filters", "saved")


def desk_page(desk: Desk, problem: tuple[str, str] | None = None) -> Response:
    """The page; `problem` names the field that has to be corrected, and the sentence."""
    mine = saved_filters.of_initiative(desk.connection, desk.initiative.id)
    typed = {name: line(request.form, name) for name in ("title", "name", "address")}
    return desk.page(
        "manage_filters.html",
        400 if problem else 200,
        done=done_words(request.args.get("done", ""), desk.scene),
        errors=[problem] if problem else [],
        base=desk.scene.settings.site.base_url,
        saved=mine,
        is_full=len(mine) >= saved_filters.MOST,
        typed=typed,
    )


def asked_for(desk: Desk) -> SavedFilter | tuple[str, str]:
    """The filter that the form asks for, or the field that is wrong with a sentence."""
    say = desk.scene.tongue.gettext
    title, name = line(request.form, "title"), line(request.form, "name").lower()
    if not 0 < len(title) <= LONGEST_TITLE:
        return "title", say("Bitte einen Namen von höchstens 80 Zeichen geben.")
    try:
        short_name_of(name)
    except ValueError:
        return "name", say("Für die Adresse gehen kleine Buchstaben, Ziffern und Bindestriche, höchstens 40.")
    if desk.scene.settings.saved_filter(name) or saved_filters.find(desk.connection, name):
        return "name", say("Diese Adresse ist schon vergeben.")
    if len(saved_filters.of_initiative(desk.connection, desk.initiative.id)) >= saved_filters.MOST:
        return "", say("Mehr als fünf gehen nicht; bitte erst eine aufgeben.")
    try:
        wanted = filter_in(line(request.form, "address"), desk)
    except FilterError as error:
        return "address", error.sentences[desk.scene.language]
    if wanted.is_empty:
        return "address", say("In dieser Adresse ist nichts ausgewählt.")
    return SavedFilter(name, title, wanted)


def filter_in(address: str, desk: Desk) -> EventFilter:
    """The filter in the address of a page of ours; what is no word of the filter is left out.

    Raises FilterError for values that cannot be meant.
    """
    query = urlsplit(address).query or address
    wanted = parse_filter([(name, value) for name, value in parse_qsl(query) if name in PARAMETERS])
    refuse_unknown_ids(wanted, (topic.id for topic in desk.scene.settings.topics), desk.scene.initiatives)
    return wanted
