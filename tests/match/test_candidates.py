"""Venues that several feeds agree on are proposed as places.yaml would say them."""

from __future__ import annotations

import pytest

from aggregator.match.candidates import Candidate, candidates
from aggregator.model.places import KnownPlace, Place

STATED = [
    ("a", Place("Kulturzentrum Alte Post", "Bahnhofplatz 2, 04109 Leipzig", 51.34, 12.37)),
    ("a", Place("Schalterhalle, Alte Post, Bahnhofplatz 2")),
    ("b", Place("Alte Post", "Bahnhofplatz 2", 51.3401, 12.3702)),
    ("b", Place("Treffpunkt Alte Post Leipzig")),
    ("a", Place("Schalterhalle")),
    ("a", Place("Vereinsheim")),
    ("a", Place("Vereinsheim")),
    ("a", Place("Vereinsheim")),
    ("b", Place(online=True)),
]


def test_what_two_calendars_agree_on_is_proposed_with_all_that_is_told():
    (found,) = candidates(STATED, (), ())
    place = KnownPlace("Alte Post", ("Kulturzentrum Alte Post",), "Bahnhofplatz 2", 51.3401, 12.3702)
    assert found == Candidate(place, sources=2, entries=5)


def test_what_is_known_already_is_not_proposed():
    assert candidates(STATED, (KnownPlace("Alte Post", (), "Bahnhofplatz 2"),), ()) == ()


@pytest.mark.parametrize("moved", [pytest.param((51.5, 12.37), id="another position, so none")])
def test_a_position_that_is_told_differently_is_left_out(moved):
    (found,) = candidates([*STATED, ("c", Place("Alte Post", "Bahnhofplatz 2", *moved))], (), ())
    assert (found.place.latitude, found.sources) == (None, 3)
