"""What the instance knows of its houses: position, address and accessibility of events that take place there."""

from __future__ import annotations

from datetime import datetime

import pytest

from aggregator.model.events import MergedEvent
from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.places import KnownPlace, Place
from aggregator.model.times import EventTime
from aggregator.pipeline.placing import at_known_place

MILL = KnownPlace("Alte Mühle", ("Mühle",), "Uferweg 3, 04109 Leipzig", 51.34, 12.37, "stufenlos, Toilette im Hof")
HALL = KnownPlace("Stadthalle", (), "", None, None, "drei Stufen am Eingang")
START = EventTime(datetime(2026, 12, 5, 18), "Europe/Berlin")


UNKNOWN = Facts()


def at(place: Place, facts: Facts = UNKNOWN) -> MergedEvent:
    event = MergedEvent("Abend", START, (), (), (), place=place, facts=facts)
    return at_known_place(event, (MILL, HALL))


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(Place("Alte Mühle"), id="its name"),
        pytest.param(Place("Mühle, Saal"), id="an alias and a room"),
        pytest.param(Place("", "Uferweg 3"), id="its address"),
        pytest.param(Place("Alte Mühle", "Uferweg 3, 04109 Leipzig"), id="both"),
    ],
)
def test_a_known_house_tells_where_it_is_and_how_one_gets_in(place):
    event = at(place)
    assert (event.place.latitude, event.place.longitude) == (51.34, 12.37)
    assert event.place.address in (place.address, MILL.address)
    assert event.facts.accessible == Fact(Reply.YES, "stufenlos, Toilette im Hof")


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(Place("Alte Mühle", "Dorfstraße 9"), id="another address"),
        pytest.param(Place("Alte Mühle", "06108 Halle"), id="another town"),
        pytest.param(Place("Teehaus"), id="another house"),
        pytest.param(Place("Alte Mühle", online=True), id="online"),
        pytest.param(Place(), id="nowhere"),
    ],
)
def test_another_house_is_left_alone(place):
    assert at(place).place == place
    assert at(place).facts == Facts()


def test_what_is_unclear_is_told_and_answers_nothing():
    assert at(Place("Stadthalle")).facts.accessible == Fact(Reply.UNKNOWN, "drei Stufen am Eingang")


def test_what_an_announcement_says_itself_wins():
    told = Facts(accessible=Fact(Reply.NO, "nicht barrierefrei"))
    assert at(Place("Alte Mühle"), told).facts == told
