"""A search that found nothing is asked once more: single words, words that sound alike, and what they would bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from aggregator.model.events import Listing
from aggregator.model.filters import EventFilter
from aggregator.model.text import key
from aggregator.model.times import Window, horizon
from aggregator.store import calendar
from web.calendar import neighbours
from web.calendar.emptiness import Offer
from web.calendar.similar import as_written, similar_words
from web.scene import Scene

SHOWN = 5
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Again:
    """`kept` are the other conditions as fields of the form; `words` other searches, `alike` what they find."""

    text: str
    kept: tuple[tuple[str, str], ...]
    words: tuple[Offer, ...]
    alike: tuple[neighbours.Neighbour, ...]
    tell_me: str


def search_again(kept: tuple[tuple[str, str], ...], scene: Scene, connection: Connection) -> Again | None:
    """What to search for instead; None when no words were searched for."""
    wanted = scene.wanted
    if not wanted.text:
        return None
    ahead = Window(scene.today, horizon(scene.today).last)
    words, alike = [], dict[str, Listing]()
    for text in dict.fromkeys(other_texts(wanted.text, scene, connection)):
        asked = EventFilter(text=text)
        listings = calendar.soonest(connection, ahead, asked, SHOWN)
        if listings:
            count = calendar.event_count(connection, ahead, asked)
            written = as_written(text, [wanted.text, *(one.published.event.title for one in listings), *names(scene)])
            words.append(Offer(written, scene.links.list(EventFilter(text=written)), count))
            alike.update((listing.published.identity.id, listing) for listing in listings)
    shown = sorted(alike.values(), key=lambda listing: listing.occurrence.start.instant)[:SHOWN]
    return Again(
        text=wanted.text,
        kept=tuple(field for field in kept if field[0] != "q"),
        words=tuple(words),
        alike=neighbours.by_day(shown, scene),
        tell_me=scene.links.feed("subscribe", wanted.without_dates),
    )


def other_texts(text: str, scene: Scene, connection: Connection) -> list[str]:
    """The words one by one when there are several, and for each that is unknown those that sound like it."""
    words = key(text).split()[:MOST_WORDS]
    known = [*calendar.titles(connection, scene.today), *(key(name) for name in names(scene))]
    single = words if len(words) > 1 else []
    return [*single, *(other for word in words if not stands_in(word, known) for other in similar_words(word, known))]


def names(scene: Scene) -> list[str]:
    """What the initiatives are called."""
    return [initiative.name for initiative in scene.initiatives.values()]


def stands_in(word: str, texts: Iterable[str]) -> bool:
    """Whether the word or a compound with it is known."""
    return any(word in text for text in texts)
