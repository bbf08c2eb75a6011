"""An event passed on: its address, a mail that is ready to send, and what other websites show of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from aggregator.model.events import EventOccurrence, PublishedEvent
from web.calendar.event import EventPage
from web.calendar.rows import link_of
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class Share:
    """What is needed to pass an event on: `summary` is one line of when and where, `picture` a PNG."""

    address: str
    mail: str
    summary: str
    picture: str


def share_of(made: EventPage, published: PublishedEvent, occurrence: EventOccurrence, scene: Scene) -> Share:
    """The way to pass on one occurrence."""
    base = scene.settings.site.base_url
    address = base + link_of(published, occurrence, scene)
    summary = ", ".join(part for part in (made.when, made.place.name) if part)
    body = f"{made.title}\n{summary}\n\n{address}\n"
    on = occurrence.start.local_day(scene.zone).isoformat() if published.event.is_series else ""
    picture = scene.links.to(f"/event/{quote(made.id, safe='')}.png", f"on={on}" if on else "")
    return Share(address, f"mailto:?subject={quote(made.title)}&body={quote(body)}", summary, base + picture)
