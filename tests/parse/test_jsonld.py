from __future__ import annotations

import json
from typing import Any

import pytest

from aggregator.model.components import Component, StatedPlace
from aggregator.parse.jsonld import read_scripts

ADDRESS = "https://example.org/termine"


def event(**stated: Any) -> Component:
    node = {"@type": "Event", "startDate": "2026-12-05", **stated}
    components, defects = read_scripts([json.dumps(node)], ADDRESS, "de")
    assert not defects
    return components[0]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param("Markt", StatedPlace("Markt"), id="a word"),
        pytest.param(
            {"@type": "Place", "name": "Haus", "address": "Markt 1"},
            StatedPlace(name="Haus", address="Markt 1"),
            id="a place",
        ),
        pytest.param(
            [{"@type": "VirtualLocation"}, {"@type": "Place", "name": "Haus"}], StatedPlace(name="Haus"), id="both"
        ),
        pytest.param({"@type": "VirtualLocation", "url": "https://x"}, StatedPlace(online=True), id="online"),
        pytest.param({"geo": {"latitude": 1e400, "longitude": "x"}}, StatedPlace(), id="a point off the globe"),
        pytest.param({"geo": {"latitude": 10**400, "longitude": 0}}, StatedPlace(), id="a number beyond numbers"),
        pytest.param(None, StatedPlace(), id="nothing"),
        pytest.param(7, StatedPlace(), id="a number"),
    ],
)
def test_places_of_every_shape(location: Any, expected: StatedPlace) -> None:
    assert event(location=location).place == expected


def test_the_attendance_mode_says_online() -> None:
    assert event(eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode").place.online


@pytest.mark.parametrize(
    "type_name", ["Event", "MusicEvent", "schema:Event", "http://schema.org/TheaterEvent", ["Thing", "Event"]]
)
def test_every_kind_of_event_counts(type_name: Any) -> None:
    assert event(**{"@type": type_name}).kind == "jsonld"


def test_url_is_the_link_and_id_the_guid() -> None:
    component = event(url="konzert", **{"@id": "#konzert"})
    assert (component.link, component.guid) == ("https://example.org/konzert", "https://example.org/termine#konzert")


def test_an_organiser_is_a_name_or_nobody() -> None:
    assert event(organizer=[{"name": "Verein"}, "post@example.org"]).organizer == "Verein"


@pytest.mark.parametrize("rubbish", [None, 7, [], {}, [[]], {"@value": 3}, "\ud800"])
def test_rubbish_in_any_field_costs_that_field(rubbish: Any) -> None:
    fields = ("name", "description", "url", "organizer", "keywords", "location", "duration", "eventSchedule", "endDate")
    assert event(**dict.fromkeys(fields, rubbish)).start is not None


def test_a_script_that_leads_to_itself_a_million_times_ends() -> None:
    components, _ = read_scripts([json.dumps({"@graph": [{}] * 200_000})], ADDRESS, "")
    assert components == []
