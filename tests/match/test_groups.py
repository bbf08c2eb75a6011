"""Whose meeting it is: a Stammtisch of two groups in one inn at one hour stays two."""

from __future__ import annotations

import pytest

from aggregator.match.groups import are_two_groups
from aggregator.match.standardising import standardise


@pytest.mark.parametrize(
    ("left", "right", "two"),
    [
        pytest.param({"title": "Roter Stammtisch"}, {"title": "Grüner Stammtisch"}, True, id="each says whose"),
        pytest.param({"title": "Roter Stammtisch"}, {"title": "Stammtisch"}, False, id="one says nothing"),
        pytest.param({"title": "Radstammtisch"}, {"title": "Stammtisch Radverkehr"}, False, id="one beginning"),
        pytest.param(
            {"title": "Roter Stammtisch", "description": "zusammen mit den Grünen"},
            {"title": "Grüner Stammtisch"},
            False,
            id="the text names the other",
        ),
        pytest.param({"title": "Klangwerk live"}, {"title": "Klangwerk unplugged"}, False, id="no meeting"),
        pytest.param({"title": "Offenes Plenum"}, {"title": "Plenum im Advent"}, False, id="formal words"),
    ],
)
def test_a_meeting_is_its_groups(record, town, left, right, two):
    profiles = standardise([record("a.1", **left), record("b.1", **right)], town).profiles
    one, other = profiles["a.1"].face, profiles["b.1"].face
    shared = one.wording.title & other.wording.title
    assert (are_two_groups(one, other, shared), are_two_groups(other, one, shared)) == (two, two)
