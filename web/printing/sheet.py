"""One week on a sheet of paper: its days, its lines, and how large they can be set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from aggregator.export import dates
from aggregator.model.events import Listing
from aggregator.model.times import Window, zone_info
from web.calendar.agenda import Agenda, Run, agenda
from web.calendar.choices import conditions
from web.calendar.rows import Row
from web.links import monday_of
from web.scene import Scene

# The two columns of an A4 sheet hold this many millimetres of text, a little kept back since days stay whole.
ROOM = 392
SIZES = (("l", 13.0), ("m", 11.5), ("n", 10.0), ("s", 9.0))
DENSE, DENSE_POINTS = "dense", 9.0
MILLIMETRES = 0.3528
LINE_HEIGHT = 1.3
COLUMN = 72.0
# How wide an average letter is, in parts of the type size.
LETTER = 0.54


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day with its lines; `title` is "Dienstag, 24.", `long_title` names the month too."""

    title: str
    long_title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet; `size` is the class that sets its type, `made` when it was made."""

    title: str
    subtitle: str
    days: tuple[SheetDay, ...]
    runs: tuple[Run, ...]
    size: str
    made: str


def sheet(listings: Sequence[Listing], window: Window, scene: Scene) -> Sheet:
    """The sheet of the days in the window; what is over today is left out no more than it is on the wall."""
    made = agenda(listings, window, scene)
    days = tuple(sheet_day(day.day, (*day.past, *day.rows), scene) for day in made.days if day.past or day.rows)
    return Sheet(
        title=title_of(window, scene),
        subtitle=subtitle_of(window, scene),
        days=days,
        runs=made.runs,
        size=size_of(days, made),
        made=moment_words(scene),
    )


def sheet_day(day: date, rows: tuple[Row, ...], scene: Scene) -> SheetDay:
    """One day."""
    german = scene.language == "de"
    title = dates.formatted(day, "EEEE, d." if german else "EEEE d", scene.language, with_year=False)
    return SheetDay(title, dates.long_day(day, scene.language, with_year=False), rows)


def title_of(window: Window, scene: Scene) -> str:
    """What the week is called from where we are."""
    say = scene.tongue.gettext
    this_monday = monday_of(scene.today)
    if window.first == scene.today or window.first == this_monday:
        return say("Was ist los diese Woche")
    if window.first == this_monday + timedelta(days=7):
        return say("Was ist los nächste Woche")
    return say("Was ist los")


def subtitle_of(window: Window, scene: Scene) -> str:
    """Where, when, and what was chosen."""
    last = window.last - timedelta(days=1)
    parts = [
        scene.settings.site.region_name,
        dates.day_span(window.first, last, scene.language, with_year=True),
        *(words for words, _ in conditions(scene)),
    ]
    return ", ".join(part for part in parts if part)


def moment_words(scene: Scene) -> str:
    """When the sheet was made: "24. November, 13:53 Uhr"."""
    local = scene.now.astimezone(zone_info(scene.zone))
    day = dates.day_span(scene.today, scene.today, scene.language)
    return f"{day}, {dates.clock_words(local, scene.language)}"


def size_of(days: Sequence[SheetDay], made: Agenda) -> str:
    """The largest type in which everything should fit on one page; the densest when nothing does."""
    for name, points in SIZES:
        if height_of(days, made, points) <= ROOM:
            return name
    return DENSE


def height_of(days: Sequence[SheetDay], made: Agenda, points: float) -> float:
    """How long the text is in one column, in millimetres, at a type size in points."""
    size = points * MILLIMETRES
    line = size * LINE_HEIGHT
    headings = len(days) + bool(made.runs)
    entries = [(row.title, row.place, len(row.states)) for day in days for row in day.rows]
    entries += [(run.title, run.until, 0) for run in made.runs]
    rows = sum(rows_of(title, size) + rows_of(place, size) + states for title, place, states in entries)
    return headings * (2.3 * line + 4) + rows * line + len(entries) * 1.4


def rows_of(text: str, size: float) -> int:
    """How many lines a text takes in a column."""
    return ceil(len(text) * size * LETTER / COLUMN)
