"""What the instance knows of a venue, added to events that take place there: position, address, accessibility.

What an announcement says itself always wins. Nothing is looked up anywhere: the operator's list is all there is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from aggregator.match.gazetteer import Gazetteer, learn_places, venue_of_known
from aggregator.match.stating import Stated, apart
from aggregator.model.events import MergedEvent
from aggregator.model.places import KnownPlace, Place
from aggregator.normalise.facts import accessibility_of

Known = tuple[KnownPlace, ...]


def at_known_place(event: MergedEvent, places: Known) -> MergedEvent:
    """The event with what is known of its venue, as far as no announcement tells it."""
    known = known_place(event.place, places)
    if known is None:
        return event
    facts = event.facts
    if known.accessibility and not facts.accessible.is_known:
        facts = replace(facts, accessible=accessibility_of(known.accessibility))
    return replace(event, place=completed(event.place, known), facts=facts)


def known_place(place: Place, places: Known) -> KnownPlace | None:
    """The venue of the list that a place means; None if it says another address or town, or names two of them."""
    stated = apart(place)
    if place.online or not places or not (stated.names or stated.address):
        return None
    gazetteer, by_id = listed(places)
    ids = {gazetteer.venue(name) for name in stated.names} | {stated.address}
    found = [by_id[each] for each in ids if each in by_id]
    return found[0] if len(found) == 1 and not is_elsewhere(stated, found[0]) else None


@lru_cache(maxsize=4)
def listed(places: Known) -> tuple[Gazetteer, dict[str, KnownPlace]]:
    """The list ready for looking up, by the ids of its venues."""
    return learn_places((), places, ()), {venue_of_known(each): each for each in places}


def is_elsewhere(stated: Stated, known: KnownPlace) -> bool:
    """Whether a place says an address or a town that the venue does not have."""
    own = apart(Place(known.name, known.address))
    if stated.address and own.address and stated.address != own.address:
        return True
    return bool(stated.towns and own.towns) and not stated.towns & own.towns


def completed(place: Place, known: KnownPlace) -> Place:
    """A place with the venue's address and position where it has none."""
    if not place.has_coordinates and known.latitude is not None:
        place = replace(place, latitude=known.latitude, longitude=known.longitude)
    return place if place.address else replace(place, address=known.address)
