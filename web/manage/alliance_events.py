"""Which events of its members an alliance shows on its own page: all but some, or only those that it approved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import request

from aggregator.export import dates
from aggregator.model.corrections import REFUSED
from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.times import Window, horizon
from aggregator.model.umbrellas import members_of
from aggregator.store import alliance_pages, calendar, events
from web.manage.desk import Desk
from web.scene import Scene

# So many are offered at once; the next ones move up.
MOST_OFFERED = 40
# So far ahead is looked: the events of a large alliance in a season.
MOST_SEARCHED = 500

Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page offers, as ids with words: what waits for a yes, what is shown, what is left out.

    `more` are those that wait beyond what is offered.
    """

    is_choosing: bool
    waiting: Lines
    shown: Lines
    refused: Lines
    more: int = 0


def choice_of(desk: Desk) -> Choice:
    """What is decided of the members' next events, and what is not."""
    mine, connection = desk.initiative.id, desk.connection
    coming, on_page = of_members(desk), shown_ids(desk)
    refused = alliance_pages.events_said(connection, REFUSED, mine)
    titles = events.load_published(connection, refused) if refused else ()
    open_ones = [one for one in coming if id_of(one) not in on_page | refused]
    return Choice(
        is_choosing=alliance_pages.is_choosing(connection, mine),
        waiting=lines(open_ones, desk.scene),
        shown=lines([one for one in coming if id_of(one) in on_page], desk.scene),
        refused=tuple((one.identity.id, one.event.title) for one in titles),
        more=max(0, len(open_ones) - MOST_OFFERED),
    )


def decide(desk: Desk, deed: str) -> None:
    """Press one of the buttons: choose the way, or say which events to show; elsewhere they stay as they are."""
    mine, connection, now = desk.initiative.id, desk.connection, desk.scene.now
    if deed == "choose":
        # What stands there today stays, so that nobody's page is suddenly empty.
        here = {id_of(one) for one in of_members(desk)} & shown_ids(desk)
        alliance_pages.approve(connection, mine, sorted(here), desk.by, now)
        alliance_pages.choose(connection, mine, now)
    elif deed == "show-all":
        alliance_pages.choose_no_more(connection, mine)
    elif deed in ("refuse", "admit"):
        say = alliance_pages.refuse if deed == "refuse" else alliance_pages.approve
        say(connection, mine, sorted(named_events(desk)), desk.by, now)


def named_events(desk: Desk) -> set[str]:
    """The events of the form, as far as they are members' and so this alliance's business."""
    mine = desk.initiative.id
    known = {id_of(one) for one in of_members(desk)} | alliance_pages.events_said(desk.connection, REFUSED, mine)
    return known & set(request.form.getlist("event")[:MOST_SEARCHED])


def of_members(desk: Desk) -> list[Listing]:
    """The members' events to come, each at its next date. The alliance's own are its own business."""
    mine = desk.initiative.id
    members = tuple(one.id for one in members_of(mine, desk.scene.initiatives))
    found = coming(desk, EventFilter(initiatives=members)) if members else ()
    return [one for one in found if mine not in one.published.event.initiatives]


def shown_ids(desk: Desk) -> set[str]:
    """The ids of the events to come that stand on the alliance's page."""
    return {id_of(one) for one in coming(desk, EventFilter(umbrellas=(desk.initiative.id,)))}


def coming(desk: Desk, wanted: EventFilter) -> Collection[Listing]:
    """The wanted events from today on."""
    ahead = Window(desk.scene.today, horizon(desk.scene.today).last)
    return calendar.soonest(desk.connection, ahead, wanted, MOST_SEARCHED)


def id_of(listing: Listing) -> str:
    """The event's id."""
    return listing.published.identity.id


def lines(listings: list[Listing], scene: Scene) -> Lines:
    """The first of them with what, when, and by whom."""
    return tuple((id_of(one), event_words(one, scene)) for one in listings[:MOST_OFFERED])


def event_words(listing: Listing, scene: Scene) -> str:
    """What, when, and by whom."""
    event = listing.published.event
    when = dates.announcement(listing.occurrence, scene.zone, scene.language)
    return f"{event.title}, {when} ({', '.join(map(scene.name_of, event.initiatives[:2]))})"
