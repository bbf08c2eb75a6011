from __future__ import annotations

import json

import pytest

from aggregator.export.events_json import event_object
from aggregator.model.places import Place
from aggregator.model.records import Status


@pytest.fixture
def told(site, initiatives, topics):
    return lambda published, **more: event_object(published, site, initiatives, topics, **more)


def test_an_event_is_told_with_its_sources_and_where_each_field_came_from(publish, told):
    event = told(publish("2026-12-05T18:30", "2026-12-05T21:00", topics=("klima",), place=Place("Glockenhaus")))
    assert event["id"] == "ab12"
    assert event["url"] == "https://kalender.example.org/event/ab12"
    assert event["topics"] == [{"id": "klima", "label": "Klima, Umwelt"}]
    assert event["initiatives"] == [{"id": "repair", "name": "Repair-Café", "homepage": "https://repair.example.org"}]
    assert event["sources"][0]["link"] == "https://repair.example.org/plenum"
    assert event["sources"][0]["relation"] == "same"
    assert event["provenance"] == {"title": "r1"}


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        pytest.param(
            "2026-12-05T18:30",
            "2026-12-05T21:00",
            "Europe/Berlin",
            ("2026-12-05T18:30:00+01:00", "2026-12-05T21:00:00+01:00", False),
            id="an evening",
        ),
        pytest.param(
            "2026-07-05T16:30", "", "UTC", ("2026-07-05T18:30:00+02:00", None, False), id="UTC in the site's zone"
        ),
        pytest.param("2026-06-12", "2026-06-15", "Europe/Berlin", ("2026-06-12", "2026-06-15", True), id="whole days"),
    ],
)
def test_times_are_told_in_the_zone_of_the_site(start, end, zone, expected, publish, told):
    event = told(publish(start, end, zone=zone))
    assert (event["start"], event["end"], event["all_day"]) == expected


def test_occurrences_say_only_what_differs(publish, at, told):
    days = (
        at("2026-12-05T18:00"),
        at("2026-12-13T18:00", original="2026-12-12T18:00", title="Plenum mit Gast", place=Place("Saal")),
    )
    first, second = told(publish("2026-12-05T18:00", rules=("FREQ=WEEKLY",), occurrences=days))["occurrences"]
    assert set(first) == {"original_start", "start", "end", "status"}
    assert second["original_start"] == "2026-12-12T18:00:00+01:00"
    assert second["title"] == "Plenum mit Gast"
    assert second["place"]["name"] == "Saal"


def test_a_withdrawn_series_has_no_confirmed_dates(publish, at, told):
    event = told(publish("2026-12-05T18:00", status=Status.WITHDRAWN, occurrences=(at("2026-12-05T18:00"),)))
    assert event["occurrences"][0]["status"] == "withdrawn"


def test_only_web_addresses_are_passed_on_as_links(publish, told):
    event = told(publish("2026-12-05T18:00", links=("https://anmeldung.example.org/", "javascript:alert(1)")))
    assert event["links"] == ["https://anmeldung.example.org/"]


def test_an_event_is_plain_json(publish, told):
    event = told(publish("2026-12-05T18:30", initiatives=("gone",), title="Zwei\nZeilen"), language="en")
    assert json.loads(json.dumps(event)) == event
    assert event["title"] == "Zwei Zeilen"
    assert event["initiatives"] == [{"id": "gone", "name": "gone", "homepage": ""}]
