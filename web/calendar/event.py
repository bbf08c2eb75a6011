"""One event's page: what, when, where, who says so and why we believe that they mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aggregator.export import dates
from aggregator.model.events import EventOccurrence, PublishedEvent
from aggregator.model.health import HistoryEntry
from aggregator.model.records import Status
from web.calendar.announcements import Announcement, announcements
from web.calendar.changelog import LogEntry, log_of
from web.calendar.fact_lines import FactLine, fact_lines
from web.calendar.rows import State, is_elsewhere, link_of, place_of, short_place, states_of, status_of
from web.calendar.texts import Line, excerpt, host_of, paragraphs, safe_link
from web.scene import Scene

DATES_AROUND = 6


@dataclass(frozen=True, slots=True)
class Banner:
    """The state of the whole page: `kind` is its class."""

    kind: str
    icon: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SeriesDate:
    """One date of the series; `is_here` is the one that this page shows."""

    day: str
    note: str
    link: str
    states: tuple[State, ...]
    is_here: bool
    is_struck: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the name, the address, and where it usually is when it is elsewhere this time."""

    name: str
    address: str
    usual: str
    online: bool


@dataclass(frozen=True, slots=True)
class EventPage:
    """Everything on the page but what else is on; times are finished words, `start` and `end` for machines."""

    id: str
    title: str
    summary: str
    banner: Banner | None
    by: tuple[str, str]
    together: tuple[str, ...]
    when: str
    relative: str
    moved_from: str
    start: str
    end: str
    place: Place
    url: str
    url_host: str
    description: tuple[tuple[Line, ...], ...]
    facts: tuple[FactLine, ...]
    topics: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    series: str
    dates: tuple[SeriesDate, ...]
    more_dates: tuple[SeriesDate, ...]
    announcements: tuple[Announcement, ...]
    history: tuple[LogEntry, ...]
    day: date


def chosen_occurrence(published: PublishedEvent, on: date | None, scene: Scene) -> EventOccurrence:
    """The occurrence on the day asked for, else the next one that is not over, else the last."""
    occurrences = published.event.occurrences
    if on is not None:
        for occurrence in occurrences:
            if occurrence.start.local_day(scene.zone) == on:
                return occurrence
    ahead = (occurrence for occurrence in occurrences if occurrence.ends_at > scene.now)
    whole = EventOccurrence(published.event.start, published.event.start, published.event.end)
    return next(ahead, occurrences[-1] if occurrences else whole)


def event_page(
    published: PublishedEvent, occurrence: EventOccurrence, history: Sequence[HistoryEntry], scene: Scene
) -> EventPage:
    """The page of one occurrence of an event."""
    event = published.event
    description = occurrence.description or event.description
    first, _ = occurrence.days(scene.zone)
    url = safe_link(occurrence.url or event.url)
    shown, folded = series_dates(published, occurrence, scene)
    leading, others = leading_and_others(published, scene)
    return EventPage(
        id=published.identity.id,
        title=occurrence.title or event.title,
        summary=excerpt(description),
        banner=banner(published, occurrence, scene),
        by=leading,
        together=others,
        when=dates.span(occurrence, scene.zone, scene.language),
        relative=relative_words(occurrence, scene),
        moved_from=moved_from(occurrence, scene),
        start=occurrence.start.iso(),
        end=occurrence.end.iso() if occurrence.end else "",
        place=place_words(published, occurrence),
        url=url,
        url_host=host_of(url),
        description=paragraphs(description),
        facts=fact_lines(event, scene),
        topics=tuple((scene.topic_label(topic), topic_link(topic, scene)) for topic in event.topics),
        links=tuple((link, host_of(link)) for link in map(safe_link, event.links) if link and link != url),
        series=series_words(published, scene),
        dates=shown,
        more_dates=folded,
        announcements=announcements(event, scene),
        history=log_of(history, published, scene),
        day=first,
    )


def topic_link(topic: str, scene: Scene) -> str:
    """The agenda of one topic."""
    return scene.links.to("/", f"topic={topic}")


def leading_and_others(published: PublishedEvent, scene: Scene) -> tuple[tuple[str, str], tuple[str, ...]]:
    """The leading initiative with the address of its page (if the directory has it), and the names of the others."""
    initiatives = published.event.initiatives
    if not initiatives:
        return ("", ""), ()
    leading = initiatives[0]
    link = scene.links.initiative(leading) if leading in scene.initiatives else ""
    return (scene.name_of(leading), link), tuple(scene.name_of(one) for one in initiatives[1:])


def banner(published: PublishedEvent, occurrence: EventOccurrence, scene: Scene) -> Banner | None:
    """The state that everyone must see before anything else."""
    say = scene.tongue.gettext
    states = states_of(published.event, occurrence, scene)
    if not states:
        return None
    sentences = {
        Status.CANCELLED: say("Dieser Termin findet nicht statt."),
        Status.SOLD_OUT: say("Es gibt keine freien Plätze mehr."),
        Status.TENTATIVE: say("Ob der Termin stattfindet, steht noch nicht fest."),
        Status.WITHDRAWN: say(
            "Der Termin steht nicht mehr im Kalender, aus dem wir ihn hatten."
            " Vielleicht fällt er aus; bitte dort nachfragen."
        ),
    }
    status = status_of(published.event, occurrence)
    sentence = sentences.get(status, "")
    if not sentence and is_elsewhere(published.event, occurrence):
        sentence = say("Sonst: %(place)s.", place=short_place(published.event.place))
    kind = "cancelled" if status in (Status.CANCELLED, Status.WITHDRAWN) else "moved"
    return Banner(kind, states[0].icon, states[0].word, sentence)


def relative_words(occurrence: EventOccurrence, scene: Scene) -> str:
    """How far off it is: "in 25 Tagen", "läuft gerade", "vorbei"."""
    if occurrence.ends_at <= scene.now:
        return scene.tongue.gettext("vorbei")
    if occurrence.start.local_day(scene.zone) < scene.today or occurrence.start.instant <= scene.now:
        return scene.tongue.gettext("läuft gerade")
    return dates.day_words(occurrence.start.local_day(scene.zone), scene.today, scene.language)


def moved_from(occurrence: EventOccurrence, scene: Scene) -> str:
    """The date that it was moved away from, empty when it was not moved."""
    if occurrence.start == occurrence.original:
        return ""
    before = EventOccurrence(occurrence.original, occurrence.original)
    return dates.announcement(before, scene.zone, scene.language)


def place_words(published: PublishedEvent, occurrence: EventOccurrence) -> Place:
    """Where it is, in words."""
    place = place_of(published.event, occurrence)
    usual = short_place(published.event.place) if is_elsewhere(published.event, occurrence) else ""
    name = place.name or place.address
    address = place.address if place.name and place.address != place.name else ""
    return Place(name, address, usual, place.online)


def series_words(published: PublishedEvent, scene: Scene) -> str:
    """How it repeats, and since when if it began before what is listed: "jeden Montag, seit 7. Januar 2019"."""
    event = published.event
    words = dates.recurrence_words(event, scene.language, scene.zone)
    began, listed = event.start.local_day(scene.zone), event.occurrences[:1]
    if not event.is_series or not listed or began >= listed[0].original.local_day(scene.zone):
        return words
    since = scene.tongue.gettext("seit %(day)s", day=dates.day_span(began, began, scene.language, with_year=True))
    return f"{words}, {since}" if words else since


def series_dates(
    published: PublishedEvent, here: EventOccurrence, scene: Scene
) -> tuple[tuple[SeriesDate, ...], tuple[SeriesDate, ...]]:
    """The dates of a series around this one, and all others that are still to come."""
    occurrences = published.event.occurrences
    if len(occurrences) < 2:
        return (), ()
    place = next((number for number, one in enumerate(occurrences) if one == here), 0)
    start = max(0, place - 1)
    around = occurrences[start : start + DATES_AROUND]
    later = occurrences[start + DATES_AROUND :]
    made = [tuple(series_date(published, one, one == here, scene) for one in part) for part in (around, later)]
    return made[0], made[1]


def series_date(published: PublishedEvent, occurrence: EventOccurrence, is_here: bool, scene: Scene) -> SeriesDate:
    """One line of the list of dates."""
    over = occurrence.ends_at <= scene.now
    first = occurrence.start.local_day(scene.zone)
    note = dates.times(occurrence, scene.zone, scene.language)
    if is_here:
        note = scene.tongue.gettext("dieser Termin")
    elif over:
        note = scene.tongue.gettext("vorbei")
    return SeriesDate(
        day=dates.short_day(first, scene.language, with_year=first.year != scene.today.year),
        note=note,
        link=link_of(published, occurrence, scene),
        states=states_of(published.event, occurrence, scene),
        is_here=is_here,
        is_struck=status_of(published.event, occurrence) is Status.CANCELLED,
    )
