"""A venue that an operator enters serves the very next relink."""

from __future__ import annotations

from collections.abc import Callable

from aggregator.model.places import KnownPlace
from aggregator.pipeline.relink import relink
from aggregator.store import known_places
from tests.pipeline.conftest import World


def test_a_venue_of_an_operator_gives_its_events_a_position_until_it_is_removed(
    world: Callable[..., World], ics: Callable[..., str]
) -> None:
    town = world("poets")
    town.server.put("/poets", ics(("slam", "Slam", "20261205T200000", "LOCATION:Salzglocke")))
    town.refresh()
    [slam] = town.events()
    assert slam.event.place.latitude is None
    with town.store.writing() as connection:
        place = KnownPlace("Glockenhaus", ("Salzglocke",), "Glockenstraße 9", 53.2487, 10.4078)
        known_places.add(connection, place, "anna", town.now)
    relink(town.store, town.settings, town.now)
    [slam] = town.events()
    assert (slam.event.place.latitude, slam.event.place.longitude) == (53.2487, 10.4078)
    with town.store.writing() as connection:
        known_places.remove(connection, 1)
    relink(town.store, town.settings, town.now)
    [slam] = town.events()
    assert slam.event.place.latitude is None
