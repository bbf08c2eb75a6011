"""People correct the hours of a series, and single dates of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.export.ics import render_event
from aggregator.model.corrections import Correction, dated, field_of_date
from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent
from aggregator.model.records import Recurrence, Status
from aggregator.model.settings import Site
from aggregator.model.times import EventTime
from aggregator.pipeline.correcting import corrected

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at(text: str) -> EventTime:
    moment = datetime.fromisoformat(text)
    return EventTime.of_date(moment.date(), "Europe/Berlin") if len(text) == 10 else EventTime(moment, "Europe/Berlin")


def weekly(first: str, last: str, rule: str = "FREQ=WEEKLY;UNTIL=20261215T180000Z") -> MergedEvent:
    """Three Tuesdays, and an exception on a fourth."""
    days = [timedelta(weeks=week) for week in range(3)]
    start, end = at(first), at(last)
    dates = tuple(EventOccurrence(start.shifted(day), start.shifted(day), end.shifted(day)) for day in days)
    recurrence = Recurrence((rule,), exceptions=(start.shifted(timedelta(weeks=3)),))
    return MergedEvent("Probe", start, dates, (), (), end=end, recurrence=recurrence)


SERIES = weekly("2026-12-01T19:00", "2026-12-01T21:00")
SECOND = SERIES.occurrences[1].original


def said(**fields: str) -> MergedEvent:
    given = [Correction("abc", name, value, "anna", NOW) for name, value in fields.items()]
    return corrected(SERIES, given)


def hours(event: MergedEvent) -> list[str]:
    return [f"{one.start.wall:%d.%m. %H:%M}-{one.end.wall:%H:%M}" for one in event.occurrences]


def test_all_dates_move_to_another_hour_and_stay_as_long():
    event = said(start="19:30")
    assert hours(event) == ["01.12. 19:30-21:30", "08.12. 19:30-21:30", "15.12. 19:30-21:30"]
    assert event.corrected == ("start",)
    assert event.deviations == ()


def test_the_rule_its_end_and_its_exceptions_move_along():
    event = said(start="20:00", end="22:00")
    assert event.recurrence.rules == ("FREQ=WEEKLY;UNTIL=20261215T190000Z",)
    assert [one.wall.hour for one in (event.start, event.end, *event.recurrence.exceptions)] == [20, 22, 20]


def test_an_end_before_the_beginning_is_after_midnight():
    assert said(end="01:00").occurrences[0].end == at("2026-12-02T01:00")


def test_a_date_that_differs_already_keeps_its_hour():
    moved = replace(SERIES.occurrences[1], start=at("2026-12-08T16:00"), end=at("2026-12-08T17:00"))
    series = replace(SERIES, occurrences=(SERIES.occurrences[0], moved), deviations=(moved,))
    event = corrected(series, [Correction("abc", "start", "20:00", "anna", NOW)])
    assert hours(event) == ["01.12. 20:00-22:00", "08.12. 16:00-17:00"]
    assert event.deviations[0].original == at("2026-12-08T20:00")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(
            "2026-12-09T18:00", ["01.12. 19:00-21:00", "09.12. 18:00-20:00", "15.12. 19:00-21:00"], id="start"
        ),
        pytest.param(
            "2026-12-08T19:00/2026-12-08T23:00",
            ["01.12. 19:00-21:00", "08.12. 19:00-23:00", "15.12. 19:00-21:00"],
            id="start and end",
        ),
    ],
)
def test_a_single_date_is_moved(value, shown):
    event = said(**{field_of_date(SECOND): value})
    assert hours(event) == shown
    assert [one.original for one in event.deviations] == [SECOND]


def test_a_single_date_is_cancelled_and_calendars_are_told():
    event = said(**{field_of_date(SECOND): "cancelled"})
    assert [one.status for one in event.occurrences] == [Status.CONFIRMED, Status.CANCELLED, Status.CONFIRMED]
    published = PublishedEvent(EventIdentity("abc", "abc@x", "r", 0, NOW, NOW, "f"), event)
    text = render_event(published, Site("Town", "Europe/Berlin"), {}, ()).decode()
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20261208T190000" in text
    assert text.count("STATUS:CANCELLED") == 1


def test_hours_and_a_single_date_are_corrected_together():
    event = said(start="20:00", **{field_of_date(SECOND): "2026-12-09T18:00/2026-12-09T19:00"})
    assert hours(event) == ["01.12. 20:00-22:00", "09.12. 18:00-19:00", "15.12. 20:00-22:00"]
    assert [one.original for one in event.deviations] == [at("2026-12-08T20:00")]


@pytest.mark.parametrize(
    "fields", [{"start": "soon"}, {"end": "25:00"}, {"start": "19:00"}, {"at:2026-12-08T19:00": "x"}]
)
def test_what_makes_no_sense_changes_nothing(fields):
    assert replace(said(**fields), deviations=()) == SERIES


def test_whole_days_and_rules_that_name_their_hours_have_no_other():
    days = weekly("2026-12-01", "2026-12-02", "FREQ=WEEKLY")
    named = weekly("2026-12-01T19:00", "2026-12-01T21:00", "FREQ=WEEKLY;BYHOUR=19")
    for series in (days, named):
        assert corrected(series, [Correction("abc", "start", "20:00", "anna", NOW)]) == series


def test_a_date_is_written_as_it_is_read():
    assert dated(at("2026-12-08T19:00"), at("2026-12-08T21:00")) == "2026-12-08T19:00/2026-12-08T21:00"
    assert len(field_of_date(SECOND)) <= 20
