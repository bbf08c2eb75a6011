"""What an embed reads from the store, and the values that its templates get."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import abort
from sqlalchemy import Connection

from aggregator.export import dates
from aggregator.model.events import Listing
from aggregator.model.times import Window, horizon, zone_info
from aggregator.store import calendar, queries
from web.calendar.agenda import LONGEST_IN_DAYS, without_runs
from web.calendar.event import chosen_occurrence
from web.calendar.rows import row
from web.calendar.windows import in_calendar
from web.embed.month import chosen_day, dot_month, month_shown, window_of
from web.embed.options import MAP, MONTH, MOST_LINES, NEXT, EmbedOptions
from web.embed.page import EmbeddedDay, day_title, embedded_days, line_of, next_lines
from web.map.reading import drawn, gazetteer_of, not_over
from web.map.spots import event_spots
from web.scene import Scene

# Lines that are over or run for weeks are read too and then left out.
READ = 4 * MOST_LINES
# A weekly choir is shown once: read enough to find others behind it.
READ_NEXT = 8 * MOST_LINES


def embed_values(options: EmbedOptions, scene: Scene, connection: Connection) -> dict[str, object]:
    """Everything that the template of the view needs; `level` is that of its heading."""
    wanted = in_calendar(scene.wanted)
    values: dict[str, object] = {
        "options": options,
        "title": options.title or scene.tongue.gettext("Nächste Termine"),
        "subscribe_link": scene.links.to("/subscribe", wanted.without_dates.query()),
        "all_link": scene.links.agenda(wanted),
        "as_of": as_of(scene),
        "level": 1,
    }
    if options.event:
        return {**values, **event_values(options, scene, connection)}
    if options.view == MONTH:
        return {**values, **month_values(options, scene, connection)}
    if options.view == MAP:
        return {**values, **map_values(options, scene, connection)}
    if options.view == NEXT:
        lines = next_lines(coming(scene, connection, READ_NEXT), options.lines, scene)
        return {**values, "lines": lines}
    return {**values, "days": embedded_days(coming(scene, connection, READ), options.lines, scene)}


def coming(scene: Scene, connection: Connection, most: int) -> Sequence[Listing]:
    """What is on from today, or on the days asked for."""
    wanted = in_calendar(scene.wanted)
    first = wanted.first or scene.today
    last = wanted.last + timedelta(days=1) if wanted.last else horizon(scene.today).last
    return calendar.listings(connection, Window(first, last), wanted.without_dates, most)


def month_values(options: EmbedOptions, scene: Scene, connection: Connection) -> dict[str, object]:
    """The month with its marks, and the lines of the chosen day."""
    anywhere = scene.wanted.without_dates
    first = month_shown(options, scene.today)
    counts = calendar.counts_by_day(connection, window_of(first), anywhere, LONGEST_IN_DAYS)
    day = chosen_day(options, first, counts, scene.today)
    days: tuple[EmbeddedDay, ...] = ()
    if day is not None:
        found = without_runs(calendar.listings(connection, Window(day, day + timedelta(days=1)), anywhere), scene)
        days = (EmbeddedDay(day_title(day, scene), tuple(row(each, day, scene) for each in found)),)
    return {"month": dot_month(first, day, counts, options, scene), "days": days}


def map_values(options: EmbedOptions, scene: Scene, connection: Connection) -> dict[str, object]:
    """The sketch of the places with most to come, and the list of them."""
    found = without_runs(not_over(coming(scene, connection, READ_NEXT), scene), scene)
    spread = event_spots(found, gazetteer_of(scene, connection), scene)
    return drawn(spread, scene, options.lines)


def event_values(options: EmbedOptions, scene: Scene, connection: Connection) -> dict[str, object]:
    """One event with its next dates, or the last when all are over; 404 for an id that there is not."""
    event_id = options.event
    published = queries.published(connection, event_id)
    if published is None:
        event_id = queries.alias_of(connection, event_id) or ""
        published = queries.published(connection, event_id)
    if published is None:
        abort(404)
    ahead = [one for one in published.event.occurrences if one.ends_at > scene.now][: options.lines]
    listings = [
        Listing(published, one, *one.days(scene.zone)) for one in ahead or [chosen_occurrence(published, None, scene)]
    ]
    return {
        "title": options.title or published.event.title,
        "lines": tuple(line_of(each, scene) for each in listings),
        "all_link": scene.links.event(event_id),
        "subscribe_link": scene.links.to(f"/event/{event_id}.ics"),
    }


def as_of(scene: Scene) -> str:
    """The moment at which the list was made, for a copy that is shown while we cannot be reached."""
    day = dates.day_span(scene.today, scene.today, scene.language)
    return f"{day}, {dates.clock_words(scene.now.astimezone(zone_info(scene.zone)), scene.language)}"
