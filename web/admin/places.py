"""The gazetteer: venues with their aliases and coordinates, those of places.yaml to read, our own to change."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.filters import EventFilter
from aggregator.model.places import KnownPlace
from aggregator.model.text import key
from aggregator.model.times import Window
from aggregator.store import calendar, known_places
from web.admin.access import me, note
from web.admin.asking import ask_for_relink, back_to
from web.admin.correcting import POINT
from web.admin.frame import admin_page, admin_scene, say
from web.forms import line
from web.services import current_services

HERE = "/admin/places"
LONGEST = 200
MOST_ALIASES = 30
MOST_UNKNOWN = 15
AHEAD = timedelta(days=90)


def places_page() -> Response:
    """All venues that are known, and the places that many events name but nobody knows."""
    services = current_services()
    with services.store.reading() as connection:
        scene = admin_scene(connection)
        own = known_places.load(connection)
        named = calendar.place_counts(connection, Window(scene.today, scene.today + AHEAD), EventFilter())
    known = {key(name) for place in (*services.settings.places, *own.values()) for name in (place.name, *place.aliases)}
    unknown = [(name, number) for name, number in named.items() if key(name) not in known][:MOST_UNKNOWN]
    values = {"own": own, "fixed": services.settings.places, "unknown": unknown}
    return admin_page(
        "admin/places.html", say("Orte"), 200, scene, name=request.args.get("name", "")[:LONGEST], **values
    )


def place_page(number: int) -> Response:
    """One of our own venues."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        place = known_places.load(connection).get(number) or abort(404)
    return admin_page("admin/place.html", place.name, scene=scene, number=number, place=place)


def add() -> AnyResponse:
    """Know one more venue."""
    place = typed()
    if place is None:
        return back_to(HERE, "wrong")
    with current_services().store.writing() as connection:
        known_places.add(connection, place, me().name, current_services().clock())
        note(connection, "place", "", place.name)
        ask_for_relink(connection)
    return back_to(HERE, "saved")


def change(number: int) -> AnyResponse:
    """Change or remove one of our own venues."""
    place, now = typed(), current_services().clock()
    is_gone = request.form.get("v") == "remove"
    if place is None and not is_gone:
        return back_to(f"{HERE}/{number}", "wrong")
    with current_services().store.writing() as connection:
        before = known_places.load(connection).get(number) or abort(404)
        if place is None or is_gone:
            known_places.remove(connection, number)
        else:
            known_places.change(connection, number, place, me().name, now)
        note(connection, "place", "", before.name)
        ask_for_relink(connection)
    return back_to(HERE, "saved")


def typed() -> KnownPlace | None:
    """The venue that was typed in; None without a name, or with coordinates that are none."""
    name, point = line(request.form, "name")[:LONGEST], line(request.form, "point")
    if not name or (point and not POINT.fullmatch(point)):
        return None
    latitude, longitude = (float(part) for part in point.split(",")) if point else (None, None)
    aliases = [" ".join(one.split())[:LONGEST] for one in request.form.get("aliases", "").splitlines()]
    return KnownPlace(
        name=name,
        aliases=tuple(dict.fromkeys(one for one in aliases if one))[:MOST_ALIASES],
        address=line(request.form, "address")[:LONGEST],
        latitude=latitude,
        longitude=longitude,
        accessibility=line(request.form, "accessibility")[:LONGEST],
    )
