"""The pages for residents."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, Response, abort
from sqlalchemy import Connection

from aggregator.model.times import Window
from web.answering import PAGE, Kind, Rhythm, answer
from web.calendar.finding import found_reply
from web.calendar.reading import agenda_reply, month_reply
from web.calendar.reading_event import event_reply, picture_reply
from web.calendar.windows import weekend as weekend_of
from web.kept import Reply
from web.links import first_of_next_month
from web.scene import Scene
from web.visits import Visit

residents = Blueprint("residents", __name__)

MONTH = re.compile(r"(\d{4})-(\d{2})")
WEEK = re.compile(r"(\d{4})-W(\d{2})")
LIST = Kind(Rhythm.EACH_MINUTE, own=("page",))
EVENT = Kind(Rhythm.EACH_MINUTE, own=("on",))
PICTURE = Kind(Rhythm.DAILY, own=("on",), negotiates=False, max_age=3600)
FIRST_YEAR, LAST_YEAR = 1900, 2999


@residents.get("/")
def agenda() -> Response:
    """Today, the next days, and what comes further on; with words, what is found for them."""
    return answer(LIST, agenda_or_search)


@residents.get("/today")
def today() -> Response:
    """Today, whatever day it is."""
    return answer(
        PAGE, lambda visit, scene, connection: agenda_reply(on_days(scene, scene.today, scene.today), connection)
    )


@residents.get("/weekend")
def weekend() -> Response:
    """What is left of this weekend, or the next one."""
    return answer(
        PAGE, lambda visit, scene, connection: agenda_reply(on_days(scene, *weekend_of(scene.today)), connection)
    )


@residents.get("/list")
def everything() -> Response:
    """All that is ahead, each event once."""
    return answer(LIST, found_reply)


@residents.get("/week/<name>")
def week(name: str) -> Response:
    """One ISO week, such as 2026-W49, as an agenda."""
    window = week_of(name)
    return answer(PAGE, lambda visit, scene, connection: agenda_reply(scene, connection, window))


@residents.get("/month/<name>")
def month(name: str) -> Response:
    """One month, such as 2026-12, as a table."""
    window = month_of(name)
    return answer(PAGE, lambda visit, scene, connection: month_reply(scene, connection, window))


@residents.get("/event/<event_id:event_id>")
def event(event_id: str) -> Response:
    """One event; an id that was merged away leads to the event that it is part of now."""
    return answer(EVENT, lambda visit, scene, connection: event_reply(event_id, visit, scene, connection))


@residents.get("/event/<event_id:event_id>.png")
def event_picture(event_id: str) -> Response:
    """The picture of one event."""
    return answer(PICTURE, lambda visit, scene, connection: picture_reply(event_id, visit, scene, connection))


def agenda_or_search(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The agenda; a search when there are words to look for."""
    return found_reply(visit, scene, connection) if scene.wanted.text else agenda_reply(scene, connection)


def on_days(scene: Scene, first: date, last: date) -> Scene:
    """The visit as if these days had been asked for."""
    return replace(scene, wanted=replace(scene.wanted, first=first, last=last))


def month_of(name: str) -> Window:
    """The days of a month written 2026-12; 404 for anything else."""
    match = MONTH.fullmatch(name)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR or not 1 <= int(match[2]) <= 12:
        abort(404)
    first = date(int(match[1]), int(match[2]), 1)
    return Window(first, first_of_next_month(first))


def week_of(name: str) -> Window:
    """The days of a week written 2026-W49; 404 for anything else."""
    match = WEEK.fullmatch(name)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        abort(404)
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        abort(404)
    return Window(monday, monday + timedelta(days=7))
