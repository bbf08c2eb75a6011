"""Which of a month's occurrences its table needs: a few lines a day and a few bars a week, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from aggregator.model.events import Listing
from aggregator.model.times import Window
from aggregator.store import calendar
from aggregator.store.census import Census
from aggregator.store.tallying import Excerpt, excerpt
from web.calendar import windows
from web.calendar.agenda import LONGEST_IN_DAYS
from web.calendar.counting import tally_of
from web.calendar.month import LINES_A_DAY, Numbers
from web.links import monday_of
from web.scene import Scene

MOST_BARS = 16
MOST_RUNS = 24


def month_listings(window: Window, scene: Scene, connection: Connection) -> tuple[tuple[Listing, ...], Numbers | None]:
    """The listings that a month shows, and how many there are in all; None where all are given."""
    anywhere = scene.wanted.without_dates
    tally = tally_of(window, anywhere, scene, connection)
    if tally is None or scene.wanted != anywhere:
        return calendar.listings(connection, windows.narrowed(window, scene.wanted), anywhere), None
    census = tally.census
    name = ("excerpt", anywhere)
    found: Excerpt = census.remembered(name, lambda: excerpt(tally, LINES_A_DAY + 1, LONGEST_IN_DAYS))
    several: tuple[set[int], dict[date, int]] = census.remembered(
        ("several", anywhere), lambda: several_shown(found.several, census)
    )
    chosen = sorted({*found.singles, *several[0]})
    places = [place_of(census, at) for at in chosen]
    return calendar.listed_at(connection, places), Numbers(found.by_day, found.total, found.initiatives, several[1])


def place_of(census: Census, at: int) -> tuple[str, int, date, date]:
    """The occurrence as the store knows it: event, position, the day on which it is first seen, and its last."""
    event, days = census.ids[census.event[at]], (census.day[at], census.last[at])
    return event, census.position[at], date.fromordinal(days[0]), date.fromordinal(days[1])


def several_shown(several: Sequence[int], census: Census) -> tuple[set[int], dict[date, int]]:
    """Of all that takes several days, the bars and the long runs that are shown; how many bars each week leaves out."""
    runs = {at for at in several if census.last[at] - census.first[at] >= LONGEST_IN_DAYS}
    soonest = sorted(runs, key=lambda at: (census.last[at], at))[:MOST_RUNS]
    bars, left_out = bars_shown([at for at in several if at not in runs], census)
    return {*bars, *soonest}, left_out


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
