"""The month's table in pieces that are kept: a week is drawn anew only when something in it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup
from sqlalchemy import Connection

from aggregator.model.times import Window
from aggregator.store import calendar
from web.calendar import windows
from web.calendar.agenda import Run, runs_of
from web.calendar.excerpts import MonthExcerpt, Place, WeekExcerpt, month_excerpt
from web.calendar.month import Numbers, Week, month, week
from web.calendar.navigation import weekday_names
from web.pages import piece
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class Table:
    """The weeks and the long runs as they stand in the page, and how many there are."""

    weeks: tuple[Markup, ...]
    running: Markup
    total: int
    initiatives: int
    is_empty: bool


def table(window: Window, scene: Scene, connection: Connection) -> Table:
    """The month of what is wanted."""
    found = month_excerpt(window, scene, connection)
    if found is None:
        return listed(window, scene, connection)
    return Table(
        weeks=tuple(kept_week(one, window, scene, connection) for one in found.weeks),
        running=kept_runs(found, scene, connection),
        total=found.total,
        initiatives=found.initiatives,
        is_empty=found.is_empty,
    )


def listed(window: Window, scene: Scene, connection: Connection) -> Table:
    """The month of which only some days are wanted: read whole, and nothing of it kept."""
    asked = scene.wanted.without_dates
    listings = calendar.listings(connection, windows.narrowed(window, scene.wanted), asked)
    made = month(listings, window, scene)
    weeks = tuple(drawn(one, scene) for one in made.weeks)
    return Table(weeks, drawn_runs(made.runs), made.total, made.initiatives, not listings)


def kept_week(found: WeekExcerpt, window: Window, scene: Scene, connection: Connection) -> Markup:
    """The rows of one week; what decides on them beside their events is their name."""
    sunday = found.monday + timedelta(days=6)
    # Days that are over look different, and today does.
    today = min(max(scene.today, found.monday - timedelta(days=1)), sunday + timedelta(days=1))
    name = ("week", window, today, found, scene.wanted, scene.language, scene.links)

    def made() -> Markup:
        days = (found.monday + timedelta(days=number) for number in range(7))
        numbers = Numbers(dict(zip(days, found.by_day, strict=True)), 0, 0, {found.monday: found.left_out})
        listings = calendar.listed_at(connection, found.places)
        return drawn(week(found.monday, (listings, numbers), window, scene), scene)

    return scene.derived.fragment(name, events_of(found.places), made)


def kept_runs(found: MonthExcerpt, scene: Scene, connection: Connection) -> Markup:
    """What runs for weeks."""
    name = ("runs", scene.today, found.runs, scene.language, scene.links)
    return scene.derived.fragment(
        name,
        events_of(found.runs),
        lambda: drawn_runs(runs_of(calendar.listed_at(connection, found.runs), scene)),
    )


def events_of(places: Sequence[Place]) -> Iterator[str]:
    """The events of these occurrences."""
    return (event for event, *_ in places)


def drawn(one: Week, scene: Scene) -> Markup:
    """The rows of a week."""
    return piece("month_parts.html", "week", one, weekday_names(scene.language))


def drawn_runs(runs: Sequence[Run]) -> Markup:
    """The lines above the table."""
    return piece("parts.html", "running", runs)
