"""Places as stated to name and address."""

from __future__ import annotations

import pytest

from aggregator.model.components import StatedPlace
from aggregator.model.places import Place
from aggregator.normalise.places import link_of, place_of


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        pytest.param("Haus, Glockenstraße 9, 21335 Ort", "Haus", "Glockenstraße 9, 21335 Ort", id="all parts"),
        pytest.param("DRK-Haus, Ahornweg 42a, Ort, 21339, DE", "DRK-Haus", "Ahornweg 42a, Ort, 21339, DE", id="plugin"),
        pytest.param("Haus, Saal, Am Sande 5, 21335 Ort", "Haus, Saal", "Am Sande 5, 21335 Ort", id="room"),
        pytest.param("Am Sande, 21335 Ort", "Am Sande", "21335 Ort", id="square and town"),
        pytest.param("Freiraum - Salzstraße 1", "Freiraum", "Salzstraße 1", id="dash"),
        pytest.param("Bühne – Salzstraße 1, 21335 Ort", "Bühne", "Salzstraße 1, 21335 Ort", id="dash and comma"),
        pytest.param("Haagestraße 4, Raum 103", "", "Haagestraße 4, Raum 103", id="address only"),
        pytest.param("Café 9", "Café 9", "", id="a number is no address"),
        pytest.param("Campus, Gebäude 9, Raum 12", "Campus, Gebäude 9, Raum 12", "", id="rooms are no address"),
        pytest.param("Utopia - Utopia, Ort", "Utopia - Utopia, Ort", "", id="unsure: all of it is the name"),
        pytest.param("beim Griechen", "beim Griechen", "", id="prose"),
    ],
)
def test_a_place_on_one_line_is_split_where_its_address_begins(text: str, name: str, address: str) -> None:
    place = place_of(StatedPlace(text), "")
    assert (place.name, place.address, place.online) == (name, address, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("https://meet.example.org/nord", "Online", id="web address"),
        pytest.param("Online", "Online", id="the word"),
        pytest.param("Zoom (Link folgt)", "Zoom (Link folgt)", id="Zoom"),
        pytest.param("Bibliothek und online", "Bibliothek und online", id="both"),
    ],
)
def test_an_online_place_is_recognised(text: str, name: str) -> None:
    place = place_of(StatedPlace(text), "Vereinsheim")
    assert (place.name, place.online) == (name, True)


def test_the_web_address_of_an_online_place_is_its_link() -> None:
    assert link_of(StatedPlace("https://meet.example.org/nord")) == "https://meet.example.org/nord"


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        pytest.param(StatedPlace(), Place("Vereinsheim", "Hauptstraße 1"), id="none: the source's default"),
        pytest.param(StatedPlace(" \n "), Place("Vereinsheim", "Hauptstraße 1"), id="blank: the source's default"),
        pytest.param(StatedPlace("Park"), Place("Park"), id="stated"),
        pytest.param(StatedPlace(latitude=53.2, longitude=10.4), Place("", "", 53.2, 10.4), id="coordinates alone"),
        pytest.param(StatedPlace(online=True), Place("Online", online=True), id="online"),
        pytest.param(StatedPlace(name="Saal", address="Weg 1"), Place("Saal", "Weg 1"), id="name and address apart"),
    ],
)
def test_the_default_place_steps_in_only_where_none_is_stated(stated: StatedPlace, place: Place) -> None:
    assert place_of(stated, "Vereinsheim, Hauptstraße 1") == place


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        pytest.param(0.0, 0.0, id="nowhere"),
        pytest.param(91.0, 10.0, id="beyond the pole"),
        pytest.param(53.2, None, id="half a pair"),
        pytest.param(float("nan"), 10.0, id="not a number"),
    ],
)
def test_impossible_coordinates_are_none(latitude: float | None, longitude: float | None) -> None:
    place = place_of(StatedPlace("Park", latitude=latitude, longitude=longitude), "")
    assert not place.has_coordinates
