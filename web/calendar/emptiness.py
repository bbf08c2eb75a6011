"""Why a page is empty, and the next step out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from aggregator.export import dates
from aggregator.model.filters import EventFilter
from aggregator.model.health import SourceOverview
from web.calendar.choices import conditions
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class Offer:
    """One way on: what it gives up, where it leads, how many occurrences it brings (None: not counted)."""

    label: str
    link: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Emptiness:
    """The sentence on an empty page and the ways on."""

    sentence: str
    offers: tuple[Offer, ...]


Count = Callable[[EventFilter], int]


def why_empty(sources: Sequence[SourceOverview], next_day: date | None, count: Count, scene: Scene) -> Emptiness:
    """The first reason that holds: no source, sources failing, everything filtered away, nothing on.

    `next_day` is the next day with something that the filter lets through; `count` tells how many
    occurrences a wider filter would bring.
    """
    say = scene.tongue.gettext
    if not sources:
        return Emptiness(
            say("Noch ist keine Quelle eingetragen. Wer diese Seite betreibt, trägt sie in sources.yaml ein."), ()
        )
    health = Offer(say("Zustand der Quellen ansehen"), scene.links.to("/sources"))
    if not any(source.events for source in sources):
        return Emptiness(nothing_read(sources, scene), (health,))
    offers = tuple(wider(count, scene)) + tuple(later(next_day, scene))
    if conditions(scene):
        everything = Offer(say("Alles in den nächsten Tagen"), scene.links.to("/"))
        return Emptiness(say("Zu dieser Auswahl ist nichts eingetragen."), (*offers, everything))
    return Emptiness(say("In diesem Zeitraum ist nichts eingetragen."), offers or (health,))


def nothing_read(sources: Sequence[SourceOverview], scene: Scene) -> str:
    """Why there are sources but no events: all fail, not read yet, or they are empty."""
    say = scene.tongue.gettext
    if all(source.state.failure for source in sources):
        return say("Keine Quelle war erreichbar. Wir versuchen es weiter.")
    if not any(source.state.last_success_at for source in sources):
        return say("Die Quellen wurden noch nicht gelesen. Das dauert nach dem ersten Start einen Moment.")
    return say("Die Quellen enthalten zurzeit keine Termine.")


def wider(count: Count, scene: Scene) -> list[Offer]:
    """For each condition the calendar without it, if that brings anything."""
    offers = []
    for label, without in conditions(scene):
        brought = count(without)
        if brought and not without.is_empty:
            words = scene.tongue.gettext("Ohne „%(condition)s“", condition=label.strip("„“\u201d"))
            offers.append(Offer(words, scene.links.agenda(without), brought))
    return offers


def later(next_day: date | None, scene: Scene) -> list[Offer]:
    """The next day on which something is on."""
    if next_day is None:
        return []
    words = scene.tongue.gettext(
        "Weiter zum nächsten Tag mit Terminen: %(day)s", day=dates.long_day(next_day, scene.language)
    )
    return [Offer(words, scene.links.span(scene.wanted, next_day, None))]
