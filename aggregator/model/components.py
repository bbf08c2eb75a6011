"""What a parser found in a feed, in the source's own terms (RFC 5545 section 3.6)."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta

from aggregator.model.defects import Defect
from aggregator.model.values import dataclass


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time exactly as the source wrote it.

    `text` is in basic (20261205T183000) or extended (2026-12-05T18:30+01:00) ISO 8601, perhaps with a
    `Z` or an offset; `zone` is the TZID or zone name that stood beside it, empty if none.
    """

    text: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class StatedRecurrence:
    """Repetition as written: RRULE values, RDATEs, EXDATEs."""

    rules: tuple[str, ...] = ()
    dates: tuple[StatedTime, ...] = ()
    exceptions: tuple[StatedTime, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """A place as written: one line (`text`), or name and address apart; coordinates in degrees."""

    text: str = ""
    name: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Component:
    """One VEVENT, feed item or JSON-LD Event as received.

    `kind` is vevent, rss, rdf, atom, jsonld, microdata, h-event, hcalendar or the name of a platform.
    `description` is plain text unless `description_is_html`. `recurrence_id` marks an override;
    `this_and_future` its RANGE parameter.
    `content_hash` covers every property but the noise of re-generation (DTSTAMP, LAST-MODIFIED,
    CREATED, SEQUENCE stays in). `properties` are further statements by their schema.org names
    (isAccessibleForFree, price, inLanguage). `line` is 1-based.
    """

    kind: str
    uid: str = ""
    guid: str = ""
    link: str = ""
    title: str = ""
    description: str = ""
    description_is_html: bool = False
    start: StatedTime | None = None
    end: StatedTime | None = None
    duration: timedelta | None = None
    recurrence: StatedRecurrence = StatedRecurrence()
    recurrence_id: StatedTime | None = None
    this_and_future: bool = False
    place: StatedPlace = StatedPlace()
    organizer: str = ""
    categories: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    status: str = ""
    sequence: int = 0
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    content_hash: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """Everything that one body held.

    `timezones` maps each TZID to its VTIMEZONE text. `calendar_zone` is X-WR-TIMEZONE.
    `complete` is False when the body is a part of a longer list: what is not in it may be on its next
    page. `loop_mark` is set when the body says that it is a Bündel export.
    """

    components: tuple[Component, ...] = ()
    defects: tuple[Defect, ...] = ()
    timezones: tuple[tuple[str, str], ...] = ()
    calendar_zone: str = ""
    title: str = ""
    refresh_interval: timedelta | None = None
    complete: bool = True
    loop_mark: bool = False
    format: str = field(default="")
