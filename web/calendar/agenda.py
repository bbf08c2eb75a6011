"""The agenda: days with their lines, long runs in one line above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aggregator.export import dates
from aggregator.model.events import Listing
from aggregator.model.notices import Notice
from aggregator.model.times import Window
from web.calendar.rows import Row, deadline_row, link_of, place_of, row, short_place
from web.scene import Scene

LONGEST_IN_DAYS = 8
"""What takes more days than this is a run: one line above the days, never repeated in each of them."""
LINES_A_DAY = 40
"""Of a day among others, so many lines: a whole region would else be megabytes. A page of one day shows all."""


@dataclass(frozen=True, slots=True)
class Run:
    """An exhibition or course that goes on for weeks."""

    title: str
    link: str
    until: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the agenda; `past` are the lines of today that are over.

    `more` lines are left out, and stand where `link` leads.
    """

    day: date
    number: str
    name: str
    relative: str
    past: tuple[Row, ...]
    rows: tuple[Row, ...]
    is_today: bool
    more: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is on in a window; `total` counts occurrences, each once and no runs."""

    days: tuple[Day, ...]
    runs: tuple[Run, ...]
    total: int


def agenda(listings: Sequence[Listing], window: Window, scene: Scene, deadlines: Sequence[Notice] = ()) -> Agenda:
    """The days of the window that have something on; without a filter today always, when it lies inside.

    `deadlines` stand first on the day on which they end.
    """
    by_day: dict[date, list[Listing]] = {}
    for listing in without_runs(listings, scene):
        for day in days_inside(listing, window):
            by_day.setdefault(day, []).append(listing)
    if window.contains(scene.today) and scene.wanted.without_dates.is_empty:
        by_day.setdefault(scene.today, [])
    due: dict[date, list[Notice]] = {}
    for notice in deadlines:
        due.setdefault(notice.last_day, []).append(notice)
        by_day.setdefault(notice.last_day, [])
    days = tuple(with_deadlines(day_of(day, by_day[day], scene), due.get(day, ()), scene) for day in sorted(by_day))
    return Agenda(days, runs_of(listings, scene), len(without_runs(listings, scene)))


def shortened(made: Agenda, scene: Scene) -> Agenda:
    """The agenda with the first lines of each day; the only day keeps all."""
    if len(made.days) == 1:
        return made
    return replace(made, days=tuple(short(day, (len(day.past), len(day.rows)), scene) for day in made.days))


def short(day: Day, numbers: tuple[int, int], scene: Scene) -> Day:
    """The day with its first lines, those over and those ahead, of so many, and a way to the others."""
    more = sum(max(number - LINES_A_DAY, 0) for number in numbers)
    if not more:
        return day
    link = scene.links.span(scene.wanted, day.day, day.day)
    return replace(day, past=day.past[-LINES_A_DAY:], rows=day.rows[:LINES_A_DAY], more=more, link=link)


def is_run(listing: Listing, scene: Scene) -> bool:
    """Whether it lasts so long that repeating it every day would drown the rest."""
    first, last = listing.occurrence.days(scene.zone)
    return (last - first).days >= LONGEST_IN_DAYS


def without_runs(listings: Sequence[Listing], scene: Scene) -> tuple[Listing, ...]:
    """The listings that have days of their own."""
    return tuple(listing for listing in listings if not is_run(listing, scene))


def days_inside(listing: Listing, window: Window) -> Iterable[date]:
    """Each day of the window on which it takes place."""
    last = min(listing.last_day, window.last - timedelta(days=1))
    return (listing.day + timedelta(days=offset) for offset in range((last - listing.day).days + 1))


def runs_of(listings: Sequence[Listing], scene: Scene) -> tuple[Run, ...]:
    """The runs among the listings, the first to end first."""
    runs = [listing for listing in listings if is_run(listing, scene)]
    return tuple(run_of(listing, scene) for listing in sorted(runs, key=lambda listing: listing.last_day))


def run_of(listing: Listing, scene: Scene) -> Run:
    """One run: where it is, and from when or until when."""
    occurrence, event = listing.occurrence, listing.published.event
    first, last = occurrence.days(scene.zone)
    with_year = last.year != scene.today.year and (last - scene.today).days > 300
    if first > scene.today:
        when = dates.day_span(first, last, scene.language, with_year)
    else:
        ending = dates.day_span(last, last, scene.language, with_year)
        when = scene.tongue.gettext("läuft bis %(day)s", day=ending)
    where = short_place(place_of(event, occurrence))
    until = f"{where}, {when}" if where else when
    return Run(occurrence.title or event.title, link_of(listing.published, occurrence, scene), until)


def day_of(day: date, listings: Sequence[Listing], scene: Scene) -> Day:
    """One day with its lines in order; what is over today stands apart."""
    today = day == scene.today
    over = [listing for listing in listings if today and listing.occurrence.ends_at <= scene.now]
    ahead = [listing for listing in listings if listing not in over]
    german = scene.language == "de"
    return Day(
        day=day,
        number=f"{day.day}." if german else str(day.day),
        name=day_name(day, scene),
        relative=relative_words(day, len(listings), scene),
        past=tuple(row(listing, day, scene) for listing in over),
        rows=tuple(row(listing, day, scene) for listing in ahead),
        is_today=today,
    )


def with_deadlines(made: Day, deadlines: Sequence[Notice], scene: Scene) -> Day:
    """The day with what must be done by then."""
    return replace(made, rows=(*(deadline_row(notice, scene) for notice in deadlines), *made.rows))


def day_name(day: date, scene: Scene) -> str:
    """The weekday, with the month when it is not the present one, and the year when that is another."""
    weekday = dates.formatted(day, "EEEE", scene.language, False)
    if (day.year, day.month) == (scene.today.year, scene.today.month):
        return weekday
    month = dates.formatted(day, "LLLL", scene.language, with_year=day.year != scene.today.year)
    return f"{weekday}, {month}"


def relative_words(day: date, count: int, scene: Scene) -> str:
    """How far off, and how much: "morgen, 11 Termine"."""
    near = dates.day_words(day, scene.today, scene.language) if 0 <= (day - scene.today).days <= 1 else ""
    number = scene.tongue.ngettext("%(num)d Termin", "%(num)d Termine", count) if count else ""
    # The column is narrow: it may break behind the comma, not inside "2 Termine".
    return ", ".join(part for part in (near, number.replace(" ", "\u00a0")) if part)


def soonest_of_each(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """Each event once, at its next occurrence: a search should not list a weekly choir fifty times."""
    soonest: dict[str, Listing] = {}
    for listing in listings:
        soonest.setdefault(listing.published.identity.id, listing)
    return tuple(soonest.values())
