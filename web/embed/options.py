"""What an embed is asked for beside the filter: its view, its size, its words and its colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from aggregator.model.filters import EventFilter, day_of, refusal
from web.embed.colours import Colours, read_colours

LIST, NEXT, MONTH, MAP = "list", "next", "month", "map"
VIEWS = (LIST, NEXT, MONTH, MAP)
PARAMETERS = ("view", "count", "limit", "title", "colours", "accent", "paper", "ink", "month", "day", "event")
USUAL_LINES = {LIST: 10, NEXT: 5, MONTH: 5, MAP: 8}
MOST_LINES = 50
LONGEST_TITLE = 80
EVENT_SHAPE = re.compile(r"[\w-]{1,80}")
MONTH_SHAPE = re.compile(r"(?:19|2\d)\d\d-(?:0[1-9]|1[0-2])")
# What is high enough for most towns when no script can tell the real height, in pixels.
HEIGHTS = {LIST: 560, NEXT: 480, MONTH: 640, MAP: 760}
HEIGHT_OF_AN_EVENT = 280


@dataclass(frozen=True, slots=True)
class EmbedOptions:
    """One embed; `count` 0 and an empty `title` mean the usual ones, `month` is a first day, `day` the chosen one.

    With the id of an `event` it shows that one alone, whatever the filter says.
    """

    view: str = LIST
    count: int = 0
    title: str = ""
    colours: Colours = Colours()
    month: date | None = None
    day: date | None = None
    event: str = ""

    @property
    def lines(self) -> int:
        """How many lines at most."""
        return self.count or USUAL_LINES[self.view]

    @property
    def height(self) -> int:
        """The height of the frame in pixels, where no script can tell it."""
        if self.event:
            return HEIGHT_OF_AN_EVENT
        per_line = {LIST: 56, NEXT: 72, MONTH: 0, MAP: 0}[self.view]
        return min(800, max(320, 128 + per_line * self.lines)) if self.count and per_line else HEIGHTS[self.view]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The parameters that ask for this embed, those with a usual value left out."""
        named = (
            ("view", self.view if self.view != LIST else ""),
            ("count", str(self.count) if self.count and self.count != USUAL_LINES[self.view] else ""),
            ("title", self.title),
            *self.colours.pairs,
            ("month", f"{self.month:%Y-%m}" if self.month else ""),
            ("day", self.day.isoformat() if self.day else ""),
            ("event", self.event),
        )
        return tuple((name, value) for name, value in named if value)

    def query(self, wanted: EventFilter) -> str:
        """The query of the embed with its filter."""
        return "&".join(part for part in (wanted.query(), urlencode(self.pairs)) if part)

    def on(self, month: date, day: date | None = None) -> EmbedOptions:
        """The same embed at another month, or at a day of it."""
        return replace(self, month=month.replace(day=1), day=day)


def read_options(own: Mapping[str, str]) -> EmbedOptions:
    """The embed that a query asks for; `limit` is the older name of `count`.

    Raises FilterError.
    """
    view = own.get("view", LIST)
    if view not in VIEWS:
        raise refusal(
            "view", "Hier geht nur list, next, month oder map", "Only list, next, month or map is possible here"
        )
    count = next((read_count(name, own[name]) for name in ("count", "limit") if name in own), 0)
    title = " ".join(own.get("title", "").split())
    if len(title) > LONGEST_TITLE:
        raise refusal("title", "Die Überschrift ist zu lang", "The heading is too long")
    month = read_month(own["month"]) if "month" in own else None
    day = day_of("day", own["day"]) if "day" in own else None
    event = own.get("event", "")
    if event and not EVENT_SHAPE.fullmatch(event):
        raise refusal("event", "So sieht keine Kennung eines Termins aus", "This is not the shape of an event's id")
    return EmbedOptions(view, count, title, read_colours(own), month, day, event)


def read_count(name: str, value: str) -> int:
    """How many lines: 1 to 50."""
    if value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= MOST_LINES:
        return int(value)
    raise refusal(name, f"Hier geht eine Zahl von 1 bis {MOST_LINES}", f"This must be a number from 1 to {MOST_LINES}")


def read_month(value: str) -> date:
    """The first day of a month written 2026-12."""
    if MONTH_SHAPE.fullmatch(value):
        return date.fromisoformat(f"{value}-01")
    raise refusal("month", "Das ist kein Monat der Form 2026-12", "This is not a month of the form 2026-12")
