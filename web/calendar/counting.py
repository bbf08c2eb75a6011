"""How many events each further choice would bring, from a census of the days or, for long spans, from the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from aggregator.model.filters import WEEKDAYS, EventFilter
from aggregator.model.times import Window
from aggregator.model.umbrellas import umbrellas_of
from aggregator.store import calendar
from aggregator.store.tallying import Tally
from web.calendar.agenda import LONGEST_IN_DAYS
from web.calendar.choices import Counts
from web.calendar.navigation import Coming
from web.calendar.quick import quick_filters
from web.calendar.windows import weekend
from web.scene import Scene


def tally_of(window: Window, wanted: EventFilter, scene: Scene, connection: Connection) -> Tally | None:
    """The filter's part of the days; None for a long window. Dates of the filter do not count here."""
    census = scene.derived.census(window, connection)
    return Tally(census, wanted, connection) if census else None


def counts_of(window: Window, scene: Scene, connection: Connection) -> Counts:
    """How many events each further choice would bring; one that widens is counted without its own list."""
    anywhere = scene.wanted.without_dates
    tally = tally_of(window, anywhere, scene, connection)
    if tally is None:
        return asked(window, replace(scene, wanted=anywhere), connection)
    name = ("counts", anywhere, scene.language)
    found: Counts = tally.census.remembered(name, lambda: tallied(tally, replace(scene, wanted=anywhere)))
    return found


def offered(scene: Scene) -> dict[str, EventFilter]:
    """The quick filters that are not set, by their words."""
    return {one.label: one.on for one in quick_filters(scene) if not one.is_set}


def tallied(tally: Tally, scene: Scene) -> Counts:
    """The same, counted in a census."""
    anywhere = tally.wanted
    return Counts(
        topics=tally.of(replace(anywhere, topics=())).topics(),
        initiatives=tally.of(replace(anywhere, initiatives=())).initiatives(),
        umbrellas=tally.of(replace(anywhere, umbrellas=())).umbrellas(umbrellas_of(scene.initiatives)),
        places=tally.of(replace(anywhere, places=())).places(),
        weekdays=by_name(tally.of(replace(anywhere, weekdays=())).weekdays()),
        languages=tally.of(replace(anywhere, languages=())).languages(),
        quick={label: tally.of(wanted).number for label, wanted in offered(scene).items()},
    )


def asked(window: Window, scene: Scene, connection: Connection) -> Counts:
    """The same, asked of the database."""
    anywhere, named = scene.wanted, umbrellas_of(scene.initiatives)
    return Counts(
        topics=calendar.topic_counts(connection, window, replace(anywhere, topics=())),
        initiatives=calendar.initiative_counts(connection, window, replace(anywhere, initiatives=())),
        umbrellas=calendar.umbrella_counts(connection, window, replace(anywhere, umbrellas=()), named),
        places=calendar.place_counts(connection, window, replace(anywhere, places=())),
        weekdays=by_name(calendar.weekday_counts(connection, window, replace(anywhere, weekdays=()))),
        languages=calendar.language_counts(connection, window, replace(anywhere, languages=())),
        quick={label: calendar.event_count(connection, window, wanted) for label, wanted in offered(scene).items()},
    )


def by_name(weekdays: dict[int, int]) -> dict[str, int]:
    """The counts by the names that stand in addresses."""
    return {WEEKDAYS[weekday]: count for weekday, count in weekdays.items()}


def coming(scene: Scene, connection: Connection) -> Coming:
    """How many occurrences there are today, this weekend, and in the next seven days."""
    week = Window(scene.today, scene.today + timedelta(days=7))
    tally = tally_of(week, scene.wanted.without_dates, scene, connection)
    if tally is None:
        raise ValueError("a week has a census")
    spans = ((scene.today, scene.today), weekend(scene.today), (scene.today, week.last - timedelta(days=1)))
    name = ("coming", scene.wanted.without_dates)
    found: tuple[int, int, int] = tally.census.remembered(
        name, lambda: tuple(tally.touching(*span, LONGEST_IN_DAYS) for span in spans)
    )
    return Coming(*found)


def by_day(month: Window, scene: Scene, connection: Connection) -> dict[date, int]:
    """How many occurrences each day of a month has, without long runs."""
    tally = tally_of(month, scene.wanted.without_dates, scene, connection)
    if tally is None:
        raise ValueError("a month has a census")
    name = ("by day", scene.wanted.without_dates)
    found: dict[date, int] = tally.census.remembered(name, lambda: tally.by_day(LONGEST_IN_DAYS))
    return found


def number_of(window: Window, wanted: EventFilter, scene: Scene, connection: Connection) -> int:
    """How many events a filter without dates brings."""
    tally = tally_of(window, wanted, scene, connection)
    return calendar.event_count(connection, window, wanted) if tally is None else tally.number
