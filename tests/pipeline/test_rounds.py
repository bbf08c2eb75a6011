"""Many sources, one calendar: merging, order, and rebuilding from what was said."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.model.health import Outcome
from aggregator.model.sources import Priority
from aggregator.pipeline.refresh import Round, refresh_source
from aggregator.pipeline.relink import relink
from aggregator.pipeline.replay import replay_all
from aggregator.pipeline.rounds import refresh_all, refresh_due
from aggregator.store import events as stored_events
from aggregator.store import queries
from tests.pipeline.conftest import World

Build = Callable[..., World]
Ics = Callable[..., str]

SLAM = ("slam@poetry", "Salzstadt-Slam", "20261205T200000", "LOCATION:Glockenhaus")
HOURS = timedelta(hours=7)


def round_of(town: World) -> Round:
    return Round(town.store, town.settings, lambda: town.now, lambda: 0.0)


def test_one_evening_announced_by_three_sources_is_one_event(world: Build, ics: Ics) -> None:
    town = world("house", "poets", "paper")
    town.server.put("/house", ics(("h1", "Salzstadt-Slam", "20261205T200000", "LOCATION:Glockenhaus")))
    town.server.put("/poets", ics(SLAM))
    town.server.put("/paper", ics(("slam@poetry", "Dichter im Glockenhaus", "20261205T200000")))
    town.refresh()
    [slam] = town.events()
    assert sorted(statement.source for statement in slam.event.statements) == ["house", "paper", "poets"]
    assert [statement.rule for statement in slam.event.statements] == ["", "same_uid", "same_uid"]


def test_the_initiatives_own_words_win_over_the_papers(world: Build, ics: Ics) -> None:
    town = world("paper", "poets")
    town.sources = (replace(town.sources[0], priority=Priority.PRESS), town.sources[1])
    town.server.put("/poets", ics(SLAM))
    town.server.put("/paper", ics(("slam@poetry", "Dichterabend", "20261205T200000")))
    town.refresh()
    assert town.titles() == ["Salzstadt-Slam"]


def test_two_plenums_at_seven_stay_two(world: Build, ics: Ics) -> None:
    town = world("climate", "garden")
    town.server.put("/climate", ics(("1", "Plenum", "20261205T190000")))
    town.server.put("/garden", ics(("1b", "Plenum", "20261205T190000")))
    town.refresh()
    assert town.titles() == ["Plenum", "Plenum"]


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_the_sources_gives_the_same_calendar(world: Build, ics: Ics, seed: int) -> None:
    names = ["house", "poets", "paper", "choir"]
    town = world(*names)
    town.server.put("/house", ics(("h1", "Salzstadt-Slam", "20261205T200000", "LOCATION:Glockenhaus")))
    town.server.put("/poets", ics(SLAM))
    town.server.put("/paper", ics(("slam@poetry", "Dichterabend", "20261205T200000")))
    town.server.put("/choir", ics(("c", "Probe", "20261124T193000", "RRULE:FREQ=WEEKLY;COUNT=3")))
    town.refresh()
    ordered = town.events()
    with town.store.writing() as connection:
        stored_events.drop_derived(connection)
    shuffled = list(town.sources)
    random.Random(seed).shuffle(shuffled)
    town.sources = tuple(shuffled)
    town.refresh()
    assert town.events() == ordered


def test_what_was_derived_is_rebuilt_byte_for_byte(world: Build, ics: Ics) -> None:
    town = world("poets", "choir")
    town.server.put("/poets", ics(SLAM))
    town.server.put("/choir", ics(("c", "Probe", "20261124T193000", "RRULE:FREQ=WEEKLY;COUNT=3")))
    town.refresh()
    town.server.put("/poets", ics(("slam@poetry", "Salzstadt-Slam", "20261205T203000", "LOCATION:Glockenhaus")))
    town.refresh(after=HOURS)
    before = (town.events(), fragments(town))
    with town.store.writing() as connection:
        stored_events.drop_derived(connection)
    assert town.events() == []
    relink(town.store, town.settings, town.now + HOURS)
    assert (town.events(), fragments(town)) == before


def fragments(town: World) -> tuple[bytes, ...]:
    from aggregator.model.filters import EventFilter

    with town.store.reading() as connection:
        return queries.feed_fragments(connection, EventFilter())


def test_replay_reads_the_last_good_bodies_without_a_visit(world: Build, ics: Ics) -> None:
    town = world("poets")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    visits, before = len(town.server.visits), town.events()
    [report] = replay_all(round_of(town), lambda _: None)
    assert (report.outcome, len(town.server.visits), town.events()) == (Outcome.UNCHANGED, visits, before)


def test_a_source_that_is_not_due_is_left_alone(world: Build, ics: Ics) -> None:
    town = world("poets")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    [report] = refresh_all(round_of(town), (), False, lambda _: None)
    assert report.outcome is Outcome.NOT_DUE
    assert report.next_at is not None
    assert report.next_at > town.now
    assert len(town.server.visits) == 1


def test_after_a_standstill_those_that_waited_longest_are_asked_first_and_the_others_soon(world: Build) -> None:
    town = world(*(f"club-{number:02}" for number in range(20)))
    town.refresh()
    town.now += timedelta(days=2)
    first, second = [{report.source for report in refresh_due(round_of(town))} for _ in range(2)]
    assert (len(first), len(second)) == (16, 4)
    assert first.isdisjoint(second)


def test_a_host_that_asks_for_rest_is_left_alone_by_all_its_sources(world: Build, ics: Ics) -> None:
    town = world("poets", "choir")
    town.server.put("/poets", ics(SLAM))
    town.server.put("/choir", ics(("c", "Probe", "20261124T193000")))
    town.refresh()
    town.server.put("/poets", "", 429)
    town.refresh("poets", after=HOURS)
    assert town.overview("choir").state.next_at == town.now + timedelta(hours=2)
    town.now += timedelta(hours=1)
    assert refresh_due(round_of(town)) == ()
    town.now += timedelta(hours=1)
    assert {report.source for report in refresh_due(round_of(town))} >= {"choir"}


def test_a_platform_of_many_sources_slows_down_the_one_that_asked_too_often(world: Build, ics: Ics) -> None:
    names = [f"group{number}" for number in range(21)]
    town = world(*names)
    for name in names:
        town.server.put(f"/{name}", ics((name, f"Plenum {name}", "20261124T193000")))
    town.refresh()
    town.server.put("/group0", "", 429)
    town.refresh("group0", after=HOURS)
    due = town.overview("group1").state.next_at
    assert due is not None
    assert due < town.now


def test_what_a_doubtful_answer_adds_is_shown_by_the_next_tick(world: Build, ics: Ics) -> None:
    town = world("choir")
    town.server.put("/choir", ics(*((f"{n}", f"Abend {n}", f"202702{n:02}T190000") for n in range(1, 11))))
    town.refresh()
    town.server.put("/choir", ics(("new", "Neujahr", "20270101T190000")))
    town.now += HOURS
    [report] = refresh_due(round_of(town))
    assert (report.outcome, report.added) == (Outcome.HELD, 1)
    assert "Neujahr" in town.titles()


def test_a_tick_makes_up_for_a_relink_that_did_not_happen(world: Build, ics: Ics) -> None:
    town = world("poets")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    town.server.put("/poets", ics(SLAM, ("new", "Lesung", "20261212T193000")))
    town.now += HOURS
    [source] = town.sources
    refresh_source(round_of(town), source, town.overview("poets").state)
    assert "Lesung" not in town.titles()
    assert refresh_due(round_of(town)) == ()
    assert "Lesung" in town.titles()


def test_a_source_taken_out_of_the_configuration_takes_its_events_along(world: Build, ics: Ics) -> None:
    town = world("poets", "choir")
    town.server.put("/poets", ics(SLAM))
    town.server.put("/choir", ics(("c", "Probe", "20261124T193000")))
    town.refresh()
    town.sources = town.sources[1:]
    town.refresh(after=HOURS)
    assert town.titles() == ["Probe"]


def test_a_round_is_one_line_in_the_log_beside_that_of_each_source(
    world: Build, ics: Ics, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    town = world("poets", "paper")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    lines = [line.message for line in caplog.records if line.name.startswith("aggregator.pipeline")]
    assert sum(line.startswith("source=") for line in lines) == 2
    assert [line for line in lines if line.startswith("round ")] == [
        "round sources=2 updated=1 unchanged=0 held=0 rejected=1 events_written=1 events_removed=0"
    ]
    assert "127.0.0.1" not in "".join(lines)
