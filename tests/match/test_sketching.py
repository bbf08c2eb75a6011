from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.match.blocking import may_meet
from aggregator.match.sketching import sketch_of
from aggregator.match.standardising import standardise
from aggregator.match.units import unit_of
from aggregator.model.places import Place
from aggregator.model.records import Occurrence, Status


def with_override(record):
    """A series of which one date is told otherwise, in another town on another day."""
    series = record("a.2", weeks=5, title="Plenum")
    moved = record("a.3", start="2026-12-14T20:00", place="Museum, Lüneburg", series="a.2", original="2026-12-12T18:00")
    dates = [*series.occurrences[:1], Occurrence(moved.start, moved.original, record="a.3"), *series.occurrences[2:]]
    return [replace(series, occurrences=tuple(dates)), moved]


def in_another_zone(record):
    series = record("a.4", weeks=30, start="2026-09-05T23:30")
    abroad = tuple(
        Occurrence(replace(each.start, zone="America/New_York"), replace(each.original, zone="America/New_York"))
        for each in series.occurrences
    )
    return [replace(series, start=abroad[0].start, occurrences=abroad)]


@pytest.mark.parametrize(
    "some",
    [
        pytest.param(lambda record: [record("b.1")], id="an evening"),
        pytest.param(lambda record: [record("b.1", start="2026-12-05T23:30")], id="a start near midnight"),
        pytest.param(lambda record: [record("b.1", start="2026-12-05", end="2026-12-20")], id="an exhibition"),
        pytest.param(lambda record: [record("b.1", start="2026-12-05", end="2030-12-20")], id="years on end"),
        pytest.param(lambda record: [record("b.1", place="Haus, 21335 Lüneburg")], id="a place in a town"),
        pytest.param(lambda record: [replace(record("b.1"), place=Place("Hof", "", 53.2, 10.4))], id="a point"),
        pytest.param(lambda record: [record("b.1", place="")], id="no place"),
        pytest.param(lambda record: [record("b.1", weeks=20)], id="a series"),
        pytest.param(with_override, id="a series with a date told otherwise"),
        pytest.param(in_another_zone, id="a series of another zone"),
    ],
)
def test_a_sketch_tells_what_the_unit_tells_but_for_words(record, town, some):
    records = some(record)
    standard = standardise(records, town)
    (profile,) = standard.profiles.values()
    unit = unit_of(profile, standard.learnt)
    sketch = sketch_of(records[0], standard.learnt, {each.id: each for each in records})
    words = {"features": unit.features, "marks": unit.marks, "held": unit.held, "sought": unit.sought}
    assert replace(sketch, minutes=unit.minutes, **words) == unit
    assert sketch.minutes >= unit.minutes
    assert may_meet(sketch, unit) == may_meet(unit, unit)


def test_what_was_moved_may_have_been_moved_from_any_day_near_by(record, town):
    moved = record("b.1", title="Verlegt vom 12.: Slam", start="2026-12-19T18:00", status=Status.MOVED)
    standard = standardise([moved], town)
    unit = unit_of(standard.profiles["b.1"], standard.learnt)
    sketch = sketch_of(moved, standard.learnt, {})
    assert len(unit.span.ordinals()) > 1
    assert set(unit.span.ordinals()) < set(sketch.span.ordinals())
