"""The embedded month: a small table of days to press, and below it what is on at the chosen day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import get_day_names

from aggregator.export import dates
from aggregator.model.times import Window
from web.calendar.navigation import MANY, SOME
from web.embed.options import EmbedOptions
from web.links import first_of_next_month, first_of_previous_month, monday_of
from web.scene import Scene

# One month more than this back, and one more ahead, would hold nothing (model.times.horizon).
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Dot:
    """One day: `link` is empty when nothing is on; `load` is the class of its mark, `words` say it."""

    number: int
    link: str
    load: str
    words: str
    is_chosen: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class DotMonth:
    """A month of days with marks; `earlier` and `later` are (word, whole name, address), None at the ends."""

    title: str
    earlier: tuple[str, str, str] | None
    later: tuple[str, str, str] | None
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[Dot | None, ...], ...]


def month_shown(options: EmbedOptions, today: date) -> date:
    """The first of the month to show: the one asked for, that of the day asked for, else the present one."""
    return options.month or (options.day or today).replace(day=1)


def chosen_day(options: EmbedOptions, first: date, counts: Mapping[date, int], today: date) -> date | None:
    """The day whose lines stand below: the one asked for, else the first from today on with something on."""
    if options.day and (options.day.year, options.day.month) == (first.year, first.month):
        return options.day
    return next((day for day in sorted(counts) if day >= today), None) or min(counts, default=None)


def dot_month(
    first: date, chosen: date | None, counts: Mapping[date, int], options: EmbedOptions, scene: Scene
) -> DotMonth:
    """The month that begins on `first`, with `counts` for its days."""
    weeks = (first_of_next_month(first) - monday_of(first) + timedelta(days=6)) // timedelta(days=7)
    days = [monday_of(first) + timedelta(days=number) for number in range(weeks * 7)]
    cells = [dot(day, chosen, counts.get(day, 0), options, scene) if day.month == first.month else None for day in days]
    locale = dates.words_of(scene.language).locale
    short, wide = (get_day_names(width, locale=locale) for width in ("short", "wide"))
    return DotMonth(
        title=dates.formatted(first, "LLLL", scene.language, with_year=True),
        earlier=step(first_of_previous_month(first), options, scene),
        later=step(first_of_next_month(first), options, scene),
        weekdays=tuple((short[number].rstrip("."), wide[number]) for number in range(7)),
        weeks=tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7)),
    )


def step(month: date, options: EmbedOptions, scene: Scene) -> tuple[str, str, str] | None:
    """The way to another month."""
    if abs(month - scene.today) > FURTHEST:
        return None
    link = scene.links.to("/embed", options.on(month).query(scene.wanted))
    short = dates.formatted(month, "LLL", scene.language, with_year=False).rstrip(".")
    return short, dates.formatted(month, "LLLL", scene.language, with_year=True), link


def dot(day: date, chosen: date | None, count: int, options: EmbedOptions, scene: Scene) -> Dot:
    """One day; many occurrences make a wide mark, and a word for those who hear the page."""
    number = scene.tongue.ngettext("%(num)d Termin", "%(num)d Termine", count)
    return Dot(
        number=day.day,
        link=scene.links.to("/embed", options.on(day, day).query(scene.wanted)) if count else "",
        load="n3" if count >= MANY else "n2" if count >= SOME else "n1",
        words=f"{dates.day_span(day, day, scene.language)}, {number}",
        is_chosen=day == chosen,
        is_today=day == scene.today,
    )


def window_of(first: date) -> Window:
    """The days of the month that begins on `first`."""
    return Window(first, first_of_next_month(first))
