"""Why a page is empty, and the next step out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aggregator.export import dates
from aggregator.model.filters import EventFilter
from aggregator.model.health import SourceOverview
from aggregator.model.times import Window
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


@dataclass(frozen=True, slots=True)
class Around:
    """What the filter would find on other days than those of the empty window.

    `next_day` is the next day with something; `ahead` and `past` count the events after and before the
    window, `week` all events of the next seven days, whatever the filter.
    """

    window: Window
    next_day: date | None
    ahead: int
    past: int
    week: int


Count = Callable[[EventFilter], int]


def why_empty(sources: Sequence[SourceOverview], around: Around, count: Count, scene: Scene) -> Emptiness:
    """The first reason that holds: no source, sources failing, everything filtered away, nothing on.

    `count` tells how many events a wider filter would bring on the same days.
    """
    say = scene.tongue.gettext
    if not sources:
        return Emptiness(
            say("Noch ist keine Quelle eingetragen. Wer diese Seite betreibt, trägt sie in sources.yaml ein."), ()
        )
    health = Offer(say("Zustand der Quellen ansehen"), scene.links.to("/sources"))
    if not any(source.events for source in sources):
        return Emptiness(nothing_read(sources, scene), (health,))
    offers = (*wider(count, scene), *later(around, scene), *earlier(around, scene))
    if conditions(scene):
        everything = Offer(say("Alles in den nächsten Tagen"), scene.links.to("/"), around.week)
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


def later(around: Around, scene: Scene) -> list[Offer]:
    """What comes after the window; a search goes on in its list, other pages at the next day with something."""
    if around.next_day is None:
        return []
    say, wanted = scene.tongue.gettext, scene.wanted
    if wanted.text:
        last = dates.long_day(around.window.last - timedelta(days=1), scene.language, with_year=False)
        link = scene.links.list(replace(wanted, first=wanted.first or scene.today, last=None))
        return [Offer(say("Auch nach dem Ende: %(day)s", day=last), link, around.ahead)]
    words = say("Weiter zum nächsten Tag mit Terminen: %(day)s", day=dates.long_day(around.next_day, scene.language))
    return [Offer(words, scene.links.span(wanted, around.next_day, None), around.ahead)]


def earlier(around: Around, scene: Scene) -> list[Offer]:
    """What is over already: the archive."""
    if not around.past:
        return []
    yesterday = around.window.first - timedelta(days=1)
    wanted = replace(scene.wanted, first=None, last=min(yesterday, scene.today - timedelta(days=1)))
    return [Offer(scene.tongue.gettext("Auch was schon vorbei ist"), scene.links.list(wanted), around.past)]
