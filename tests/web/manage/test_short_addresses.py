"""Short addresses that owners give to filters: made in the console, there for everybody, gone with their initiative."""

from __future__ import annotations

import json

import pytest

from aggregator.store import saved_filters

GOOD = {"address": "https://x.example/?topic=kultur&page=3&lang=de", "title": "Kultur bei uns", "name": "kultur"}


def saved(console):
    return console.read(saved_filters.of_initiative, "chor")


def test_an_owner_names_a_filter_and_everybody_can_use_it(choir):
    assert choir.post("/filters", **GOOD).status_code == 303
    assert [(one.name, one.title, one.wanted.query()) for one in saved(choir)] == [
        ("kultur", "Kultur bei uns", "topic=kultur")
    ]
    visitor = choir.visitor.client
    assert visitor.get("/k/kultur").status_code == 200
    assert visitor.get("/k/kultur.ics").text.startswith("BEGIN:VCALENDAR")
    assert "Kultur bei uns" in visitor.get("/initiatives/chor").text


def test_it_is_in_what_the_owner_takes_away(choir):
    choir.post("/filters", **GOOD)
    taken = json.loads(choir.get("/data.json").text)["saved_filters"]
    assert taken == [{"name": "kultur", "title": "Kultur bei uns", "query": "topic=kultur"}]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"title": ""}, "Namen von höchstens 80", id="without a title"),
        pytest.param({"name": "Kultur & Co"}, "kleine Buchstaben", id="no short name"),
        pytest.param({"name": "kultur-wochenende"}, "schon vergeben", id="taken by the operator"),
        pytest.param({"address": "https://x.example/"}, "nichts ausgewählt", id="nothing chosen"),
        pytest.param({"address": "weekday=funday"}, "Wochentage heißen", id="what cannot be meant"),
        pytest.param({"address": "topic=nix"}, "gibt es hier nicht", id="an unknown topic"),
    ],
)
def test_what_cannot_be_kept_is_answered_with_a_sentence(choir, change, sentence):
    answer = choir.post("/filters", **{**GOOD, **change})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert not saved(choir)


def test_five_are_the_most(choir):
    answers = [choir.post("/filters", **{**GOOD, "name": f"kultur-{number}"}).status_code for number in range(6)]
    assert answers == [303] * 5 + [400]


def test_only_its_owner_gives_a_name_up(choir, klima):
    choir.post("/filters", **GOOD)
    klima.post("/filters", deed="drop", name="kultur")
    assert len(saved(choir)) == 1
    choir.post("/filters", deed="drop", name="kultur")
    assert not saved(choir)
    assert choir.visitor.client.get("/k/kultur").status_code == 404
