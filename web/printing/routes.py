"""The notice board: one week on a sheet of A4, or as text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response
from sqlalchemy import Connection

from aggregator.export import dates
from aggregator.model.filters import refusal
from aggregator.model.times import Window
from aggregator.store import calendar
from web.answering import Kind, Rhythm, answer
from web.calendar.reading import Step
from web.calendar.windows import in_calendar
from web.kept import Reply
from web.links import monday_of
from web.pages import page
from web.printing.plain import plain_sheet
from web.printing.sheet import Sheet, sheet
from web.qr import qr_drawing
from web.scene import Scene
from web.visits import Visit

printing = Blueprint("printing", __name__)

PRINT = Kind(Rhythm.EACH_MINUTE, own=("week",))
WEEK = timedelta(days=7)
LONGEST = timedelta(days=14)
WEEK_SHAPE = re.compile(r"(\d{4})-W(\d{2})")


@printing.get("/print")
def sheet_page() -> Response:
    """The sheet."""
    return answer(PRINT, sheet_reply)


@printing.get("/print.txt")
def sheet_text() -> Response:
    """The sheet as text."""
    return answer(PRINT, text_reply)


def sheet_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The sheet as a page that prints on A4."""
    made, window = read_sheet(visit, scene, connection)
    say, wanted = scene.tongue.gettext, scene.wanted.without_dates
    address = scene.settings.site.base_url + scene.links.agenda(wanted)
    monday = monday_of(window.first)
    return page(
        "print.html",
        scene,
        sheet=made,
        own_query=week_query(window.first) if "week" in visit.own else "",
        host=scene.settings.site.base_url.split("://", 1)[-1],
        qr=qr_drawing(address, say("QR-Code: zum Kalender")),
        back_link=scene.links.agenda(scene.wanted),
        text_link=scene.links.to("/print.txt", joined(scene.wanted.query(), own_week(visit))),
        weeks=(week_step(monday - WEEK, scene), week_step(monday + WEEK, scene)),
    )


def text_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The sheet as plain text."""
    made, _ = read_sheet(visit, scene, connection)
    address = scene.settings.site.base_url + scene.links.agenda(scene.wanted.without_dates)
    return Reply(plain_sheet(made, address, scene).encode(), "text/plain; charset=utf-8")


def read_sheet(visit: Visit, scene: Scene, connection: Connection) -> tuple[Sheet, Window]:
    """The sheet of the week asked for, of the days of the filter, or of the next seven days."""
    scene = replace(scene, wanted=in_calendar(scene.wanted))
    window = window_of(visit, scene)
    wanted = replace(scene, wanted=scene.wanted.without_dates)
    return sheet(calendar.listings(connection, window, wanted.wanted), window, wanted), window


def window_of(visit: Visit, scene: Scene) -> Window:
    """Which days: a whole week, or two weeks at most from the filter's first day on."""
    if "week" in visit.own:
        return week_window(visit.own["week"])
    first = scene.wanted.first or scene.today
    last = scene.wanted.last + timedelta(days=1) if scene.wanted.last else first + WEEK
    return Window(first, max(first + timedelta(days=1), min(last, first + LONGEST)))


def week_window(value: str) -> Window:
    """The days of a week written 2026-W49.

    Raises FilterError.
    """
    match = WEEK_SHAPE.fullmatch(value)
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        monday = None
    if monday is None or not 1900 <= monday.year <= 2999:
        raise refusal("week", "Das ist keine Woche der Form 2026-W49", "This is not a week of the form 2026-W49")
    return Window(monday, monday + WEEK)


def week_step(monday: date, scene: Scene) -> Step:
    """The way to the sheet of another week."""
    words = dates.day_span(monday, monday + timedelta(days=6), scene.language)
    return Step(words, scene.links.to("/print", joined(scene.wanted.without_dates.query(), week_query(monday))))


def week_query(monday: date) -> str:
    """The parameter of the week that begins on a Monday."""
    year, week, _ = monday.isocalendar()
    return urlencode({"week": f"{year:04}-W{week:02}"})


def own_week(visit: Visit) -> str:
    """The week of this visit as a query, if one was asked for."""
    return urlencode({"week": visit.own["week"]}) if "week" in visit.own else ""


def joined(*queries: str) -> str:
    """Queries put together, the empty ones left out."""
    return "&".join(query for query in queries if query)
