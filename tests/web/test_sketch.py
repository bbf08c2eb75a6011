"""The drawing: where pins go, and how places are recognised."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.places import Place
from aggregator.model.sources import Initiative
from web.map.gazetteer import learnt
from web.map.sketch import HEIGHT, MARGIN, MIDDLE, OUTER_RING, PIN_DISTANCE, WIDTH, Sketch, sketch

CENTRE = (53.25, 10.4)


def drawn(*places: tuple[float, float], pinned: int = 12) -> Sketch:
    found = sketch(places, pinned, CENTRE, ",")
    assert found is not None
    return found


def test_nothing_is_drawn_of_nothing() -> None:
    assert sketch((), 12, CENTRE, ",") is None


def test_north_is_up_and_east_is_right() -> None:
    north, east = drawn((53.255, 10.4), (53.25, 10.41)).pins
    assert (north.x, north.y < MIDDLE[1]) == (MIDDLE[0], True)
    assert (east.x > MIDDLE[0], east.y) == (True, MIDDLE[1])


def test_the_outer_ring_is_as_far_as_it_says() -> None:
    made = drawn((53.25 + 0.999 / 111.195, 10.4))
    assert [ring.distance for ring in made.rings] == ["500 m", "1 km"]
    assert made.pins[0].y == pytest.approx(MIDDLE[1] - OUTER_RING, abs=0.3)


def test_a_village_far_off_stands_at_the_edge_and_shrinks_nothing() -> None:
    near = [(53.25 + step / 1500, 10.4) for step in range(1, 6)]
    made = drawn(*near, (53.05, 10.4))
    assert made.rings[1].distance == "500 m"
    assert [pin.is_outside for pin in made.pins] == [False] * 5 + [True]
    assert made.pins[-1].y == HEIGHT - MARGIN


def test_pins_of_one_house_part_and_point_back_to_it() -> None:
    pins = drawn((53.251, 10.401), (53.251, 10.401), (53.251, 10.401)).pins
    assert len({(pin.at_x, pin.at_y) for pin in pins}) == 1
    assert any(pin.has_moved for pin in pins)


def test_places_without_a_number_are_dots() -> None:
    made = drawn((53.251, 10.4), (53.252, 10.4), (53.253, 10.4), pinned=1)
    assert (len(made.pins), len(made.dots)) == (1, 2)


@given(st.lists(st.tuples(st.floats(53.2, 53.3), st.floats(10.3, 10.5)), min_size=1, max_size=12))
def test_no_pin_covers_another_or_leaves_the_drawing(places: list[tuple[float, float]]) -> None:
    pins = drawn(*places).pins
    # A pin is 17 units wide on a phone: they may touch, but a number is never hidden.
    gaps = [hypot(one.x - other.x, one.y - other.y) for one, other in combinations(pins, 2)]
    assert all(gap > PIN_DISTANCE * 0.55 for gap in gaps)
    assert all(MARGIN <= pin.x <= WIDTH - MARGIN and MARGIN <= pin.y <= HEIGHT - MARGIN for pin in pins)


HOUSE = Initiative("h", "mosaique – Haus der Kulturen", place="Katzenstr. 1, 21335 Lüneburg", latitude=1, longitude=2)
KNOWN = learnt(
    (
        Place("Saal", "Am Sande 5", 3.0, 4.0),
        Place("Hof", "", 5.0, 6.0),
        Place("Rathaus", "", 7.0, 8.0),
        Place("Rathaus", "", 7.5, 8.0),
    ),
    (HOUSE,),
)


@pytest.mark.parametrize(
    ("place", "position"),
    [
        pytest.param(Place("X", "", 9.0, 9.0), (9.0, 9.0), id="as stated"),
        pytest.param(Place("", "Katzenstraße 1"), (1, 2), id="street and number"),
        pytest.param(Place("mosaique"), (1, 2), id="short name"),
        pytest.param(Place("Großer Saal, mosaique"), (1, 2), id="a room of it"),
        pytest.param(Place("Mosaique - Mosaique, Stadt"), (1, 2), id="name twice"),
        pytest.param(Place("Saal"), None, id="every house has one"),
        pytest.param(Place("Rathaus"), None, id="two places of one name"),
        pytest.param(Place("", "21335 Lüneburg"), None, id="only the town"),
        pytest.param(Place("1"), None, id="only a number"),
        pytest.param(Place(), None, id="nothing"),
    ],
)
def test_a_place_is_where_others_say_it_is(place: Place, position: tuple[float, float] | None) -> None:
    assert KNOWN.find(place) == position


@pytest.mark.parametrize(
    ("place", "is_below"),
    [
        pytest.param((53.251, 10.4), True, id="a pin above"),
        pytest.param((53.2493, 10.4), False, id="a pin where the name would stand"),
    ],
)
def test_the_name_of_the_town_stands_where_no_pin_covers_it(place: tuple[float, float], is_below: bool) -> None:
    assert (drawn(place).name_y > MIDDLE[1]) is is_below
