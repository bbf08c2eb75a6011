"""Towns in any word: told by a place, a title, a house, or by who announces it."""

from __future__ import annotations

import pytest

from aggregator.match.spots import place_level
from aggregator.match.standardising import Town, standardise
from aggregator.match.towns import Towns
from aggregator.model.sources import Initiative, Source

TOWNS = ("Bergstadt", "Talheim")
# Where each of two towns' calendars is at home.
STATED = [("b", "Rathaus, Markt 1, 11111 Bergstadt"), ("t", "Torhaus, Gasse 2, 22222 Talheim")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("am Talheimer Rathaus", {"talheim"}, id="as an adjective"),
        pytest.param("am Bergstädter Rathaus", {"bergstadt"}, id="as an adjective with an umlaut"),
        pytest.param("in Bergstadt und Talheim", {"bergstadt", "talheim"}, id="two"),
        pytest.param("in den Bergen", set(), id="none"),
        pytest.param("Essen und Trinken", set(), id="a word that is a town as well"),
    ],
)
def test_towns_are_named_in_any_inflection(text, named):
    assert Towns(["bergstadt", "talheim", "essen"]).named_in(text) == named


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        pytest.param(
            {"title": "Ratssitzung Talheim", "place": "Rathaus"}, {"title": "Ratssitzung"}, "worded_town", id="a title"
        ),
        pytest.param(
            {"place": "", "description": "Am Talheimer Tor."}, {"place": ""}, "worded_town", id="a paper's own town"
        ),
        pytest.param({"place": ""}, {"place": ""}, "home_town", id="who announces it"),
        pytest.param(
            {"place": "", "description": "im Rathaus Bergstadt"},
            {"place": "Rathaus"},
            "named",
            id="a house of a town",
        ),
        pytest.param(
            {"place": "", "title": "Nacht", "description": "im Rathaus Talheim"},
            {"place": "Rathaus"},
            "worded_town",
            id="the same house of another town",
        ),
        pytest.param(
            {"place": "", "description": "Los geht es in Bergstadt."}, {"place": ""}, "unknown", id="a paper about both"
        ),
        pytest.param({"place": "Rathaus"}, {"place": "Rathaus"}, "venue", id="a house of that name"),
    ],
)
def test_two_towns_at_one_hour(record, left, right, level):
    names = {"b": "Kalender", "t": "Talheimer Bote"}
    town = Town(
        "Europe/Berlin",
        {name: Source(name, name, f"https://{name}.example/feed") for name in names},
        {name: Initiative(name, title) for name, title in names.items()},
    )
    stated = [
        record(f"{source}.{at}", f"2026-10-{at:02}T10:00", place, title=f"Nummer {at}")
        for at in range(10, 15)
        for source, place in STATED
    ]
    told = [record("t.1", **left), record("b.1", **right)]
    profiles = standardise(sorted([*stated, *told], key=lambda each: each.id), town).profiles
    one, other = profiles["t.1"].face.spot, profiles["b.1"].face.spot
    assert (place_level(one, other), place_level(other, one)) == (level, level)
