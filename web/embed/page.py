"""The embedded list: the next few lines, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aggregator.export import dates
from aggregator.model.events import Listing
from web.calendar.agenda import without_runs
from web.calendar.rows import Row, row
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class EmbeddedDay:
    """One day with its lines; `title` is "Heute, 24. November"."""

    title: str
    rows: tuple[Row, ...]


def embedded_days(listings: Sequence[Listing], most: int, scene: Scene) -> tuple[EmbeddedDay, ...]:
    """The first `most` lines that are not over; what goes on for weeks would push out the rest."""
    ahead = [each for each in without_runs(listings, scene) if each.occurrence.ends_at > scene.now]
    by_day: dict[date, list[Listing]] = {}
    for listing in ahead[:most]:
        by_day.setdefault(listing.day, []).append(listing)
    return tuple(
        EmbeddedDay(day_title(day, scene), tuple(row(each, day, scene) for each in found))
        for day, found in by_day.items()
    )


def day_title(day: date, scene: Scene) -> str:
    """The day, today and tomorrow by that name."""
    if 0 <= (day - scene.today).days <= 1:
        near = dates.day_words(day, scene.today, scene.language)
        return f"{near[:1].upper()}{near[1:]}, {dates.day_span(day, day, scene.language)}"
    return dates.long_day(day, scene.language, with_year=day.year != scene.today.year)
