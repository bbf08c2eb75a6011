"""One VEVENT, property by property (RFC 5545 section 3.6.1); nothing of a source's lines is ever copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache, partial

from icalendar import vRecur

from aggregator.export.characters import web_address
from aggregator.export.lines import Vevent, library_lines
from aggregator.export.reader_options import GONE, Cancelled, LinkTo, ReaderOptions
from aggregator.export.wording import (
    MOST_SOURCES,
    WITHDRAWN,
    either,
    full_text,
    headline,
    listed,
    overall,
    page_address,
    place_line,
    source_lines,
    source_links,
    topic_labels,
)
from aggregator.model.events import EventOccurrence, PublishedEvent, Statement
from aggregator.model.places import Place
from aggregator.model.records import Status
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic
from aggregator.model.times import EventTime, zone_info

UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Zulu", "Etc/Zulu"})
# Some calendars end a series that never ends on 31 December 9999, which no conversion to UTC survives.
FOREVER = 9999
ANY_DAY = datetime(2000, 1, 1)
STATUSES = {
    Status.TENTATIVE: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.WITHDRAWN: "CANCELLED",
}


@dataclass(frozen=True)
class Rendering:
    """What all VEVENTs of one event share: the event, the site that publishes it, the language, the reader's quirks."""

    published: PublishedEvent
    site: Site
    initiatives: Mapping[str, Initiative]
    topics: Sequence[Topic]
    language: str
    options: ReaderOptions = ReaderOptions()

    @property
    def whole(self) -> EventOccurrence:
        """The event itself as if it were an occurrence: a single, or the first of a series."""
        event = self.published.event
        return EventOccurrence(event.start, event.start, event.end, event.status)

    def sources(self, occurrence: EventOccurrence | None = None) -> list[str]:
        """Who announces this date, what is said of it alone first; without one: who announces the event by its rule."""
        if occurrence:
            own = source_lines(self._told_of_dates.get(occurrence.original.iso(), ()), self.initiatives, self.language)
            return listed((*own, *self._shared), self.language)
        by_rule = source_lines(self._told_of_rule, self.initiatives, self.language)
        return listed((*self._shared, *by_rule), self.language)

    @cached_property
    def source_page(self) -> str:
        """The first page of a source that announces it; "" if there is none."""
        return next(iter(source_links(self.published.event.statements)), "")

    @cached_property
    def _shared(self) -> Sequence[str]:
        """The lines of those who announce the whole event: made once, as thousands of dates may repeat them."""
        whole = [statement for statement in self.published.event.statements if not statement.occurrence]
        return source_lines(whole, self.initiatives, self.language)[: MOST_SOURCES + 1]

    @cached_property
    def _told_of_dates(self) -> Mapping[str, Sequence[Statement]]:
        """The announcements of single dates, by the ISO start of each."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.published.event.statements:
            if statement.occurrence:
                found[statement.occurrence].append(statement)
        return found

    @property
    def _told_of_rule(self) -> Sequence[Statement]:
        """The announcements of dates that have no VEVENT of their own."""
        deviating = {deviation.original.iso() for deviation in self.published.event.deviations}
        return [told for date, each in self._told_of_dates.items() if date not in deviating for told in each]


def vevent(rendering: Rendering, occurrence: EventOccurrence, uid: str, in_series: bool = False) -> Vevent:
    """The VEVENT of one occurrence, without any rule; `in_series` keeps a start in UTC, so that the rule stays true."""
    published, language, options = rendering.published, rendering.language, rendering.options
    status = overall(occurrence.status, published.event.status)
    component = Vevent()
    component.add("uid", uid)
    component.add("dtstamp", published.identity.modified_at)
    component.add("created", published.identity.created_at)
    component.add("last-modified", published.identity.modified_at)
    component.add("sequence", published.identity.sequence)
    if options.utc:
        add_times(component, occurrence, in_utc)
    else:
        add_times(component, occurrence, partial(written, utc_becomes="UTC" if in_series else rendering.site.timezone))
    component.add("summary", summary(occurrence.title or published.event.title, status, rendering))
    by_title = options.cancelled is Cancelled.PREFIX and status in GONE
    component.add("status", "CONFIRMED" if by_title else STATUSES.get(status, "CONFIRMED"))
    component.add("url", link(rendering, occurrence))
    sources = rendering.sources(None if in_series or not published.event.is_series else occurrence)
    add_text(component, "description", description(rendering, occurrence, status, sources))
    add_place(component, occurrence.place or published.event.place)
    labels = topic_labels(published.event, rendering.topics, language)
    if labels:
        component.add("categories", labels)
    return component


def summary(title: str, status: Status, rendering: Rendering) -> str:
    """The title with its status before it; where STATUS is not said, also that it was withdrawn."""
    line = headline(title, status, rendering.language)
    if status is Status.WITHDRAWN and rendering.options.cancelled is Cancelled.PREFIX:
        return f"{either(WITHDRAWN, rendering.language).rstrip('.')}: {line}"
    return line


def link(rendering: Rendering, occurrence: EventOccurrence) -> str:
    """Where more is said: on our page, or at the source when the reader wants that and the source has a page."""
    if rendering.options.links is LinkTo.SOURCE:
        found = web_address(occurrence.url or rendering.published.event.url) or rendering.source_page
        if found:
            return found
    return page_address(rendering.published, rendering.site)


def description(rendering: Rendering, occurrence: EventOccurrence, status: Status, sources: Sequence[str]) -> str:
    """What is said of the occurrence, with the sources of the event and of this very occurrence."""
    text = occurrence.description or rendering.published.event.description
    return full_text(text, status, sources, rendering.language)


def add_times(component: Vevent, occurrence: EventOccurrence, write: Callable[[EventTime], date]) -> None:
    """DTSTART and, if it is later, DTEND; a zero length has no DTEND (RFC 5545 section 3.6.1)."""
    start, end = occurrence.start, occurrence.end
    component.add("dtstart", write(start))
    if end is not None and start.is_date == end.is_date and end.instant > start.instant:
        component.add("dtend", write(end))


def written(moment: EventTime, utc_becomes: str = "UTC") -> date | datetime:
    """The moment as calendars write it: a date, or wall time with its zone; UTC in the zone `utc_becomes`.

    The second 02:30 of the autumn night has no local form, as a TZID always means the first (RFC 5545
    section 3.3.5): it is written in UTC.
    """
    if moment.is_date:
        return moment.wall.date()
    if moment.zone in UTC_NAMES:
        moment = EventTime.of_instant(moment.instant, utc_becomes)
    return moment.instant if is_second_of_two(moment) else moment.aware


def in_utc(moment: EventTime) -> date | datetime:
    """The moment for readers that know no zone: a date, or UTC."""
    return moment.wall.date() if moment.is_date else moment.instant


def is_second_of_two(moment: EventTime) -> bool:
    """Whether the wall time comes twice and the later one is meant."""
    return moment.fold == 1 and moment.aware.utcoffset() != moment.aware.replace(fold=0).utcoffset()


def add_text(component: Vevent, name: str, text: str) -> None:
    """A text property, left out when there is nothing to say."""
    if text:
        component.add(name, text)


def add_place(component: Vevent, place: Place) -> None:
    """LOCATION and GEO, as far as they are known."""
    add_text(component, "location", place_line(place))
    if place.latitude is not None and place.longitude is not None:
        component.add("geo", (round(place.latitude, 6), round(place.longitude, 6)))


def add_repetition(component: Vevent, rendering: Rendering, hidden: tuple[EventTime, ...] = ()) -> None:
    """RRULE, RDATE and EXDATE, all in the form of the series' own DTSTART; `hidden` starts are exceptions too."""
    event = rendering.published.event
    for rule in event.recurrence.rules:
        component.say("RRULE", rule_lines(rule, EventTime(ANY_DAY, event.start.zone, event.start.kind)))
    for name, moments in (("rdate", event.recurrence.dates), ("exdate", (*event.recurrence.exceptions, *hidden))):
        if moments:
            component.add(name, [written(aligned(moment, event.start)) for moment in moments])


@lru_cache(maxsize=2048)
def rule_lines(rule: str, start: EventTime) -> tuple[str, ...]:
    """The lines of a rule, of which most calendars know a few; of the start only its zone and kind count."""
    return tuple(library_lines("rrule", recur(rule, start)))


def aligned(moment: EventTime, start: EventTime) -> EventTime:
    """The moment in the value type and zone of the series' start, by which clients recognise an instance.

    A date that stands for a timed instance means that day's instance.
    """
    if start.is_date:
        return EventTime.of_date(moment.local_day(start.zone), start.zone)
    if moment.is_date:
        return replace(
            moment, wall=datetime.combine(moment.wall.date(), start.wall.time()), zone=start.zone, kind=start.kind
        )
    return moment if moment.zone == start.zone else EventTime.of_instant(moment.instant, start.zone)


def recur(rule: str, start: EventTime) -> vRecur:
    """The RRULE, its UNTIL in the form that the start demands: a date for days, else UTC (section 3.3.10)."""
    parts = vRecur(vRecur.from_ical(rule))
    for limit in parts.pop("UNTIL", []):
        if limit.year < FOREVER:
            parts["UNTIL"] = until(limit, start)
    return parts


def until(limit: date | datetime, start: EventTime) -> date | datetime:
    """The last moment of a rule; a bare day lasts until its end, a time without zone is the start's."""
    place = zone_info(start.zone)
    if not isinstance(limit, datetime):
        limit = datetime.combine(limit, time(23, 59, 59), place)
    elif limit.tzinfo is None:
        limit = limit.replace(tzinfo=place)
    return limit.astimezone(place).date() if start.is_date else limit.astimezone(UTC)
