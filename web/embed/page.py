"""The embedded lines: day by day with their days as headings, or each with its day beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aggregator.export import dates
from aggregator.model.events import Listing
from web.calendar.agenda import soonest_of_each, without_runs
from web.calendar.rows import Row, row, tiny_day
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class EmbeddedDay:
    """One day with its lines; `title` is "Heute, 24. November"."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class NextLine:
    """One line that says its own day."""

    day: str
    row: Row


def ahead(listings: Sequence[Listing], scene: Scene) -> list[Listing]:
    """What is not over; what goes on for weeks would push out the rest."""
    return [each for each in without_runs(listings, scene) if each.occurrence.ends_at > scene.now]


def embedded_days(listings: Sequence[Listing], most: int, scene: Scene) -> tuple[EmbeddedDay, ...]:
    """The first `most` lines, under their days."""
    by_day: dict[date, list[Listing]] = {}
    for listing in ahead(listings, scene)[:most]:
        by_day.setdefault(listing.day, []).append(listing)
    return tuple(
        EmbeddedDay(day_title(day, scene), tuple(row(each, day, scene) for each in found))
        for day, found in by_day.items()
    )


def next_lines(listings: Sequence[Listing], most: int, scene: Scene) -> tuple[NextLine, ...]:
    """The next `most` events, each once: five weeks of one choir would be no overview."""
    found = soonest_of_each(ahead(listings, scene))[:most]
    return tuple(line_of(each, scene) for each in found)


def line_of(listing: Listing, scene: Scene) -> NextLine:
    """One line with its day."""
    return NextLine(near_day(listing.day, scene), row(listing, listing.day, scene))


def near_day(day: date, scene: Scene) -> str:
    """ "heute", "morgen", else "Sa 5.12."."""
    if 0 <= (day - scene.today).days <= 1:
        return dates.day_words(day, scene.today, scene.language)
    return tiny_day(day, scene)


def day_title(day: date, scene: Scene) -> str:
    """The day, today and tomorrow by that name."""
    if 0 <= (day - scene.today).days <= 1:
        near = dates.day_words(day, scene.today, scene.language)
        return f"{near[:1].upper()}{near[1:]}, {dates.day_span(day, day, scene.language)}"
    return dates.long_day(day, scene.language, with_year=day.year != scene.today.year)
