from __future__ import annotations

import pytest

from aggregator.match.comparing import AGREES, DIFFERS, UNKNOWN, place_weight
from aggregator.model.places import Place

HOUSE = (53.2487, 10.4078)
NEXT_DOOR = (53.2489, 10.4078)
ACROSS_TOWN = (53.2600, 10.4078)


@pytest.mark.parametrize(
    ("left", "right", "weight"),
    [
        pytest.param(Place("Glockenhaus"), Place("GLOCKENHAUS"), AGREES, id="one name"),
        pytest.param(Place("Haus, Markt 1"), Place("Haus", "Markt 1"), AGREES, id="one line or two"),
        pytest.param(Place("Haus", "Markt 1"), Place("Haus", "Markt 1, 21335 Stadt"), AGREES, id="a shorter address"),
        pytest.param(Place("Haus"), Place("Haus", "Markt 1"), AGREES, id="no address"),
        pytest.param(Place("Gemeindehaus", "Weg 1"), Place("Gemeindehaus", "Markt 2"), DIFFERS, id="another village"),
        pytest.param(Place("Haus", "", *HOUSE), Place("Saal", "", *HOUSE), DIFFERS, id="two rooms of one house"),
        pytest.param(Place("Haus", "", *HOUSE), Place("", "Markt 1", *NEXT_DOOR), AGREES, id="one point"),
        pytest.param(Place("Haus", "", *HOUSE), Place("", "Markt 1", *ACROSS_TOWN), DIFFERS, id="two points"),
        pytest.param(Place("Haus"), Place("", "Markt 1"), DIFFERS, id="a name and an address"),
        pytest.param(Place("Haus"), Place(), UNKNOWN, id="one place untold"),
        pytest.param(Place(), Place(), UNKNOWN, id="no place told"),
        pytest.param(Place("Haus"), Place("Haus", online=True), DIFFERS, id="on site and online"),
    ],
)
def test_two_places_are_one_or_not(left, right, weight):
    assert (place_weight(left, right), place_weight(right, left)) == (weight, weight)
