"""Notices for feed readers, and deadlines for calendars and task lists."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Event, Todo

from aggregator.export.announcing import Announcement
from aggregator.export.characters import one_line, printable, web_address
from aggregator.export.description import FeedDescription
from aggregator.export.wording import UNTITLED, either
from aggregator.model.notices import Notice

DEADLINE = ("Frist", "Deadline")


def announce_notice(notice: Notice, feed: FeedDescription) -> Announcement:
    """The entry of one notice; it has no date of its own, and its page is that of who tells it."""
    record = notice.record
    return Announcement(
        id=f"tag:{feed.site.host},{notice.first_seen:%Y-%m-%d}:notice/{record.id}",
        url=web_address(record.link) or feed.page_url,
        title=title_of(notice, feed.language),
        text=printable(record.description).strip(),
        start="",
        end="",
        place=one_line(record.place.text),
        initiatives=announcers(notice, feed),
        topics=tuple((topic.id, topic.label(feed.language)) for topic in feed.topics if topic.id in notice.topics),
        sources=(),
        published=notice.published,
        updated=max(notice.published, notice.changed_at),
    )


def render_deadline(notice: Notice, feed: FeedDescription, as_todo: bool) -> bytes:
    """One deadline as an all-day VEVENT that blocks no time, or as a VTODO that is due that day (RFC 5545 3.6.2)."""
    day, record = notice.last_day, notice.record
    component = Todo() if as_todo else Event()
    component.add("uid", f"{record.id}@{feed.site.host}")
    component.add("dtstamp", notice.changed_at)
    component.add("created", notice.first_seen)
    component.add("last-modified", notice.changed_at)
    component.add("summary", f"{either(DEADLINE, feed.language)}: {title_of(notice, feed.language)}")
    add_days(component, day, as_todo)
    component.add("url", web_address(record.link) or feed.page_url)
    names, text = announcers(notice, feed), printable(record.description).strip()
    description = "\n\n".join(filter(None, (text, *names)))
    if description:
        component.add("description", description)
    labels = [one_line(topic.label(feed.language)) for topic in feed.topics if topic.id in notice.topics]
    if labels:
        component.add("categories", labels)
    return bytes(component.to_ical())


def add_days(component: Event | Todo, day: date, as_todo: bool) -> None:
    """The day: a task is due on it, an event fills it and leaves it free."""
    if as_todo:
        component.add("due", day)
        component.add("status", "NEEDS-ACTION")
        return
    component.add("dtstart", day)
    component.add("dtend", day + timedelta(days=1))
    component.add("transp", "TRANSPARENT")


def title_of(notice: Notice, language: str) -> str:
    """The title on one line."""
    return one_line(notice.record.title) or either(UNTITLED, language)


def announcers(notice: Notice, feed: FeedDescription) -> tuple[str, ...]:
    """The name of who tells it, if it is known."""
    known = feed.initiatives.get(notice.initiative)
    return (one_line(known.name),) if known else ()
