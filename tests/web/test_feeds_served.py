"""The forms for programs, as they leave the server."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar


def events_in(answer: bytes) -> list[str]:
    return [str(one["SUMMARY"]) for one in Calendar.from_ical(answer).walk("VEVENT")]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/event/podium.ics", "text/calendar; charset=utf-8"),
        ("/calendar.atom", "application/atom+xml; charset=utf-8"),
        ("/calendar.rss", "application/rss+xml; charset=utf-8"),
        ("/calendar.json", "application/feed+json; charset=utf-8"),
        ("/api/v1/events", "application/json"),
    ],
)
def test_a_feed_has_its_media_type_and_may_be_read_from_anywhere(client: FlaskClient, path: str, kind: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, kind)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_calendar_holds_every_event_once_and_says_series_by_rule(client: FlaskClient) -> None:
    answer = client.get("/calendar.ics").data
    assert events_in(answer).count("Orange Days: Film und Gespräch") == 1
    assert b"RRULE:FREQ=WEEKLY;BYDAY=TU" in answer


def test_an_expanded_calendar_has_one_event_for_each_date(client: FlaskClient) -> None:
    answer = client.get("/calendar.ics?expand=1").data
    assert b"RRULE:FREQ=WEEKLY" not in answer
    assert sum("Nähcafé" in title for title in events_in(answer)) == 12


def test_a_filter_holds_for_the_calendar_too_and_names_it(client: FlaskClient) -> None:
    answer = client.get("/calendar.ics?initiative=klima").data
    assert len(events_in(answer)) == 2
    assert "Lüneburg im Kalender: Klimaentscheid Lüneburg" in answer.decode().replace("\r\n ", "")


def test_atom_is_well_formed_and_names_itself(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/calendar.atom?topic=kultur").data)
    link = root.find("{http://www.w3.org/2005/Atom}link[@rel='self']")
    assert link is not None
    assert link.get("href") == "https://kalender.example.org/calendar.atom?topic=kultur"
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 9


def test_rss_is_well_formed(client: FlaskClient) -> None:
    channel = ElementTree.fromstring(client.get("/calendar.rss").data).find("channel")
    assert channel is not None
    assert len(channel.findall("item")) == 20


def test_json_feed_says_its_version(client: FlaskClient) -> None:
    feed = json.loads(client.get("/calendar.json").data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == 20


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        pytest.param("cancelled=hide", b"SUMMARY:Podium", b"Ringvorlesung", id="without what is called off"),
        pytest.param("cancelled=prefix", b"SUMMARY:Abgesagt: Ringvorlesung", b"STATUS:CANCELLED", id="told by title"),
        pytest.param("links=source", b"URL:https://klima.example.org/podium", b"URL:https://kalender", id="to sources"),
        pytest.param("tz=utc", b"DTSTART:20261124T180000Z", b"DTSTART;TZID", id="in UTC"),
    ],
)
def test_a_reader_with_quirks_gets_its_calendar(client: FlaskClient, query: str, present: bytes, absent: bytes) -> None:
    answer = client.get(f"/calendar.ics?initiative=klima&{query}")
    whole = answer.data.replace(b"\r\n ", b"")
    assert answer.status_code == 200
    assert present in whole
    assert absent not in whole


@pytest.mark.parametrize("query", ["cancelled=nein", "links=beide", "tz=Europe/Berlin", "expand=2"])
def test_an_option_that_does_not_exist_is_400_with_those_that_do(sqlite_client: FlaskClient, query: str) -> None:
    answer = sqlite_client.get(f"/calendar.ics?{query}")
    assert answer.status_code == 400
    assert answer.text.startswith("Hier geht nur")
