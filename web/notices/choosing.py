"""Which notices are asked for, and what there is to press."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from aggregator.model.filters import EventFilter, refusal
from aggregator.model.notices import Notice
from aggregator.model.text import key
from web.calendar.choices import Choice, conditions, toggled
from web.links import Links
from web.scene import Scene


def refuse_event_filters(wanted: EventFilter) -> None:
    """Refuse what can only be asked of events: it must not silently show every notice.

    Raises FilterError.
    """
    rest = replace(wanted, topics=(), initiatives=(), umbrellas=(), text="")
    for name, _ in parse_qsl(rest.query()):
        raise refusal(name, "Danach lassen sich Aufrufe nicht auswählen", "Notices cannot be chosen by this value")


def chosen(path: str, scene: Scene) -> tuple[Choice, ...]:
    """Every condition of the filter with the way out of it."""
    links = scene.links
    return tuple(Choice(label, at(path, without, links), None, True) for label, without in conditions(scene))


def topics(path: str, notices: Sequence[Notice], scene: Scene) -> tuple[Choice, ...]:
    """The topics of what is shown, those with most first."""
    counts = Counter(topic for notice in notices for topic in notice.topics if topic not in scene.wanted.topics)
    known = [topic.id for topic in scene.settings.topics if counts[topic.id]]
    return tuple(
        Choice(scene.topic_label(topic), at(path, adding(topic, scene), scene.links), counts[topic], False)
        for topic in sorted(known, key=lambda topic: (-counts[topic], key(scene.topic_label(topic))))
    )


def initiatives(path: str, notices: Sequence[Notice], scene: Scene) -> tuple[Choice, ...]:
    """Who tells what is shown, those with most first."""
    counts = Counter(notice.initiative for notice in notices)
    names = sorted(counts, key=lambda one: (-counts[one], key(scene.name_of(one))))
    return tuple(
        Choice(
            scene.name_of(one),
            at(path, replace(scene.wanted, initiatives=toggled(scene.wanted.initiatives, one)), scene.links),
            counts[one],
            one in scene.wanted.initiatives,
        )
        for one in names
    )


def adding(topic: str, scene: Scene) -> EventFilter:
    """The filter with one more topic."""
    return replace(scene.wanted, topics=toggled(scene.wanted.topics, topic))


def at(path: str, wanted: EventFilter, links: Links) -> str:
    """The page for a filter."""
    return links.to(path, wanted.query())
