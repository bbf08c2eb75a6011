from __future__ import annotations

import json

import pytest

from aggregator.export.jsonld import schema_event, script_text, sub_events
from aggregator.model.events import Umbrella
from aggregator.model.places import Place
from aggregator.model.records import Status


@pytest.fixture
def described(site, initiatives):
    return lambda published: schema_event(published, published.event.occurrences[0], site, initiatives)


def test_an_event_is_described_for_search_engines(publish, described):
    place = Place("Glockenhaus", "Glockenstraße 9", 53.2487, 10.4078)
    event = described(publish("2026-12-05T18:30", "2026-12-05T21:00", place=place, description="Suppe."))
    assert event["@type"] == "Event"
    assert event["startDate"] == "2026-12-05T18:30:00+01:00"
    assert event["endDate"] == "2026-12-05T21:00:00+01:00"
    assert event["location"]["address"] == "Glockenstraße 9"
    assert event["location"]["geo"]["latitude"] == 53.2487
    assert event["organizer"] == [{"@type": "Organization", "name": "Repair-Café", "url": "https://repair.example.org"}]
    assert event["sameAs"] == ["https://repair.example.org/plenum"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        pytest.param(Status.CONFIRMED, "EventScheduled", id="taking place"),
        pytest.param(Status.SOLD_OUT, "EventScheduled", id="sold out"),
        pytest.param(Status.CANCELLED, "EventCancelled", id="cancelled"),
        pytest.param(Status.WITHDRAWN, "EventCancelled", id="gone from its source"),
        pytest.param(Status.MOVED, "EventRescheduled", id="moved"),
    ],
)
def test_the_status_is_one_of_schema_org(status, expected, publish, described):
    assert described(publish("2026-12-05T18:30", status=status))["eventStatus"] == f"https://schema.org/{expected}"


@pytest.mark.parametrize(
    ("place", "mode", "kind"),
    [
        pytest.param(Place("Glockenhaus"), "Offline", "Place", id="somewhere"),
        pytest.param(Place(online=True), "Online", "VirtualLocation", id="online"),
        pytest.param(Place("Glockenhaus", online=True), "Mixed", "Place", id="both"),
    ],
)
def test_one_goes_there_or_joins_online(place, mode, kind, publish, described):
    event = described(publish("2026-12-05T18:30", place=place))
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert event["location"]["@type"] == kind


def test_what_is_not_known_is_left_out(publish, described):
    event = described(publish("2026-12-05", statements=(), initiatives=()))
    assert event["startDate"] == "2026-12-05"
    assert {"location", "organizer", "description", "sameAs"}.isdisjoint(event)


def test_no_text_can_close_the_script_element(publish, described):
    event = described(publish("2026-12-05T18:30", title="</script><!-- & alert('x_1')"))
    text = script_text(event)
    assert not set(text) & set("<>&'()_=!")
    assert json.loads(text) == event


def test_a_festival_and_its_items_name_each_other(site, publish, described):
    item = publish("2026-12-05T18:30", part_of=(Umbrella("f1", "Hafenfest"),))
    assert described(item)["superEvent"] == [
        {"@type": "Event", "name": "Hafenfest", "url": "https://kalender.example.org/event/f1"}
    ]
    named = sub_events([item], site)["subEvent"]
    assert [(each["name"], each["startDate"][:10]) for each in named] == [("Plenum", "2026-12-05")]
    assert sub_events([], site) == {}
