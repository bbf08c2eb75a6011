"""A search, and the list of everything ahead: each event once, at its next occurrence, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from aggregator.model.events import Listing
from aggregator.model.records import Status
from aggregator.model.times import Window
from aggregator.store import calendar
from aggregator.store.tallying import soonest
from web.calendar import headings, windows
from web.calendar.again import search_again
from web.calendar.agenda import Agenda, agenda
from web.calendar.counting import number_of as number_of_events
from web.calendar.counting import tally_of
from web.calendar.excerpts import place_of
from web.calendar.reading import Step, beside, emptiness, hidden_fields
from web.calendar.rows import Row, link_of, status_of
from web.kept import Reply
from web.links import own_query
from web.pages import page
from web.scene import Scene
from web.visits import Visit, number_of

A_PAGE = 50
MOST_PAGES = 10_000


def found_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """One page of what is found; without words it is the list of all that the filter wants."""
    scene = replace(scene, wanted=windows.in_calendar(scene.wanted))
    number = number_of(visit, "page", 1, MOST_PAGES)
    window = windows.search_window(scene.wanted, scene.today)
    anywhere, is_search = scene.wanted.without_dates, bool(scene.wanted.text)
    total = number_of_events(window, anywhere, scene, connection)
    found = latest_or_soonest(window, (number - 1) * A_PAGE, scene, connection)
    around = beside("search" if is_search else "list", window, scene, connection)
    return page(
        "agenda.html",
        scene,
        title=headings.search_title(total, scene) if is_search else headings.list_title(scene),
        subtitle=headings.search_subtitle(total, scene),
        agenda=folded(found, scene),
        pager=pager(number, total, scene) if total else None,
        further=(),
        emptiness=None if total else emptiness(window, scene, connection),
        again=None if total else search_again(hidden_fields(scene), scene, connection),
        own_query=own_query(page=visit.own.get("page", "")),
        **around,
    )


def latest_or_soonest(window: Window, offset: int, scene: Scene, connection: Connection) -> Sequence[Listing]:
    """A page of what is wanted in the window: each event at its next occurrence, of what is over at its last."""
    wanted = scene.wanted.without_dates
    if is_over(scene):
        return calendar.latest(connection, window, wanted, A_PAGE, offset)
    tally = tally_of(window, wanted, scene, connection)
    if tally is None:
        return calendar.soonest(connection, window, wanted, A_PAGE, offset)
    numbers = soonest(tally, A_PAGE, offset)
    return calendar.listed_at(connection, [place_of(tally.census, at) for at in numbers])


def folded(found: Sequence[Listing], scene: Scene) -> Agenda:
    """The days with what was found; a series stands there once and tells how often it comes again."""
    once = [replace(listing, last_day=listing.day) for listing in found]
    made = agenda(once, windows.NO_DAYS, scene)
    again = {link_of(each.published, each.occurrence, scene): again_words(each, scene) for each in once}
    if is_over(scene):
        return replace(made, days=made.days[::-1])
    days = tuple(
        replace(day, rows=tuple(with_note(row, again.get(row.link, "")) for row in day.rows)) for day in made.days
    )
    return replace(made, days=days)


def is_over(scene: Scene) -> bool:
    """Whether only what is past was asked for: the archive, the latest first."""
    return scene.wanted.last is not None and scene.wanted.last < scene.today


def with_note(row: Row, words: str) -> Row:
    """The row with one more thing to know."""
    return replace(row, note=", ".join(filter(None, (row.note, words))))


def again_words(listing: Listing, scene: Scene) -> str:
    """That it is the next date of a series, and how many follow."""
    event = listing.published.event
    later = [
        one
        for one in event.occurrences
        if one.start.instant > listing.occurrence.start.instant and status_of(event, one) is not Status.CANCELLED
    ]
    if not later:
        return ""
    if event.is_endless:
        # How many dates are stored says nothing about a series that goes on and on.
        return scene.tongue.gettext("nächster Termin")
    return scene.tongue.ngettext(
        "nächster Termin, danach noch %(num)d", "nächster Termin, danach noch %(num)d", len(later)
    )


def pager(number: int, total: int, scene: Scene) -> tuple[Step | None, Step | None]:
    """The buttons to the pages before and after; before the first page lies what is over, or what is ahead."""
    say, wanted, over = scene.tongue.gettext, scene.wanted, is_over(scene)
    further = Step(say("Weiter zurück") if over else say("Weiter in der Liste"), scene.links.list(wanted, number + 1))
    after = further if number * A_PAGE < total else None
    if number > 1:
        back = say("Zurück zu den späteren") if over else say("Zurück zu den früheren")
        return Step(back, scene.links.list(wanted, number - 1)), after
    if over:
        return Step(say("Alles, was kommt"), scene.links.list(wanted.without_dates)), after
    if wanted.first or wanted.last:
        return None, after
    yesterday = scene.today - timedelta(days=1)
    return Step(say("Was schon vorbei ist"), scene.links.list(replace(wanted, last=yesterday))), after
