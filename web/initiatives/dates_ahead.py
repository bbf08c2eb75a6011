"""The next dates of an initiative in words: a series stands once, with its next date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aggregator.export import dates
from aggregator.model.events import EventOccurrence, Listing
from aggregator.model.records import Status
from web.calendar.rows import Row, link_of, row, status_of
from web.scene import Scene

GONE = (Status.CANCELLED, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next date of an initiative: "heute, 19 Uhr" (or as `day`, with its year) and what is on then."""

    when: str
    day: str
    iso: str
    title: str
    link: str


def next_date(listings: Sequence[Listing], scene: Scene) -> NextDate | None:
    """The first of its coming occurrences that takes place; None when it has none."""
    for listing in listings:
        occurrence, event = listing.occurrence, listing.published.event
        if status_of(event, occurrence) not in GONE:
            return date_of(listing, scene)
    return None


def date_of(listing: Listing, scene: Scene) -> NextDate:
    """One occurrence as a date to look forward to."""
    occurrence, event = listing.occurrence, listing.published.event
    return NextDate(
        when=when_words(occurrence, scene),
        day=dates.announcement(occurrence, scene.zone, scene.language),
        iso=occurrence.start.iso(),
        title=occurrence.title or event.title,
        link=link_of(listing.published, occurrence, scene),
    )


def when_words(occurrence: EventOccurrence, scene: Scene) -> str:
    """ "heute, 19 Uhr", "Sa, 5. Dezember, 18:30 Uhr", "läuft bis 14. März"."""
    first, last = occurrence.days(scene.zone)
    if first < scene.today and last > first:
        return scene.tongue.gettext("läuft bis %(day)s", day=dates.day_span(last, last, scene.language))
    day = near_day(first, scene)
    if occurrence.start.is_date:
        return day
    return f"{day}, {dates.clock_words(occurrence.start.local(scene.zone), scene.language)}"


def near_day(day: date, scene: Scene) -> str:
    """ "heute", "morgen", "Sa, 5. Dezember"; with the year when it is far off."""
    if 0 <= (day - scene.today).days <= 1:
        return dates.day_words(day, scene.today, scene.language)
    far = day.year != scene.today.year and (day - scene.today).days > 300
    return dates.short_day(day, scene.language, with_year=far)


def dated_row(listing: Listing, scene: Scene, of: str) -> Row:
    """The line of an event on the page of the initiative called `of`: the day before the hour."""
    made = row(listing, listing.day, scene)
    made = replace(made, by="" if made.by == of else made.by)
    occurrence = listing.occurrence
    first = occurrence.days(scene.zone)[0]
    if first < listing.day:
        return made
    hour = "" if occurrence.start.is_date else dates.clock(occurrence.start.local(scene.zone), scene.language)
    series = made.series
    if series:
        series = scene.tongue.gettext("%(series)s, nächster Termin %(day)s", series=series, day=near_day(first, scene))
    return replace(made, time=short_day(first, scene), end=hour or made.end, series=series)


def short_day(day: date, scene: Scene) -> str:
    """ "heute", "morgen", "Sa 5. Dez" for the time column."""
    if 0 <= (day - scene.today).days <= 1:
        return dates.day_words(day, scene.today, scene.language)
    return dates.formatted(day, "ccc d. LLL" if scene.language == "de" else "ccc d LLL", scene.language, False)
