"""What the initiative says of itself, and its picture."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aggregator.model.registrations import Registration
from aggregator.store import pictures, registered
from web.manage.desk import Desk, changing, looking
from web.manage.pictures import MOST_BYTES, picture_of, problem_of
from web.registration import details
from web.registration.typed import LICENCES, Typed, again, problems_of, read_typed

profile = Blueprint("owner_profile", __name__)


@profile.get("/manage/<token>/profile")
def form(token: str) -> Response:
    """The form with what is known."""
    with looking(token) as desk:
        return page_of(desk, known(desk))


@profile.post("/manage/<token>/profile")
def save(token: str) -> Response:
    """Write what is different."""
    with changing(token) as desk:
        fields = {**request.form.to_dict(), "email": desk.owner.email}
        typed = read_typed(fields, request.form.getlist("topic"), desk.scene)
        typed = replace(typed, problems=tuple(problems_of(typed, desk.scene)))
        if typed.problems or not desk.listed.is_from_web:
            return page_of(desk, typed)
        changed = replace(
            desk.initiative,
            name=typed.name,
            kind=typed.category or "Initiative",
            text=typed.description,
            homepage=typed.homepage,
            place=typed.place,
            topics=typed.topics,
            contact=desk.owner.email if typed.is_public else "",
        )
        if typed.place != desk.initiative.place:
            changed = replace(changed, latitude=None, longitude=None)
        registered.save(desk.connection, changed)
        desk.relink()
        return desk.back("/profile", "saved")


@profile.post("/manage/<token>/picture")
def hang(token: str) -> Response:
    """Take a picture, or take it away."""
    with changing(token) as desk:
        if request.form.get("remove"):
            pictures.remove(desk.connection, desk.initiative.id)
            return desk.back("/profile", "saved")
        problem = problem_of(request, desk.scene)
        if problem:
            return page_of(desk, known(desk), [("picture", problem)])
        pictures.put(desk.connection, desk.initiative.id, picture_of(request))
        return desk.back("/profile", "saved")


def known(desk: Desk) -> Typed:
    """The form as it stands in the directory."""
    one = desk.initiative
    return again(
        Registration(
            name=one.name,
            email=desk.owner.email,
            kind=one.kind,
            text=one.text,
            homepage=one.homepage,
            place=one.place,
            topics=one.topics,
            contact=one.contact,
        )
    )


def page_of(desk: Desk, typed: Typed, problems: list[tuple[str, str]] | None = None) -> Response:
    """The form."""
    wrong = [*typed.problems, *(problems or [])]
    return desk.page(
        "manage_profile.html",
        status=400 if wrong else 200,
        typed=typed,
        problems=wrong,
        done=request.args.get("done") == "saved",
        picture=pictures.of_initiative(desk.connection, desk.initiative.id),
        picture_licences=LICENCES,
        most_kilobytes=MOST_BYTES // 1000,
        **details.choices(desk.scene),
    )
