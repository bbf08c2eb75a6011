from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from aggregator.model.events import EventOccurrence, MergedEvent
from aggregator.model.health import Change
from aggregator.model.places import Place
from aggregator.model.records import Recurrence, Status
from aggregator.model.times import EventTime, TimeKind
from aggregator.pipeline.changes import decide_history


def at(text: str) -> EventTime:
    return EventTime(datetime.fromisoformat(text), "Europe/Berlin")


EVENT = MergedEvent("Slam", at("2026-12-05T18:00"), (), (), (), place=Place("Glockenhaus"))
DATE = EventOccurrence(at("2026-12-12T18:00"), at("2026-12-12T18:00"))
CANCELLED = replace(DATE, status=Status.CANCELLED)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"title": "Finale"}, [Change("title", "Slam", "Finale")], id="title"),
        pytest.param(
            {"start": at("2026-12-05T19:30")}, [Change("start", "2026-12-05 18:00", "2026-12-05 19:30")], id="start"
        ),
        pytest.param(
            {"start": EventTime.of_date(at("2026-12-06").wall.date(), "Europe/Berlin")},
            [Change("start", "2026-12-05 18:00", "2026-12-06")],
            id="now all day",
        ),
        pytest.param({"end": at("2026-12-05T21:00")}, [Change("end", "", "2026-12-05 21:00")], id="end"),
        pytest.param({"place": Place("Museum")}, [Change("place", "Glockenhaus", "Museum")], id="place"),
        pytest.param({"status": Status.CANCELLED}, [Change("status", "confirmed", "cancelled")], id="cancelled"),
        pytest.param({"description": "Ein langer Text"}, [Change("description", "", "")], id="description"),
        pytest.param({"topics": ("kultur",), "occurrences": (DATE,)}, [], id="what no reader waits for"),
        pytest.param(
            {"deviations": (CANCELLED,)},
            [Change("occurrence", "2026-12-12 18:00", "2026-12-12 18:00 cancelled")],
            id="one date cancelled",
        ),
        pytest.param(
            {"deviations": (replace(DATE, start=at("2026-12-13T20:00"), place=Place("Museum")),)},
            [Change("occurrence", "2026-12-12 18:00", "2026-12-12 18:00 2026-12-13 20:00, Museum")],
            id="one date moved",
        ),
    ],
)
def test_a_reader_is_told_of(now, told):
    assert list(decide_history(EVENT, replace(EVENT, **now))) == told


def test_a_date_that_takes_place_after_all_is_told():
    (change,) = decide_history(replace(EVENT, deviations=(CANCELLED,)), EVENT)
    assert (change.before, change.after) == ("2026-12-12 18:00 cancelled", "2026-12-12 18:00")


def test_another_rhythm_is_told():
    weekly = replace(EVENT, recurrence=Recurrence(("FREQ=WEEKLY",)))
    assert decide_history(weekly, EVENT) == (Change("recurrence", "FREQ=WEEKLY", ""),)


def test_a_day_reads_as_a_day():
    day = EventTime(datetime(2026, 12, 5), "Europe/Berlin", TimeKind.DATE)
    (change, _) = decide_history(replace(EVENT, start=day, end=day), EVENT)
    assert change.before == "2026-12-05"
