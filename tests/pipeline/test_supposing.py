"""What two announcements would be together is said before anybody decides, and nothing is written."""

from __future__ import annotations

import pytest

from aggregator.model.jobs import JobKind, MergedFound, MergedWish
from aggregator.pipeline.jobs import Bench, do_next
from aggregator.pipeline.refresh import Round
from aggregator.store import jobs, records
from aggregator.store.codec import decode


@pytest.fixture
def town(world, ics, server):
    """A choir and a house that announce different evenings."""
    there = world("chor", "dom")
    server.put("/chor", ics(("1", "Adventskonzert", "20261205T190000"), ("2", "Probe", "20261212T190000")))
    server.put("/dom", ics(("a", "Orgelnacht mit Gästen", "20261219T200000")))
    there.refresh()
    return there


def suppose(there, left, right):
    with there.store.writing() as connection:
        job = jobs.enqueue(connection, JobKind.MERGED, MergedWish(left, right), there.now)
    assert do_next(Bench(Round(there.store, there.settings, lambda: there.now, lambda: 0.0)))
    with there.store.reading() as connection:
        return decode(MergedFound, jobs.load(connection, job).result).event


def by_title(there):
    with there.store.reading() as connection:
        return {one.record.title: one.record.id for one in records.load(connection)}


def test_both_voices_are_in_it_and_the_calendar_stays_as_it_is(town):
    ids, before = by_title(town), town.titles()
    event = suppose(town, ids["Adventskonzert"], ids["Orgelnacht mit Gästen"])
    assert set(event.initiatives) == {"chor", "dom"}
    assert {one.record for one in event.statements} == {ids["Adventskonzert"], ids["Orgelnacht mit Gästen"]}
    assert town.titles() == before


def test_what_is_gone_makes_no_event(town):
    assert suppose(town, by_title(town)["Probe"], "nix") is None
