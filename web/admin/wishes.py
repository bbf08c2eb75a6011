"""How a source is to be read: changed here where it registered, else written down for sources.yaml, which wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from werkzeug.datastructures import MultiDict

from aggregator.config.writing import lines_to_change
from aggregator.model.sources import Initiative, Priority, Source
from web.admin.frame import say
from web.scene import Scene

FEWEST_MINUTES, MOST_MINUTES = 15, 1440


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the form says: minutes between two visits, how near to the origin, and the topics of events without any."""

    minutes: int
    priority: Priority
    topics: tuple[str, ...]

    def to(self, source: Source) -> Source:
        """The source as it is wished."""
        interval = timedelta(minutes=self.minutes)
        return replace(source, interval=interval, priority=self.priority, topics=self.topics)


def read_wishes(fields: MultiDict[str, str], scene: Scene) -> Wishes | None:
    """The form; None if it makes no sense."""
    minutes, rank = fields.get("minutes", ""), fields.get("priority", "")
    is_short = minutes.isascii() and minutes.isdigit() and len(minutes) <= len("1440")
    is_number = is_short and FEWEST_MINUTES <= int(minutes) <= MOST_MINUTES
    if not is_number or rank not in {str(int(priority)) for priority in Priority}:
        return None
    chosen = fields.getlist("topic")
    topics = tuple(topic.id for topic in scene.settings.topics if topic.id in chosen)
    return Wishes(int(minutes), Priority(int(rank)), topics)


def wishes_of(source: Source, initiative: Initiative | None, is_from_web: bool) -> Wishes:
    """How it is read now; in sources.yaml topics stand with the initiative."""
    topics = source.topics if is_from_web or initiative is None else initiative.topics
    return Wishes(int(source.interval.total_seconds() // 60), source.priority, topics)


def for_the_file(source: Source, wishes: Wishes) -> str:
    """The lines of sources.yaml that say so."""
    return lines_to_change(wishes.to(source))


def priorities() -> tuple[tuple[str, str], ...]:
    """How near a source is to the origin, in words."""
    return (
        (str(int(Priority.OWN)), say("eigener Kalender der Initiative")),
        (str(int(Priority.PLATFORM)), say("Plattform")),
        (str(int(Priority.REPUBLISHER)), say("gibt Termine anderer weiter")),
        (str(int(Priority.PRESS)), say("Presse")),
    )


def topic_choices(scene: Scene) -> Sequence[tuple[str, str]]:
    """The topics with their names."""
    return [(topic.id, topic.label(scene.language)) for topic in scene.settings.topics]
