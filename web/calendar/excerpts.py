"""Which of a month's occurrences its table needs: a few lines a day and a few bars a week, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from aggregator.model.times import Window
from aggregator.store.census import Census
from aggregator.store.tallying import Tally, excerpt
from web.calendar.agenda import LONGEST_IN_DAYS
from web.calendar.counting import tally_of
from web.calendar.month import LINES_A_DAY, WEEK, mondays_of
from web.links import monday_of
from web.scene import Scene

MOST_BARS = 16
MOST_RUNS = 24


Place = tuple[str, int, date, date]
"""An occurrence as the store knows it: event, position, the day on which it is first seen, and its last."""


@dataclass(frozen=True, slots=True)
class WeekExcerpt:
    """What one week of a month shows; `by_day` counts what takes one day from Monday on, `left_out` bars."""

    monday: date
    places: tuple[Place, ...]
    by_day: tuple[int, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class MonthExcerpt:
    """What a month shows: its weeks, the long runs, and how many there are in all (web.calendar.month.Numbers)."""

    weeks: tuple[WeekExcerpt, ...]
    runs: tuple[Place, ...]
    total: int
    initiatives: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on."""
        return not self.runs and not any(week.places for week in self.weeks)


def month_excerpt(window: Window, scene: Scene, connection: Connection) -> MonthExcerpt | None:
    """What a month shows, without a look at any event; None where the filter wants only some of its days."""
    anywhere = scene.wanted.without_dates
    tally = tally_of(window, anywhere, scene, connection)
    if tally is None or scene.wanted != anywhere:
        return None
    found: MonthExcerpt = tally.census.remembered(("month", anywhere), lambda: excerpt_of(tally))
    return found


def excerpt_of(tally: Tally) -> MonthExcerpt:
    """The same, from a census."""
    census, window = tally.census, tally.census.window
    found = excerpt(tally, LINES_A_DAY + 1, LONGEST_IN_DAYS)
    runs = {at for at in found.several if census.last[at] - census.first[at] >= LONGEST_IN_DAYS}
    soonest = sorted(runs, key=lambda at: (census.last[at], at))[:MOST_RUNS]
    bars, left_out = bars_shown([at for at in found.several if at not in runs], census)
    places = [place_of(census, at) for at in sorted({*found.singles, *bars})]
    return MonthExcerpt(
        weeks=tuple(
            WeekExcerpt(
                monday=monday,
                places=tuple(one for one in places if one[2] < monday + WEEK and one[3] >= monday),
                by_day=tuple(found.by_day.get(monday + timedelta(days=number), 0) for number in range(7)),
                left_out=left_out.get(monday, 0),
            )
            for monday in mondays_of(window)
        ),
        runs=tuple(place_of(census, at) for at in sorted(soonest)),
        total=found.total,
        initiatives=found.initiatives,
    )


def place_of(census: Census, at: int) -> Place:
    """Where the store has an occurrence of the census."""
    event, days = census.ids[census.event[at]], (census.day[at], census.last[at])
    return event, census.position[at], date.fromordinal(days[0]), date.fromordinal(days[1])


def bars_shown(several: Sequence[int], census: Census) -> tuple[set[int], dict[date, int]]:
    """The first few of each week, and how many of each are left out."""
    shown: set[int] = set()
    in_week: Counter[date] = Counter()
    left_out: Counter[date] = Counter()
    last = census.window.last - timedelta(days=1)
    for at in several:
        monday = monday_of(date.fromordinal(census.day[at]))
        ends = min(date.fromordinal(census.last[at]), last)
        weeks = [monday + timedelta(days=7 * number) for number in range((ends - monday).days // 7 + 1)]
        if all(in_week[week] < MOST_BARS for week in weeks):
            shown.add(at)
            in_week.update(weeks)
        else:
            left_out.update(weeks)
    return shown, dict(left_out)
