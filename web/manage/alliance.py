"""Alliances: invite by one link, see how the members' calendars are doing, take in or let go; and ask to belong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aggregator.export import dates
from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.sources import Initiative
from aggregator.model.times import Window, horizon
from aggregator.model.umbrellas import members_of
from aggregator.store import alliances, calendar, events, refusals, sources
from web.forms import line
from web.health.status import SourceLine, source_line
from web.manage.desk import Desk, changing, looking
from web.scene import Scene

together = Blueprint("owner_alliance", __name__)

MOST_EVENTS = 40


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
            done=request.args.get("done", ""),
            shown=shown_events(desk),
            refused=refused_titles(desk),
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
        elif deed in ("refuse", "admit"):
            on_our_page(desk, deed, line(request.form, "event")[:80])
        elif deed == "ask":
            umbrella = alliances.umbrella_of_token(connection, token_in(line(request.form, "link")))
            if umbrella:
                alliances.ask(connection, umbrella, mine, desk.scene.now)
                return desk.back("/alliance", "asked")
        return desk.back("/alliance")


def on_our_page(desk: Desk, deed: str, event_id: str) -> None:
    """Show an event of a member on the alliance's page no more, or again; everywhere else it stays as it is."""
    connection, mine = desk.connection, desk.initiative.id
    if deed == "admit":
        refusals.admit(connection, mine, event_id, desk.by, desk.scene.now)
    elif any(event_id == known for known, _ in shown_events(desk)):
        refusals.refuse(connection, mine, event_id, desk.by, desk.scene.now)


def shown_events(desk: Desk) -> list[tuple[str, str]]:
    """The next events of members, which the alliance's page shows: id and words. Its own are its own business."""
    mine, scene = desk.initiative.id, desk.scene
    if not members_of(mine, scene.initiatives):
        return []
    ahead = Window(scene.today, horizon(scene.today).last)
    coming = calendar.soonest(desk.connection, ahead, EventFilter(umbrellas=(mine,)), MOST_EVENTS)
    of_members = (one for one in coming if mine not in one.published.event.initiatives)
    first = {one.published.identity.id: one for one in reversed(list(of_members))}
    return [(name, event_words(one, scene)) for name, one in sorted(first.items(), key=lambda pair: starts(pair[1]))]


def starts(listing: Listing) -> datetime:
    """The order of events."""
    return listing.occurrence.start.instant


def event_words(listing: Listing, scene: Scene) -> str:
    """What, when, and by whom."""
    event = listing.published.event
    when = dates.announcement(listing.occurrence, scene.zone, scene.language)
    return f"{event.title}, {when} ({', '.join(map(scene.name_of, event.initiatives[:2]))})"


def refused_titles(desk: Desk) -> list[tuple[str, str]]:
    """What the alliance does not show: id and title."""
    ids = refusals.refused_events(desk.connection, (desk.initiative.id,))
    return [(one.identity.id, one.event.title) for one in events.load_published(desk.connection, ids)] if ids else []


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
