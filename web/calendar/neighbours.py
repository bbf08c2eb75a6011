"""Short lists beside a page: what else is on that day, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aggregator.export import dates
from aggregator.model.events import Listing
from web.calendar.rows import link_of, place_of, short_place, tiny_day
from web.scene import Scene


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One line of a short list: `when` is an hour or a day, `iso` its start for machines."""

    when: str
    iso: str
    title: str
    link: str
    place: str


def by_hour(listings: Iterable[Listing], scene: Scene) -> tuple[Neighbour, ...]:
    """The events of one day with their hours."""
    return tuple(neighbour(listing, hour_of(listing, scene), scene) for listing in listings)


def by_day(listings: Iterable[Listing], scene: Scene) -> tuple[Neighbour, ...]:
    """Coming events with their days."""
    return tuple(neighbour(listing, tiny_day(listing.day, scene), scene) for listing in listings)


def neighbour(listing: Listing, when: str, scene: Scene) -> Neighbour:
    """One line."""
    occurrence, event = listing.occurrence, listing.published.event
    place = short_place(place_of(event, occurrence))
    link = link_of(listing.published, occurrence, scene)
    return Neighbour(when, occurrence.start.iso(), occurrence.title or event.title, link, place)


def hour_of(listing: Listing, scene: Scene) -> str:
    """The hour it begins; nothing for a whole day, or for a day after its first."""
    start = listing.occurrence.start
    if start.is_date or start.local_day(scene.zone) != listing.day:
        return ""
    return dates.clock(start.local(scene.zone), scene.language)
