"""The agenda and the month: which rows are read from the store, and which builder gets them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl

from markupsafe import Markup
from sqlalchemy import Connection

from aggregator.export import dates
from aggregator.model.filters import EventFilter
from aggregator.model.notices import Notice, fits_notices
from aggregator.model.times import Window, horizon
from aggregator.store import calendar, notices, sources
from web.calendar import choices, counting, headings, navigation, neighbours, windows
from web.calendar.agenda import soonest_of_each
from web.calendar.agenda_excerpts import shown_agenda
from web.calendar.emptiness import Around, Emptiness, why_empty
from web.calendar.month_pieces import table
from web.kept import Reply
from web.links import first_of_next_month, first_of_previous_month, oembed_link
from web.pages import page, piece
from web.scene import Scene
from web.taking import forms

FURTHER = 8
# A little more than is shown, since what the page already lists is left out.
FURTHER_READ = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One button of the pager."""

    word: str
    link: str


def agenda_reply(scene: Scene, connection: Connection, week: Window | None = None) -> Reply:
    """The agenda of a week of the calendar, or of the days asked for."""
    scene = replace(scene, wanted=windows.in_calendar(scene.wanted))
    known = windows.known_days(scene.derived.stored_days(connection), scene.today)
    shown = windows.week_page(week, known) if week else windows.agenda_page(scene.wanted, scene.today, known)
    window = windows.narrowed(shown.window, scene.wanted)
    here = navigation.here_of(window, scene.today)
    due = deadlines_between(window, scene, connection)
    found = shown_agenda(window, scene, due, connection)
    return page(
        "agenda.html",
        scene,
        title=headings.agenda_title(here, window, scene),
        subtitle=headings.agenda_subtitle(found.agenda.total, window, scene),
        agenda=found.agenda,
        pager=pager(shown, week is not None, scene),
        further=further(found.events, window, scene, connection) if here == "week" else (),
        emptiness=None if found.events or due else emptiness(window, scene, connection),
        **beside(here, window, scene, connection),
    )


def deadlines_between(window: Window, scene: Scene, connection: Connection) -> tuple[Notice, ...]:
    """The deadlines of the window that are not over, if the filter asks for nothing but what a notice can have."""
    ahead = Window(max(window.first, scene.today), window.last)
    if not fits_notices(scene.wanted.without_dates) or ahead.first >= ahead.last:
        return ()
    return notices.deadlines(connection, ahead, scene.wanted)


def month_reply(scene: Scene, connection: Connection, window: Window) -> Reply:
    """One month as a table."""
    scene = replace(scene, wanted=windows.in_calendar(scene.wanted))
    shown = table(window, scene, connection)
    return page(
        "month.html",
        scene,
        title=headings.month_title(window, scene),
        subtitle=headings.month_subtitle(shown.total, shown.initiatives, scene),
        weeks=shown.weeks,
        running=shown.running,
        weekdays=navigation.weekday_names(scene.language),
        pager=month_pager(window, windows.known_days(scene.derived.stored_days(connection), scene.today), scene),
        emptiness=emptiness(window, scene, connection) if shown.is_empty else None,
        **surroundings(window, "month", scene, connection),
    )


def surroundings(window: Window, here: str, scene: Scene, connection: Connection) -> dict[str, object]:
    """What stands above and beside every listing: spans, chips, filters, the day to jump to."""
    anywhere = scene.wanted.without_dates
    shown = replace(scene, wanted=anywhere) if here == "month" else scene
    counts = counting.counts_of(window, scene, connection)
    return {
        "spans": navigation.spans(counting.coming(scene, connection), here, scene),
        "chips": choices.chips(counts, shown),
        "groups": groups(window, counts, shown, connection),
        "jump_day": scene.today if here in ("week", "search", "list") else window.first,
        "kept_filter": hidden_fields(scene),
        **around_fields(scene),
        "feeds": feeds(scene),
        "oembed_link": oembed_link(scene.settings.site.base_url, scene.links.agenda(anywhere)),
        "forms": forms(scene.wanted, scene),
    }


def beside(here: str, window: Window, scene: Scene, connection: Connection) -> dict[str, object]:
    """The surroundings of a list of days, with the small month."""
    around = surroundings(window, here, scene, connection)
    day = scene.today if here in ("week", "search", "list") else window.first
    by_day = counting.by_day(month_around(day), scene, connection)
    return {**around, "small_month": navigation.small_month(day, by_day, scene)}


def groups(window: Window, counts: choices.Counts, scene: Scene, connection: Connection) -> Markup:
    """The lists of the filter as they stand in the page; kept for the generation, as their counts are."""

    def made() -> Markup:
        found = (*choices.groups(counts, scene), *saved_group(window, scene, connection))
        return piece("parts.html", "groups", found)

    tally = counting.tally_of(window, scene.wanted.without_dates, scene, connection)
    if tally is None:
        return made()
    kept: Markup = tally.census.remembered(("groups", scene.wanted, scene.language, scene.links), made)
    return kept


def saved_group(window: Window, scene: Scene, connection: Connection) -> tuple[choices.Group, ...]:
    """The filters that the operator named, to press; empty without any."""
    made = tuple(
        choices.Choice(
            label=saved.title,
            link=scene.links.to(f"/k/{saved.name}"),
            count=counting.number_of(window, saved.wanted.without_dates, scene, connection),
            is_chosen=saved.wanted == scene.wanted,
        )
        for saved in scene.settings.filters
    )
    return (choices.Group("kurz", scene.tongue.gettext("Gespeicherte Auswahl"), made, ()),) if made else ()


def month_around(day: date) -> Window:
    """The month that a day lies in."""
    return Window(day.replace(day=1), first_of_next_month(day))


def hidden_fields(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The filter without its days and the language, as fields of a form that only asks for a day."""
    language = [("lang", scene.links.language)] if scene.links.language else []
    return tuple(parse_qsl(scene.wanted.without_dates.query()) + language)


def around_fields(scene: Scene) -> dict[str, object]:
    """What the form for a place and its surroundings keeps: the whole filter, and the radius that is chosen."""
    language = [("lang", scene.links.language)] if scene.links.language else []
    near = scene.wanted.near
    return {
        "kept_whole": parse_qsl(scene.wanted.query()) + language,
        "kept_radius": f"{near.radius_km:g}" if near else "2",
    }


def feeds(scene: Scene) -> tuple[tuple[str, str, str], ...]:
    """What can be done with what is shown: icon, words and address."""
    wanted, say = scene.wanted.without_dates, scene.tongue.gettext
    return (
        ("calendar", say("Kalender abonnieren"), scene.links.feed("subscribe", wanted)),
        ("globe", say("In Website einbetten"), scene.links.feed("embed/builder", wanted)),
        ("print", say("Aushang drucken"), scene.links.feed("print", scene.wanted)),
    )


def further(
    seen: Collection[str], window: Window, scene: Scene, connection: Connection
) -> tuple[neighbours.Neighbour, ...]:
    """The next events after the page that it does not hold already."""
    ahead = Window(window.last, horizon(scene.today).last)
    coming = calendar.listings(connection, ahead, scene.wanted.without_dates, FURTHER_READ)
    fresh = [listing for listing in soonest_of_each(coming) if listing.published.identity.id not in seen]
    return neighbours.by_day(fresh[:FURTHER], scene)


def pager(shown: windows.Page, by_week: bool, scene: Scene) -> tuple[Step | None, Step | None]:
    """The buttons to the pages before and after; a week leads to weeks."""
    return (
        step(scene.tongue.gettext("Zurück: %(span)s"), shown.earlier, by_week, scene),
        step(scene.tongue.gettext("Weiter: %(span)s"), shown.later, by_week, scene),
    )


def step(word: str, span: tuple[date, date] | None, by_week: bool, scene: Scene) -> Step | None:
    """One button, naming the days that it leads to."""
    if span is None:
        return None
    link = scene.links.week(scene.wanted, span[0]) if by_week else scene.links.span(scene.wanted, *span)
    return Step(word % {"span": dates.day_span(*span, scene.language)}, link)


def month_pager(window: Window, known: Window, scene: Scene) -> tuple[Step | None, Step | None]:
    """The buttons to the months before and after, as long as the calendar knows anything there."""

    def step_to(day: date) -> Step:
        words = dates.formatted(day, "LLLL", scene.language, with_year=day.year != window.first.year)
        return Step(words, scene.links.month(scene.wanted, day))

    before = step_to(first_of_previous_month(window.first)) if known.first < window.first else None
    after = step_to(window.last) if window.last < known.last else None
    return before, after


def emptiness(window: Window, scene: Scene, connection: Connection) -> Emptiness:
    """Why nothing is shown, and what would bring something."""
    anywhere, known = scene.wanted.without_dates, windows.known_days(scene.derived.stored_days(connection), scene.today)
    # Who leafs through the archive goes on there; a search goes on with what is ahead.
    start = max(window.last, scene.today) if anywhere.text else window.last
    ahead = Window(start, max(known.last, start))
    past = Window(min(known.first, window.first), window.first)
    coming = calendar.soonest(connection, ahead, anywhere, 1)
    around = Around(
        window=window,
        next_day=coming[0].day if coming else None,
        ahead=calendar.event_count(connection, ahead, anywhere),
        past=calendar.event_count(connection, past, anywhere),
        week=counting.number_of(Window(scene.today, scene.today + windows.WEEK), EventFilter(), scene, connection),
    )

    def count(wanted: EventFilter) -> int:
        return counting.number_of(window, wanted.without_dates, scene, connection)

    return why_empty(sources.overviews(connection), around, count, scene)
