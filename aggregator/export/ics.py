"""Merged events as iCalendar (RFC 5545, 7986): fragments that are stored, and calendars joined from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from icalendar import Calendar, vDuration, vText

from aggregator.export.characters import one_line
from aggregator.export.reader_options import ReaderOptions
from aggregator.export.stitching import part, stitched
from aggregator.export.vevent import Rendering, add_repetition, aligned, vevent, written
from aggregator.export.vtimezone import vtimezone
from aggregator.export.wording import overall
from aggregator.model.events import EventOccurrence, PublishedEvent
from aggregator.model.feed_blocks import FeedBlock
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic
from aggregator.model.version import VERSION

PRODID = f"-//Buendel//{VERSION}//DE"
# At a line's start only: a folded continuation begins with a blank, so no text can pose as a property.
NAMED_ZONE = re.compile(rb"^(?:DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE);TZID=([^:;,\r\n]+)", re.MULTILINE)
IN_UTC = re.compile(rb"^DTSTART:\d{8}T\d{6}Z", re.MULTILINE)
END = b"END:VCALENDAR\r\n"
HOURLY = timedelta(hours=1)


def render_event(
    published: PublishedEvent,
    site: Site,
    initiatives: Mapping[str, Initiative],
    topics: Sequence[Topic],
    language: str = "de",
) -> bytes:
    """The VEVENT of an event and, for a series, one more for each deviation (RECURRENCE-ID); no VCALENDAR."""
    return render(Rendering(published, site, initiatives, topics, language))


def render_expanded(
    published: PublishedEvent,
    site: Site,
    initiatives: Mapping[str, Initiative],
    topics: Sequence[Topic],
    language: str = "de",
) -> bytes:
    """One VEVENT for each occurrence with a UID of its own, for readers that drop RRULE."""
    return render(Rendering(published, site, initiatives, topics, language, ReaderOptions(expand=True)))


def render(rendering: Rendering) -> bytes:
    """The VEVENTs of an event as its reader wants them; b"" for one that is hidden from it."""
    event, options = rendering.published.event, rendering.options
    if options.hides(event.status):
        return b""
    return expanded(rendering) if options.expands and event.is_series else by_rule(rendering)


def by_rule(rendering: Rendering) -> bytes:
    """One VEVENT with its rule and overrides; an override that is hidden becomes an exception of the rule."""
    published = rendering.published
    event, uid = published.event, published.identity.uid
    whole = vevent(rendering, rendering.whole, uid, in_series=event.is_series)
    if not event.is_series:
        return whole.content()
    hides = rendering.options.hides
    hidden = [one for one in event.deviations if hides(overall(one.status, event.status))]
    shown = [one for one in event.deviations if not hides(overall(one.status, event.status))]
    add_repetition(whole, rendering, tuple(one.original for one in hidden))
    parts = [whole]
    for deviation in shown:
        override = vevent(rendering, deviation, uid)
        override.add("recurrence-id", written(aligned(deviation.original, event.start)))
        parts.append(override)
    return b"".join(part.content() for part in parts)


def expanded(rendering: Rendering) -> bytes:
    """One VEVENT for each occurrence that is not hidden."""
    published = rendering.published
    return b"".join(
        vevent(rendering, occurrence, occurrence_uid(published, occurrence)).content()
        for occurrence in published.event.occurrences
        if not rendering.options.hides(overall(occurrence.status, published.event.status))
    )


def occurrence_uid(published: PublishedEvent, occurrence: EventOccurrence) -> str:
    """The UID of one instance: it holds the start by rule, so that a moved instance keeps it."""
    original = occurrence.original
    start = f"{original.wall:%Y%m%d}" if original.is_date else f"{original.wall:%Y%m%dT%H%M%S}"
    # The host of the stored UID, not the site's: a calendar that moves to another address keeps its UIDs.
    host = published.identity.uid.rpartition("@")[2]
    return f"{published.identity.id}-{start}@{host}"


def assemble(fragments: Iterable[bytes], site: Site, name: str, refresh: timedelta = HOURLY) -> bytes:
    """A whole calendar of rendered fragments, called `name`; readers are asked to come again after `refresh`.

    It holds the site's VTIMEZONE even when it is empty, as a calendar needs a component (section 3.6).
    """
    events = b"".join(fragments)
    return opening(site, name, zones_in(events), IN_UTC.search(events) is not None, refresh) + events + END


def zones_in(events: bytes) -> set[str]:
    """The time zones that fragments name."""
    return {match.decode() for match in NAMED_ZONE.findall(events)}


def opening(site: Site, name: str, zones: Collection[str], in_utc: bool, refresh: timedelta = HOURLY) -> bytes:
    """What stands before the events of a calendar that name these time zones; some start in UTC or none."""
    properties = header(name, refresh, "" if in_utc else site.timezone).removesuffix(END)
    return properties + b"".join(vtimezone(zone) for zone in sorted({site.timezone, *zones}))


def block(first: str, fragments: Iterable[bytes]) -> FeedBlock:
    """A stretch of the calendar, ready to be joined with others."""
    events = b"".join(fragments)
    zones, in_utc = tuple(sorted(zones_in(events))), IN_UTC.search(events) is not None
    return replace(part(events), first=first, zones=zones, in_utc=in_utc)


def assemble_packed(blocks: Sequence[FeedBlock], site: Site, name: str) -> bytes:
    """The same calendar as `assemble` makes of all fragments, as one gzip member."""
    zones = {zone for one in blocks for zone in one.zones}
    before = opening(site, name, zones, any(one.in_utc for one in blocks))
    return stitched((part(before), *blocks, part(END)))


@lru_cache(maxsize=64)
def header(name: str, refresh: timedelta, zone: str) -> bytes:
    """The calendar's own properties, as an empty calendar; X-WR-TIMEZONE only if there is a `zone`.

    Readers that apply X-WR-TIMEZONE move what starts in UTC into that zone and expand its rule there,
    which is wrong by an hour for half of the year: so a calendar with a series in UTC does not say it.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(one_line(name)))
    calendar.add("x-wr-calname", vText(one_line(name)))
    if zone:
        calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(refresh))
    return bytes(calendar.to_ical())
