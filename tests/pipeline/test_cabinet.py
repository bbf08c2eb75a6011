"""What is put away comes back as it was, and a look at all records is the same with a cabinet as without."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from aggregator.match.learning import Town
from aggregator.match.linking import link_whole
from aggregator.match.standardising import standardise
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Record, Recurrence
from aggregator.model.sources import Source
from aggregator.model.times import EventTime
from aggregator.pipeline import cabinet as cabinets
from aggregator.pipeline.cabinet import room_out_of_memory

ZONE = "Europe/Berlin"
TOWN = Town(ZONE, {name: Source(name, name, f"https://{name}.example.org/feed") for name in "ab"})


def told(source: str, day: int) -> Record:
    start = EventTime(datetime(2026, 12, day, 18), ZONE)
    words = "Salzstadt-Slam im Glockenhaus"
    return Record(
        f"{source}.{day:02}", f"{day}", source, "vevent", words, words, "", description=f"{words}, 5 Euro.",
        start=start, occurrences=(Occurrence(start, start),), place=Place("Glockenhaus", "Ring 3"),
    )  # fmt: skip


@pytest.fixture
def records():
    weekly = told("a", 1)
    starts = [EventTime(datetime(2026, 12, day, 18), ZONE) for day in (1, 8, 15)]
    weekly = replace(
        weekly,
        recurrence=Recurrence(("FREQ=WEEKLY",), exceptions=(starts[1],)),
        occurrences=tuple(Occurrence(start, start) for start in starts),
    )
    return [weekly, told("a", 5), told("b", 5), told("b", 15)]


def test_profiles_come_back_as_they_were_put_away(records, monkeypatch):
    monkeypatch.setattr(cabinets, "AT_HAND", 1)
    profiles = standardise(records, TOWN).profiles
    with room_out_of_memory() as room:
        room.profiles.update(profiles)
        assert dict(room.profiles) == profiles
        assert room.profiles["a.05"] == room.profiles["a.05"] == profiles["a.05"]


def test_a_look_out_of_a_cabinet_sees_the_same(records):
    with room_out_of_memory() as room:
        assert link_whole(records, TOWN, room=room).linkage == link_whole(records, TOWN).linkage
        assert len(room.profiles) == len(records)


def test_what_was_taken_out_is_gone(records):
    with room_out_of_memory() as room:
        room.profiles.update(standardise(records, TOWN).profiles)
        del room.profiles["a.05"]
        assert "a.05" not in room.profiles
