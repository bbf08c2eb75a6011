"""Which of the occurrences of some days an agenda needs: the first lines of each day, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import compress

from sqlalchemy import Connection

from aggregator.model.notices import Notice
from aggregator.model.times import Window
from aggregator.store import calendar
from aggregator.store.census import Census
from aggregator.store.tallying import Tally, several_days
from web.calendar.agenda import (
    LINES_A_DAY,
    LONGEST_IN_DAYS,
    Agenda,
    Day,
    agenda,
    relative_words,
    short,
    shortened,
)
from web.calendar.counting import tally_of
from web.calendar.excerpts import place_of
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class Shown:
    """An agenda, and the ids of all events of its days, also of those that are left out."""

    agenda: Agenda
    events: Collection[str]


@dataclass(frozen=True, slots=True)
class Parted:
    """Of one day, the occurrences that are over and those ahead, by their numbers in the census."""

    past: Sequence[int]
    ahead: Sequence[int]

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.past) + len(self.ahead)


def shown_agenda(window: Window, scene: Scene, due: Sequence[Notice], connection: Connection) -> Shown:
    """The agenda of a window, shortened, with all that is due in it."""
    wanted = scene.wanted.without_dates
    tally = tally_of(window, wanted, scene, connection)
    if tally is None:
        listings = calendar.listings(connection, window, wanted)
        made = shortened(agenda(listings, window, scene, due), scene)
        return Shown(made, {listing.published.identity.id for listing in listings})
    census = tally.census
    runs = {at for at in several_days(census) if tally.rows[at] and is_run(census, at)}
    days = {day: parted(day, found, scene, tally) for day, found in by_day(tally, runs).items()}
    every = len({*days, *(one.last_day for one in due)}) == 1
    chosen = sorted({*runs, *(at for day in days.values() for at in (all_of(day) if every else first_lines(day)))})
    listings = calendar.listed_at(connection, [place_of(census, at) for at in chosen])
    made = replace(agenda(listings, window, scene, due), total=tally.rows.count(1) - len(runs))
    deadlines = Counter(one.last_day for one in due)
    shown = tuple(short_by(day, days.get(day.day, NOTHING), deadlines[day.day], scene) for day in made.days)
    return Shown(
        made if len(made.days) == 1 else replace(made, days=shown),
        set(map(census.ids.__getitem__, compress(census.event, tally.rows))),
    )


NOTHING = Parted((), ())


def first_lines(day: Parted) -> Sequence[int]:
    """Those that a day among others may show."""
    return [*day.past[-LINES_A_DAY:], *day.ahead[:LINES_A_DAY]]


def all_of(day: Parted) -> Sequence[int]:
    """Those that the only day shows."""
    return [*day.past, *day.ahead]


def short_by(made: Day, known: Parted, deadlines: int, scene: Scene) -> Day:
    """The day shortened, with the numbers of all that is known of it: it was made of some."""
    over, ahead = len(known.past), deadlines + len(known.ahead)
    day = short(made, (over, ahead), scene)
    return replace(day, relative=relative_words(day.day, known.number, scene))


def is_run(census: Census, at: int) -> bool:
    """Whether it lasts so long that it stands above the days (web.calendar.agenda.is_run)."""
    return census.last[at] - census.first[at] >= LONGEST_IN_DAYS


def by_day(tally: Tally, runs: Collection[int]) -> dict[date, list[int]]:
    """The wanted occurrences of each day, in the order of a page; what takes several days stands in each."""
    census, rows = tally.census, tally.rows
    found: dict[int, list[int]] = {}
    for at in several_days(census):
        if rows[at] and at not in runs:
            last = min(census.last[at], census.window.last.toordinal() - 1)
            for day in range(census.day[at] + 1, last + 1):
                found.setdefault(day, []).append(at)
    for day, (first, last) in census.starts.items():
        begun = [at for at in range(first, last) if rows[at] and at not in runs]
        if begun:
            found.setdefault(day, []).extend(begun)
    return {date.fromordinal(day): numbers for day, numbers in found.items()}


def parted(day: date, found: Sequence[int], scene: Scene, tally: Tally) -> Parted:
    """What is over of today, and what is ahead; on another day all is ahead."""
    if day != scene.today:
        return Parted((), found)
    census = tally.census
    over = calendar.over(tally.connection, Window(day, day + timedelta(days=1)), scene.now)
    is_over = [(census.ids[census.event[at]], census.position[at]) in over for at in found]
    past = [at for at, known in zip(found, is_over, strict=True) if known]
    return Parted(past, [at for at, known in zip(found, is_over, strict=True) if not known])
