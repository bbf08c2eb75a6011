"""The ways through time: today, weekend, week, month, and the small month in the rail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names

from aggregator.export import dates
from aggregator.model.events import Listing
from aggregator.model.times import Window
from web.calendar.windows import weekend
from web.links import first_of_next_month, first_of_previous_month, monday_of
from web.scene import Scene

MANY, SOME = 8, 4
"""How many occurrences make the widest and the middle mark of a day."""


@dataclass(frozen=True, slots=True)
class Span:
    """One way to a span of time; `count` is None where nobody needs the number."""

    word: str
    link: str
    count: int | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class SmallDay:
    """One day of the small month; `load` is a class for how much is on, empty for nothing."""

    number: int
    link: str
    load: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SmallMonth:
    """A month as seven columns; None is a gap before or after it."""

    title: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[SmallDay | None, ...], ...]
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class Coming:
    """How many occurrences there are today, this weekend, and in the next seven days."""

    today: int
    weekend: int
    week: int


def coming_among(listings: Sequence[Listing], today: date) -> Coming:
    """Counted among the listings of the next seven days."""
    return Coming(on(listings, today, today), on(listings, *weekend(today)), len(listings))


def spans(coming: Coming, here: str, scene: Scene) -> tuple[Span, ...]:
    """The five ways; `here` is the key of the page we are on."""
    today, wanted, links = scene.today, scene.wanted.without_dates, scene.links
    saturday, sunday = weekend(today)
    say = scene.tongue.gettext
    return (
        Span(say("Heute"), links.today(wanted, today), coming.today, here == "today"),
        Span(
            say("Wochenende"),
            links.weekend(wanted, saturday, sunday),
            coming.weekend,
            here == "weekend",
        ),
        Span(say("Woche"), links.agenda(wanted), coming.week, here == "week"),
        Span(say("Monat"), links.month(wanted, today), None, here == "month"),
        Span(say("Liste"), links.list(wanted), None, here == "list"),
    )


def on(listings: Sequence[Listing], first: date, last: date) -> int:
    """How many occurrences touch the days from first to last."""
    return sum(listing.day <= last and listing.last_day >= first for listing in listings)


def here_of(window: Window, today: date) -> str:
    """Which of the ways shows this window, if any."""
    last = window.last - timedelta(days=1)
    if (window.first, last) == (today, today):
        return "today"
    if (window.first, last) == weekend(today):
        return "weekend"
    return "week" if (window.first, window.last) == (today, today + timedelta(days=7)) else ""


def small_month(shown: date, counts: Mapping[date, int], scene: Scene) -> SmallMonth:
    """The month of the day `shown`, each day with a mark of how much is on."""
    first = shown.replace(day=1)
    weeks = (first_of_next_month(first) - monday_of(first) + timedelta(days=6)) // timedelta(days=7)
    days = [monday_of(first) + timedelta(days=number) for number in range(weeks * 7)]
    cells = [small_day(day, counts.get(day, 0), scene) if day.month == first.month else None for day in days]
    return SmallMonth(
        title=dates.formatted(first, "LLLL", scene.language, with_year=True),
        weekdays=weekday_names(scene.language),
        weeks=tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7)),
        previous=scene.links.month(scene.wanted, first_of_previous_month(first)),
        following=scene.links.month(scene.wanted, first_of_next_month(first)),
    )


@cache
def weekday_names(language: str) -> tuple[tuple[str, str], ...]:
    """The weekdays from Monday on, short and whole."""
    locale = dates.words_of(language).locale
    short, wide = (get_day_names(width, locale=locale) for width in ("short", "wide"))
    return tuple((short[number].rstrip("."), wide[number]) for number in range(7))


def small_day(day: date, count: int, scene: Scene) -> SmallDay:
    """One day; many occurrences make a wide mark."""
    load = "d3" if count >= MANY else "d2" if count >= SOME else "d1" if count else ""
    return SmallDay(day.day, scene.links.day(scene.wanted, day), load, day == scene.today)
