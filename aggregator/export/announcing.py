"""What Atom, RSS and JSON Feed say of one event, before it is put into any of their forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.export import wording
from aggregator.export.dates import announcement, recurrence_words
from aggregator.export.description import FeedDescription
from aggregator.model.events import EventOccurrence, MergedEvent, PublishedEvent


@dataclass(frozen=True, slots=True)
class Announcement:
    """One entry of a feed, all texts printable.

    `id` never changes, also when the site moves. `title` begins with the event's date. `start` and `end`
    are ISO 8601 with offset, dates when all-day (then `end` is the last day), `end` may be ""; a notice has neither.
    """

    id: str
    url: str
    title: str
    text: str
    start: str
    end: str
    place: str
    initiatives: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    published: datetime
    updated: datetime


def announce(published: PublishedEvent, feed: FeedDescription) -> Announcement:
    """The entry of one event."""
    event, identity = published.event, published.identity
    occurrence = announced_occurrence(published)
    start, end = span_of(occurrence, feed.site.timezone)
    on = occurrence.start.local_day(feed.site.timezone).isoformat()
    return Announcement(
        id=entry_id(published) + (f"/{occurrence.original.iso()}" if feed.by_date else ""),
        url=wording.page_address(published, feed.site) + (f"?on={on}" if feed.by_date else ""),
        title=title_of(event, occurrence, feed),
        text=text_of(event, occurrence, feed),
        start=start,
        end=end,
        place=wording.place_line(occurrence.place or event.place),
        initiatives=tuple(wording.initiative_names(event, feed.initiatives)),
        topics=tuple((topic.id, topic.label(feed.language)) for topic in feed.topics if topic.id in event.topics),
        sources=tuple(wording.source_links(event.statements)),
        published=identity.created_at,
        updated=identity.modified_at,
    )


def announced_occurrence(published: PublishedEvent) -> EventOccurrence:
    """The occurrence that an announcement is about: the first that was not over when the event last changed.

    So a series is announced with a coming date, and an entry stays as it is until the event changes.
    """
    event = published.event
    whole = EventOccurrence(event.start, event.start, event.end, event.status)
    coming = (each for each in event.occurrences if each.ends_at > published.identity.modified_at)
    return next(coming, event.occurrences[-1] if event.occurrences else whole)


def entry_id(published: PublishedEvent) -> str:
    """A tag (RFC 4151) of the UID's host and the day the event was first seen: it outlives any address."""
    identity = published.identity
    host = identity.uid.rpartition("@")[2]
    return f"tag:{host},{identity.created_at:%Y-%m-%d}:event/{identity.id}"


def title_of(event: MergedEvent, occurrence: EventOccurrence, feed: FeedDescription) -> str:
    """Date, status and title: "Sa, 5. Dezember 2026, 18:30: Abgesagt: Plenum"."""
    status = wording.overall(occurrence.status, event.status)
    title = wording.headline(occurrence.title or event.title, status, feed.language)
    return f"{announcement(occurrence, feed.site.timezone, feed.language)}: {title}"


def text_of(event: MergedEvent, occurrence: EventOccurrence, feed: FeedDescription) -> str:
    """Place and repetition on a line of their own, then what calendars say too."""
    status = wording.overall(occurrence.status, event.status)
    place = wording.place_line(occurrence.place or event.place)
    facts = ", ".join(filter(None, (recurrence_words(event, feed.language, feed.site.timezone), place)))
    lines = wording.source_lines(event.statements, feed.initiatives, feed.language)
    sources = wording.listed(lines, feed.language)
    text = wording.full_text(occurrence.description or event.description, status, sources, feed.language)
    return "\n\n".join(filter(None, (facts, text)))


def span_of(occurrence: EventOccurrence, zone: str) -> tuple[str, str]:
    """Start and end in `zone` as ISO 8601; the end "" when unknown, the last day (inclusive) when all-day."""
    if occurrence.start.is_date:
        first, last = occurrence.days(zone)
        return first.isoformat(), last.isoformat()
    start = occurrence.start.local(zone).isoformat()
    if occurrence.end is None or occurrence.end.instant < occurrence.start.instant:
        return start, ""
    return start, occurrence.end.local(zone).isoformat()
