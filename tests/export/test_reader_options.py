"""Calendars for readers with quirks: what is called off, where links lead, and times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from aggregator.export.ics import assemble, render
from aggregator.export.reader_options import Cancelled, LinkTo, ReaderOptions
from aggregator.export.vevent import Rendering
from aggregator.model.events import PublishedEvent
from aggregator.model.records import Status
from tests.web import town

SITE = town.settings().site
REFUSED = town.at("2026-12-08T19:00", "2026-12-08T21:00", status=Status.CANCELLED)
SERIES = town.event(
    "choir", "Chor", "2026-12-01T19:00", "2026-12-01T21:00", url="https://choir.example.org/probe",
    rules=("FREQ=WEEKLY;COUNT=3",),
    occurrences=town.weekly("2026-12-01T19:00", "2026-12-01T21:00", 3, n1=REFUSED), deviations=(REFUSED,),
)  # fmt: skip
OFF = town.event("off", "Lesung", "2026-12-05T18:00", status=Status.CANCELLED)
GONE = town.event("gone", "Wanderung", "2026-12-05T10:00", status=Status.WITHDRAWN)


def events(published: PublishedEvent, **options: object) -> list[Event]:
    rendering = Rendering(published, SITE, {}, (), "de", ReaderOptions(**options))  # type: ignore[arg-type]
    return list(Calendar.from_ical(assemble((render(rendering),), SITE, "Kalender")).walk("VEVENT"))


def test_what_is_called_off_is_marked_unless_asked_otherwise() -> None:
    (event,) = events(OFF)
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Abgesagt: Lesung")


@pytest.mark.parametrize("published", [OFF, GONE], ids=["called off", "withdrawn"])
def test_what_does_not_take_place_can_be_left_out(published: PublishedEvent) -> None:
    assert events(published, cancelled=Cancelled.HIDE) == []


def test_a_hidden_date_of_a_series_becomes_an_exception_of_its_rule() -> None:
    (event,) = events(SERIES, cancelled=Cancelled.HIDE)
    assert event["EXDATE"].dts[0].dt == REFUSED.original.aware


def test_a_hidden_date_of_an_expanded_series_is_no_event() -> None:
    days = [event.start.day for event in events(SERIES, cancelled=Cancelled.HIDE, expand=True)]
    assert days == [1, 15]


@pytest.mark.parametrize(
    ("published", "title"),
    [(OFF, "Abgesagt: Lesung"), (GONE, "Bei der Quelle nicht mehr gelistet: Wanderung")],
    ids=["called off", "withdrawn"],
)
def test_a_reader_that_hides_what_is_cancelled_is_told_by_the_title(published: PublishedEvent, title: str) -> None:
    (event,) = events(published, cancelled=Cancelled.PREFIX)
    assert (event["STATUS"], event["SUMMARY"]) == ("CONFIRMED", title)


def test_links_lead_to_us_or_to_the_source() -> None:
    assert events(SERIES)[0]["URL"] == "https://kalender.example.org/event/choir"
    assert events(SERIES, links=LinkTo.SOURCE)[0]["URL"] == "https://choir.example.org/probe"
    assert events(OFF, links=LinkTo.SOURCE)[0]["URL"] == "https://freiraum.example.org/termin"


def test_times_in_utc_need_no_zone_and_no_rule() -> None:
    found = events(SERIES, utc=True)
    assert [event["DTSTART"].dt for event in found] == [datetime(2026, 12, day, 18, tzinfo=UTC) for day in (1, 8, 15)]
    assert all("RRULE" not in event for event in found)


def test_a_whole_day_stays_a_day_in_utc() -> None:
    (event,) = events(town.event("day", "Markt", "2026-12-05"), utc=True)
    assert event["DTSTART"].params["VALUE"] == "DATE"
