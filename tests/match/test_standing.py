"""Who leads an event that several initiatives announce in calendars of their own: its organiser, and nobody's guest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator.match.naming import learn_names
from aggregator.match.standing import Standing, standings
from aggregator.model.records import Status
from aggregator.model.sources import Initiative

NAMES = learn_names(
    (Initiative("a", "Klimabund"), Initiative("b", "Lesebühne"), Initiative("c", "Alte Mühle")), frozenset()
)
INITIATIVES = {"a": "a", "b": "b", "c": "c", "d": "d"}
PODIUM = {"title": "Podium: Wie heizt die Stadt?", "description": "Mit der Bürgermeisterin."}


@pytest.fixture
def standing(record):
    """The standing of the first of some records of the sources a, b, c …"""

    def first(*fields):
        records = [record(f"{source}.1", **each) for source, each in zip("abcd", fields, strict=False)]
        return standings(records, INITIATIVES, NAMES)["a.1"]

    return first


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"title": "Wir gehen gemeinsam zum Podium"}, id="it goes there"),
        pytest.param({"title": "Unser Stand beim Podium"}, id="it has a stall"),
        pytest.param({"description": "Wir treffen uns um sieben am Brunnen davor."}, id="its text says so"),
        pytest.param({"start": "2026-12-05T17:00", "end": "2026-12-05T22:00"}, id="it booked the room from five"),
        pytest.param({"title": "Podium (Saal + Küche)", "start": "2026-12-05T17:30"}, id="it notes the rooms"),
        pytest.param({"start": "2026-12-05T20:00"}, id="both others agree on another hour"),
    ],
)
def test_who_takes_part_or_lends_the_room_does_not_lead(standing, fields):
    assert standing(fields, PODIUM, PODIUM) is Standing.GUEST


def test_who_others_name_is_the_organiser(standing):
    assert standing({}, {"description": "Der Klimabund lädt ein."}) is Standing.ORGANISER
    assert standing({}, {"description": "Mit Musik."}) is Standing.ANYBODY


def test_a_house_that_others_name_as_the_place_is_no_organiser(record):
    records = [record("c.1"), record("b.1", description="In der Alte Mühle, mit dem Klimabund.")]
    assert standings(records, INITIATIVES, NAMES)["c.1"] is Standing.ANYBODY


def test_the_newest_statement_is_believed_against_older_copies(record):
    def said(id_, day, start="2026-12-05T18:00"):
        return record(id_, start=start, updated=datetime(2026, 11, day, tzinfo=UTC), status=Status.CONFIRMED)

    newest = said("a.1", 20, "2026-12-05T19:00")
    older = [said("b.1", 2), said("c.1", 3)]
    assert standings([newest, *older], INITIATIVES, NAMES)["a.1"] is Standing.ANYBODY
    stale = replace(newest, updated=datetime(2026, 11, 1, tzinfo=UTC))
    assert standings([stale, *older], INITIATIVES, NAMES)["a.1"] is Standing.GUEST
