"""Which days a page shows, and where paging leads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from aggregator.model.filters import EventFilter
from aggregator.model.times import Window, horizon
from web.links import monday_of

WEEK = timedelta(days=7)
LONGEST_PAGE = timedelta(days=31)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
NO_DAYS = Window(date.max, date.max)


@dataclass(frozen=True, slots=True)
class Page:
    """The days of one agenda page.

    `earlier` and `later` are the first and last days of the neighbouring pages, None at the end of
    what the filter asks for or the calendar knows.
    """

    window: Window
    earlier: tuple[date, date] | None
    later: tuple[date, date] | None


def agenda_page(wanted: EventFilter, today: date, known: Window) -> Page:
    """The page for a filter: seven days from today, or the days asked for, a month of them at most.

    `known` are the days between which one can page.
    """
    first = wanted.first or today
    if wanted.last and wanted.last < first:
        # Only an end in the past was given: its last week.
        first = wanted.last - WEEK + timedelta(days=1)
    length = min(wanted.last - first + timedelta(days=1), LONGEST_PAGE) if wanted.last else WEEK
    window = Window(first, first + length)
    return Page(window, span_before(window, length, known), span_after(window, length, wanted.last, known))


def known_days(stored: Window | None, today: date) -> Window:
    """From the first day that is stored, however long ago, to the end of what series are expanded to."""
    ahead = horizon(today).last
    return Window(min(stored.first, today), max(stored.last, ahead)) if stored else Window(today, ahead)


def week_page(window: Window, known: Window) -> Page:
    """The page of one week of the calendar, between its neighbours."""
    return Page(window, span_before(window, WEEK, known), span_after(window, WEEK, None, known))


def in_calendar(wanted: EventFilter) -> EventFilter:
    """The filter with its days inside the years that a page can count with."""
    first, last = (min(max(day, FIRST_DAY), LAST_DAY) if day else None for day in (wanted.first, wanted.last))
    return replace(wanted, first=first, last=last)


def span_before(window: Window, length: timedelta, known: Window) -> tuple[date, date] | None:
    """The page before, as long as the calendar knows anything there."""
    last = window.first - timedelta(days=1)
    return (window.first - length, last) if known.contains(last) else None


def span_after(window: Window, length: timedelta, end: date | None, known: Window) -> tuple[date, date] | None:
    """The page after; the rest of a long span asked for goes on to its end, a short one moves on."""
    if not known.contains(window.last):
        return None
    if end and end >= window.last:
        return window.last, end
    return window.last, window.last + length - timedelta(days=1)


def search_window(wanted: EventFilter, today: date) -> Window:
    """Where a search for words looks: all that is known from today on, or the days asked for."""
    last = wanted.last + timedelta(days=1) if wanted.last else horizon(today).last
    first = wanted.first or (FIRST_DAY if last <= today else today)
    return Window(first, max(last, first))


def narrowed(window: Window, wanted: EventFilter) -> Window:
    """The part of a month or week that the filter's own dates leave."""
    first = max(window.first, wanted.first or window.first)
    last = min(window.last, wanted.last + timedelta(days=1) if wanted.last else window.last)
    return Window(first, max(first, last))


def weekend(today: date) -> tuple[date, date]:
    """The days of this weekend that are not over: Saturday and Sunday, on a Sunday that day alone."""
    saturday = monday_of(today) + timedelta(days=5)
    return max(today, saturday), saturday + timedelta(days=1)
