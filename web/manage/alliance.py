"""Alliances: invite by one link, see how the members' calendars are doing, take in or let go; and ask to belong."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aggregator.model.sources import Initiative
from aggregator.model.umbrellas import members_of
from aggregator.store import alliances, sources
from web.forms import line
from web.health.status import SourceLine, source_line
from web.manage.alliance_events import choice_of, decide
from web.manage.desk import Desk, changing, looking
from web.manage.wording import done_words

together = Blueprint("owner_alliance", __name__)

DECISIONS = ("choose", "show-all", "refuse", "admit")


@dataclass(frozen=True, slots=True)
class Member:
    """One initiative that asked or belongs, with the health of its calendars."""

    id: str
    name: str
    is_in: bool
    can_be_let_go: bool
    lines: tuple[SourceLine, ...]


@together.get("/manage/<token>/alliance")
def shown(token: str) -> Response:
    """Both sides of belonging."""
    with looking(token) as desk:
        token_of = alliances.invitation(desk.connection, desk.initiative.id)
        base = desk.scene.settings.site.base_url
        umbrella = desk.initiative.umbrella
        return desk.page(
            "manage_alliance.html",
            members=members(desk),
            invitation=f"{base}/register?join={token_of}" if token_of else "",
            umbrella=desk.scene.name_of(umbrella) if umbrella else "",
            done=done_words(request.args.get("done", ""), desk.scene),
            choice=choice_of(desk),
        )


@together.post("/manage/<token>/alliance")
def change(token: str) -> Response:
    """Press one of the buttons."""
    with changing(token) as desk:
        deed, other = request.form.get("deed", ""), line(request.form, "initiative")
        mine, connection = desk.initiative.id, desk.connection
        if deed == "invite":
            alliances.invite(connection, mine, desk.scene.now)
        elif deed == "stop":
            alliances.stop_inviting(connection, mine)
        elif deed == "take" and other in asked(desk):
            alliances.take_in(connection, mine, other, desk.scene.now)
            desk.relink()
        elif deed == "drop" and other in asked(desk):
            alliances.let_go(connection, mine, other)
            desk.relink()
        elif deed == "leave" and desk.initiative.umbrella:
            alliances.let_go(connection, desk.initiative.umbrella, mine)
            desk.relink()
        elif deed in DECISIONS:
            decide(desk, deed)
            return desk.back("/alliance", "decided")
        elif deed == "ask":
            umbrella = alliances.umbrella_of_token(connection, token_in(line(request.form, "link")))
            if umbrella:
                alliances.ask(connection, umbrella, mine, desk.scene.now)
                return desk.back("/alliance", "asked")
        return desk.back("/alliance")


def token_in(link: str) -> str:
    """The token of an invitation's link, or the token itself."""
    return link.rpartition("join=")[2].partition("&")[0][:64]


def asked(desk: Desk) -> set[str]:
    """Those that asked to belong, whether taken in or not."""
    return {one.initiative for one in alliances.of_umbrella(desk.connection, desk.initiative.id)}


def members(desk: Desk) -> list[Member]:
    """Who asked first, then who belongs."""
    overviews = sources.overviews(desk.connection)
    inside = {one.id: one for one in members_of(desk.initiative.id, desk.scene.initiatives)}
    waiting = [name for name in asked(desk) if name not in inside and name in desk.scene.initiatives]

    def member(one: Initiative, is_in: bool) -> Member:
        lines = tuple(source_line(each, desk.scene) for each in overviews if each.source.initiative == one.id)
        return Member(one.id, one.name, is_in, one.id in asked(desk), lines)

    return [
        *(member(desk.scene.initiatives[name], False) for name in sorted(waiting)),
        *(member(one, True) for one in inside.values()),
    ]
