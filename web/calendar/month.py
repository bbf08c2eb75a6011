"""The month as a table of weeks: a few lines a day, several days as a bar across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aggregator.export import dates
from aggregator.model.events import Listing
from aggregator.model.times import Window
from web.calendar.agenda import Run, runs_of, without_runs
from web.calendar.rows import link_of, states_of, time_words
from web.links import monday_of
from web.scene import Scene

LINES_A_DAY = 4
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line in a day's cell; `word` is its state in lower case, `kind` that state's class."""

    time: str
    title: str
    link: str
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One day; `more` is how many lines were left out."""

    day: date
    link: str
    classes: str
    is_outside: bool
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Something of several days, or the gap before it: `columns` wide, without `title` when a gap."""

    columns: int
    title: str = ""
    link: str = ""
    days: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven cells, and rows of bars above them that each fill seven columns.

    `more` is how many bars were left out; `link` leads to the whole week.
    """

    bars: tuple[tuple[Bar, ...], ...]
    cells: tuple[Cell, ...]
    more: int
    link: str


@dataclass(frozen=True, slots=True)
class Month:
    """The whole table; `initiatives` counts those that have something on."""

    weeks: tuple[Week, ...]
    runs: tuple[Run, ...]
    total: int
    initiatives: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many there are when only some are given.

    `by_day` counts what takes one day, `total` all but long runs, `initiatives` those that announce anything;
    `left_out` are bars by the Monday of their week.
    """

    by_day: Mapping[date, int]
    total: int
    initiatives: int
    left_out: Mapping[date, int]


def month(listings: Sequence[Listing], window: Window, scene: Scene, numbers: Numbers | None = None) -> Month:
    """The weeks of a month with what is on; `window` is the month. Without `numbers` the listings are all there are."""
    shown = without_runs(listings, scene)
    numbers = numbers or numbers_of(shown, scene)
    weeks = tuple(week(monday, (shown, numbers), window, scene) for monday in mondays_of(window))
    return Month(weeks, runs_of(listings, scene), numbers.total, numbers.initiatives)


def mondays_of(window: Window) -> list[date]:
    """On which days the weeks of a month begin."""
    monday = monday_of(window.first)
    return [monday + WEEK * number for number in range((window.last - monday + timedelta(days=6)) // WEEK)]


def numbers_of(shown: Sequence[Listing], scene: Scene) -> Numbers:
    """The numbers of listings that are all there are."""
    single = (one.day for one in shown if len(set(one.occurrence.days(scene.zone))) == 1)
    announcing = {name for one in shown for name in one.published.event.initiatives}
    return Numbers(Counter(single), len(shown), len(announcing), {})


def week(monday: date, known: tuple[Sequence[Listing], Numbers], window: Window, scene: Scene) -> Week:
    """One row of the table."""
    listings, numbers = known
    days = [monday + timedelta(days=offset) for offset in range(7)]
    single: dict[date, list[Listing]] = {day: [] for day in days}
    several = []
    for listing in listings:
        if listing.last_day < monday or listing.day > days[-1]:
            continue
        first, last = listing.occurrence.days(scene.zone)
        if first != last:
            several.append(listing)
        else:
            single[listing.day].append(listing)
    cells = tuple(cell(day, (single[day], numbers.by_day.get(day, 0)), window, scene) for day in days)
    link = scene.links.week(scene.wanted, monday)
    return Week(bars(monday, several, window, scene), cells, numbers.left_out.get(monday, 0), link)


def cell(day: date, known: tuple[Sequence[Listing], int], window: Window, scene: Scene) -> Cell:
    """One day with the number of its lines; a fifth line is shown rather than the words "1 weiterer"."""
    listings, number = known
    outside = not window.contains(day)
    shown = listings if number <= LINES_A_DAY + 1 else listings[:LINES_A_DAY]
    marks = {
        "is-out": outside,
        "is-today": day == scene.today,
        "is-past": day < scene.today,
        "is-weekend": day.weekday() >= 5,
        "is-empty": not listings and not outside,
    }
    return Cell(
        day=day,
        link=scene.links.day(scene.wanted, day),
        classes=" ".join(name for name, holds in marks.items() if holds),
        is_outside=outside,
        entries=() if outside else tuple(entry(listing, scene) for listing in shown),
        more=0 if outside else number - len(shown),
    )


def entry(listing: Listing, scene: Scene) -> Entry:
    """One line: the hour, the title, and the word of its state."""
    occurrence, event = listing.occurrence, listing.published.event
    states = states_of(event, occurrence, scene)
    return Entry(
        time="" if occurrence.start.is_date else time_words(occurrence, listing.day, scene)[0],
        title=occurrence.title or event.title,
        link=link_of(listing.published, occurrence, scene),
        kind=states[0].kind if states else "",
        word=states[0].word[:1].lower() + states[0].word[1:] if states else "",
    )


def bars(monday: date, listings: Sequence[Listing], window: Window, scene: Scene) -> tuple[tuple[Bar, ...], ...]:
    """The bars of one week, packed into as few rows as first fit needs."""
    first_day, last_day = max(monday, window.first), min(monday + WEEK, window.last) - timedelta(days=1)
    rows: list[list[tuple[int, int, Listing]]] = []
    for listing in listings:
        first, last = listing.occurrence.days(scene.zone)
        if first > last_day or last < first_day:
            continue
        start, end = (max(first, first_day) - monday).days, (min(last, last_day) - monday).days
        row = next((row for row in rows if row[-1][1] < start), None)
        if row is None:
            rows.append([(start, end, listing)])
        else:
            row.append((start, end, listing))
    return tuple(bar_row(row, scene) for row in rows)


def bar_row(row: Sequence[tuple[int, int, Listing]], scene: Scene) -> tuple[Bar, ...]:
    """The bars of one row with the gaps between them, seven columns in all."""
    filled: list[Bar] = []
    column = 0
    for start, end, listing in row:
        if start > column:
            filled.append(Bar(start - column))
        filled.append(bar(listing, end - start + 1, scene))
        column = end + 1
    if column < 7:
        filled.append(Bar(7 - column))
    return tuple(filled)


def bar(listing: Listing, columns: int, scene: Scene) -> Bar:
    """One bar with its days in words."""
    occurrence, event = listing.occurrence, listing.published.event
    states = states_of(event, occurrence, scene)
    first, last = occurrence.days(scene.zone)
    return Bar(
        columns=columns,
        title=occurrence.title or event.title,
        link=link_of(listing.published, occurrence, scene),
        days=dates.day_span(first, last, scene.language),
        kind=states[0].kind if states else "",
    )
