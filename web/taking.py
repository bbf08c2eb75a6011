"""What is shown, to take along: the feeds of a filter, for programs."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model.filters import EventFilter
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the same events: `media_type` for programs, `words` for people, `icon` for the eye."""

    media_type: str
    icon: str
    words: str
    link: str


def forms(wanted: EventFilter, scene: Scene) -> tuple[Form, ...]:
    """The feeds of a filter, whatever the days."""
    always, feed, say = wanted.without_dates, scene.links.feed, scene.tongue.gettext
    return (
        Form("text/calendar", "calendar", say("Kalender (ICS)"), feed("calendar.ics", always)),
        Form("application/atom+xml", "rss", say("Neuigkeiten (Atom)"), feed("calendar.atom", always)),
        Form("application/rss+xml", "rss", say("Neuigkeiten (RSS)"), feed("calendar.rss", always)),
        Form("application/feed+json", "rss", say("Neuigkeiten (JSON)"), feed("calendar.json", always)),
    )
