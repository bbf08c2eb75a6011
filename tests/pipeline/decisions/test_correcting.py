from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator.model.corrections import Correction
from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent
from aggregator.model.facts import Reply
from aggregator.model.places import Place
from aggregator.model.publishing import StoredIdentity
from aggregator.model.records import Recurrence, Status
from aggregator.model.times import EventTime
from aggregator.pipeline.correcting import corrected, is_hidden, of_events

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
START = EventTime(datetime(2026, 12, 5, 18), "Europe/Berlin")
END = EventTime(datetime(2026, 12, 5, 20), "Europe/Berlin")
EVENT = MergedEvent("Konzert", START, (EventOccurrence(START, START, END),), (), (), end=END, place=Place("Saal"))


def said(field: str, value: str, event: str = "abc") -> Correction:
    return Correction(event, field, value, "anna", NOW)


def with_said(**fields: str) -> MergedEvent:
    return replace(corrected(EVENT, [said(field, value) for field, value in fields.items()]), corrected=())


def test_the_fields_that_were_changed_are_named_and_those_that_were_only_pinned_are_not():
    given = [said("title", "Adventskonzert"), said("place_name", "Saal"), said("url", "https://a.example")]
    assert corrected(EVENT, given).corrected == ("title", "url")
    assert corrected(EVENT, [said("title", "Konzert")]) is EVENT


def test_an_event_of_which_nobody_said_anything_stays_the_same_object():
    assert corrected(EVENT, ()) is EVENT


@pytest.mark.parametrize(
    ("field", "value", "after"),
    [
        pytest.param("title", "Adventskonzert", replace(EVENT, title="Adventskonzert"), id="title"),
        pytest.param("title", "", EVENT, id="an event is never without a title"),
        pytest.param("url", "", EVENT, id="an address taken away that was not there"),
        pytest.param("description", "Mit Pause.", replace(EVENT, description="Mit Pause."), id="text"),
        pytest.param("topics", "kultur,klima", replace(EVENT, topics=("kultur", "klima")), id="topics"),
        pytest.param("status", "unheard of", EVENT, id="a state that does not exist"),
        pytest.param("start", "soon", EVENT, id="no time"),
        pytest.param("place_point", "here", EVENT, id="no point"),
        pytest.param("place_point", "99,10", EVENT, id="a point beyond the pole"),
    ],
)
def test_one_field_is_corrected(field, value, after):
    assert with_said(**{field: value}) == after


def test_another_place_does_not_keep_the_old_coordinates():
    before = replace(EVENT, place=Place("Saal", "Markt 1", 53.2, 10.4))
    assert corrected(before, [said("place_name", "Kirche")]).place == Place("Kirche", "Markt 1")
    assert corrected(before, [said("place_point", "53.1,10.3")]).place == Place("Saal", "Markt 1", 53.1, 10.3)


def test_a_cancellation_reaches_the_date_itself():
    after = with_said(status="cancelled")
    assert (after.status, after.occurrences[0].status) == (Status.CANCELLED, Status.CANCELLED)


def test_a_moved_start_takes_the_end_along():
    after = with_said(start="2026-12-06T19:30")
    assert after.end == after.occurrences[0].end == EventTime(datetime(2026, 12, 6, 21, 30), "Europe/Berlin")
    assert after.occurrences[0].original == after.start


def test_a_whole_day_has_no_hours_left():
    after = with_said(start="2026-12-06")
    assert (after.is_all_day, after.end) == (True, None)


def test_an_end_before_the_start_is_no_end():
    assert with_said(end="2026-12-05T17:00").end is None


def test_of_a_series_no_time_is_corrected():
    series = replace(EVENT, recurrence=Recurrence(("FREQ=WEEKLY",)))
    assert corrected(series, [said("start", "2026-12-06T19:30")]) == series


def test_an_answer_of_a_person_counts_as_told():
    assert with_said(free="yes").facts.free.reply is Reply.YES
    assert with_said(free="perhaps") == EVENT


def test_only_what_is_hidden_is_hidden():
    assert is_hidden([said("title", "x"), said("hidden", "Konzert")])
    assert not is_hidden([said("title", "x")])


def test_a_correction_follows_its_event_into_a_merger_and_out_of_it():
    identities = [EventIdentity(name, f"{name}@x", name, 0, NOW, NOW, "") for name in ("old", "new")]
    merged = [StoredIdentity(identities[0]), StoredIdentity(identities[1], merged_into="old")]
    correction = said("title", "Adventskonzert", "new")
    assert of_events([correction], merged) == {"old": (correction,)}
    assert of_events([correction], [StoredIdentity(one) for one in identities]) == {"new": (correction,)}


def test_who_organises_it_too_follows_who_announces_it():
    event = replace(EVENT, initiatives=("chor", "haus"))
    assert corrected(event, [said("together", "haus,kirche")]).initiatives == ("chor", "haus", "kirche")
