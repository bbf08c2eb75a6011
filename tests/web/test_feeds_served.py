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
