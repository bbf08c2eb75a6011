"""One source over time, through the real server, child, store and relink."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from aggregator.errors import ErrorClass
from aggregator.model.health import Outcome
from aggregator.model.records import Status
from aggregator.store.database import Store
from tests.pipeline.conftest import World

Build = Callable[..., World]
Ics = Callable[..., str]

CHOIR = ("1", "Probe", "20261205T190000")
CONCERT = ("2", "Konzert", "20261212T180000")
HOURS = timedelta(hours=7)


def ten(first: int = 1) -> list[tuple[str, str, str]]:
    return [(str(n), f"Abend {n}", f"202612{n:02}T190000") for n in range(first, first + 10)]


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything stored but the times of checking."""
    tables = ("records", "events", "occurrences", "members", "identities", "bodies", "defects", "generation")
    with store.reading() as connection:
        return {table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))] for table in tables}


def test_a_feed_becomes_events(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(CHOIR, CONCERT))
    report = town.refresh()["chor"]
    assert (report.outcome, report.added, report.events) == (Outcome.UPDATED, 2, 2)
    assert town.titles() == ["Probe", "Konzert"]


def test_a_second_refresh_writes_nothing_but_check_times(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(CHOIR, CONCERT))
    town.refresh()
    before = rows(town.store)
    assert town.refresh(after=HOURS)["chor"].outcome is Outcome.UNCHANGED
    assert rows(town.store) == before


def test_a_calendar_whose_stamps_alone_moved_writes_nothing(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics((*CHOIR, "DTSTAMP:20261122T110000Z")))
    town.refresh()
    before = rows(town.store)
    town.server.put("/chor", ics((*CHOIR, "DTSTAMP:20261122T180000Z")))
    assert town.refresh(after=HOURS)["chor"].outcome is Outcome.UNCHANGED
    assert rows(town.store) == before


def test_the_server_is_asked_conditionally(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(CHOIR), etag='"a"')
    town.refresh()
    assert town.refresh(after=HOURS)["chor"].outcome is Outcome.UNCHANGED
    assert [status for _, status in town.server.visits] == [200, 304]


def test_a_changed_event_keeps_its_id_and_raises_its_sequence(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(CHOIR))
    town.refresh()
    [before] = town.events()
    town.server.put("/chor", ics(("1", "Probe", "20261205T200000")))
    assert town.refresh(after=HOURS)["chor"].changed == 1
    [after] = town.events()
    assert (after.identity.id, after.identity.uid) == (before.identity.id, before.identity.uid)
    assert after.identity.sequence == before.identity.sequence + 1
    assert after.identity.modified_at == town.now


BAD_ANSWERS = [
    pytest.param("<html><title>Anmelden</title></html>", 200, ErrorClass.NOT_A_FEED, id="a log-in page"),
    pytest.param("", 200, ErrorClass.EMPTY, id="an empty file"),
    pytest.param("", 500, ErrorClass.STATUS, id="a server error"),
    pytest.param("", 410, ErrorClass.GONE, id="gone"),
]


@pytest.mark.parametrize(("body", "status", "error_class"), BAD_ANSWERS)
def test_a_bad_answer_is_told_and_loses_nothing(
    world: Build, ics: Ics, body: str, status: int, error_class: ErrorClass
) -> None:
    town = world("chor", "kino")
    town.server.put("/chor", ics(CHOIR))
    town.server.put("/kino", ics(CONCERT))
    town.refresh()
    town.server.put("/chor", body, status)
    town.server.put("/kino", ics(CONCERT, ("3", "Film", "20261213T180000")))
    reports = town.refresh(after=HOURS)
    assert reports["chor"].outcome is Outcome.REJECTED
    assert reports["chor"].failure is not None
    assert reports["chor"].failure.error_class is error_class
    assert town.overview("chor").state.failure == reports["chor"].failure
    assert town.titles() == ["Probe", "Konzert", "Film"]


def test_a_server_that_is_not_there_is_that_sources_failure(world: Build, ics: Ics) -> None:
    town = world("chor", "kino")
    town.server.put("/chor", ics(CHOIR))
    nowhere = town.sources[1].__class__("kino", "kino", "http://127.0.0.1:9/kino")
    town.sources = (town.sources[0], nowhere)
    reports = town.refresh()
    assert reports["kino"].outcome is Outcome.REJECTED
    assert town.titles() == ["Probe"]


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("SUMMARY:Abend 5", id="inside an event"),
        pytest.param("BEGIN:VEVENT\r\nUID:6", id="between two events, where it looks tidy"),
        pytest.param("END:VCALENDAR", id="before its last line"),
    ],
)
def test_a_calendar_that_breaks_off_is_refused_and_loses_nothing(world: Build, ics: Ics, end: str) -> None:
    town = world("chor")
    town.server.put("/chor", ics(*ten()))
    town.refresh()
    whole = ics(*ten(), ("11", "Neu", "20261230T190000"))
    town.server.put("/chor", whole[: whole.index(end)])
    for _ in range(3):
        report = town.refresh(after=HOURS)["chor"]
        assert report.failure is not None
        assert report.failure.error_class is ErrorClass.TRUNCATED
    assert town.titles() == [f"Abend {n}" for n in range(1, 11)]


def test_two_copies_of_a_calendar_in_turn_are_both_shown(world: Build, ics: Ics) -> None:
    """A pair of servers of which each knows half: neither half comes and goes."""
    town = world("chor")
    halves = [
        ics(*((f"{n}", f"Abend {n}", f"202702{n:02}T190000") for n in range(first, first + 10))) for first in (1, 11)
    ]
    told = []
    for visit in range(8):
        town.server.put("/chor", halves[visit % 2])
        report = town.refresh(after=HOURS)["chor"]
        told.append((report.outcome.value, report.added, report.changed, report.withdrawn))
    assert told[:3] == [("updated", 10, 0, 0), ("held", 10, 0, 0), ("updated", 0, 0, 0)]
    assert sum(sum(numbers) for _, *numbers in told) == 20
    assert {published.event.status for published in town.events()} == {Status.CONFIRMED}
    assert len(town.events()) == 20


def test_new_uids_at_every_visit_are_no_news(world: Build, ics: Ics) -> None:
    town = world("chor")
    for visit in range(4):
        town.server.put("/chor", ics(*((f"{visit}-{uid}", *event) for uid, *event in ten())))
        report = town.refresh(after=HOURS)["chor"]
    assert (report.added, report.changed, report.events) == (0, 0, 10)
    assert {published.identity.sequence for published in town.events()} == {0}


def test_a_private_event_is_neither_shown_nor_called_a_fault(world: Build, ics: Ics) -> None:
    town = world("chor")
    secret = ics(CHOIR, ("2", "Geheim", "20261213T180000", "CLASS:PRIVATE"))
    town.server.put("/chor", secret)
    report = town.refresh()["chor"]
    assert (report.skipped, report.events) == ((), 1)


def test_a_withdrawn_event_is_still_shown_but_no_longer_announced(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(*ten()))
    town.refresh()
    town.server.put("/chor", ics(*ten()[:9]))
    town.refresh(after=HOURS)
    assert town.refresh(after=HOURS)["chor"].events == 9
    assert len(town.events()) == 10


def test_a_bad_event_is_a_defect_and_its_neighbours_live(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(CHOIR, ("2", "Kaputt", "2026-XX-12"), ("3", "Film", "20261213T180000")))
    report = town.refresh()["chor"]
    assert [defect.uid for defect in report.skipped] == ["2"]
    assert town.titles() == ["Probe", "Film"]


def test_a_vanished_event_is_withdrawn_after_two_answers_six_hours_apart(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(*ten()), etag='"ten"')
    town.refresh()
    town.server.put("/chor", ics(*ten()[:9]), etag='"nine"')
    town.refresh(after=HOURS)
    assert [published.event.status for published in town.events()] == [Status.CONFIRMED] * 10
    # The server would say 304 now; only a full answer confirms that the event is gone.
    assert town.refresh(after=HOURS)["chor"].withdrawn == 1
    assert town.events()[-1].event.status is Status.WITHDRAWN


def test_a_withdrawn_event_is_shown_for_two_weeks_and_returns_with_its_id(world: Build, ics: Ics) -> None:
    town = world("chor")
    late = ("late", "Neujahr", "20270201T190000")
    town.server.put("/chor", ics(CHOIR, late))
    town.refresh()
    known = town.events()[-1].identity
    town.server.put("/chor", ics(CHOIR))
    town.refresh(after=HOURS)
    town.refresh(after=HOURS)
    assert town.titles() == ["Probe", "Neujahr"]
    town.refresh(after=timedelta(days=15))
    assert town.titles() == ["Probe"]
    town.server.put("/chor", ics(CHOIR, late))
    town.refresh(after=HOURS)
    assert town.events()[-1].identity.id == known.id


def test_a_calendar_that_is_suddenly_empty_is_held(world: Build, ics: Ics) -> None:
    town = world("chor")
    town.server.put("/chor", ics(*ten()))
    town.refresh()
    town.server.put("/chor", ics())
    report = town.refresh(after=HOURS)["chor"]
    assert report.outcome is Outcome.HELD
    assert report.failure is not None
    assert report.failure.error_class is ErrorClass.HELD_EMPTY
    assert len(town.events()) == 10
    town.server.put("/chor", ics(*ten()))
    assert town.refresh(after=HOURS)["chor"].failure is None
    assert town.overview("chor").state.held_since is None


def test_an_emptied_calendar_is_believed_after_three_days(world: Build, ics: Ics) -> None:
    town = world("chor")
    late = [(str(n), f"Abend {n}", f"202702{n:02}T190000") for n in range(1, 11)]
    town.server.put("/chor", ics(*late))
    town.refresh()
    town.server.put("/chor", ics())
    for _ in range(14):
        town.refresh(after=HOURS)
    assert {published.event.status for published in town.events()} == {Status.WITHDRAWN}


def test_stored_series_are_expanded_to_the_new_horizon_without_a_new_body(world: Build, ics: Ics) -> None:
    town = world("chor")
    weekly = ("1", "Probe", "20261124T193000", "RRULE:FREQ=WEEKLY")
    town.server.put("/chor", ics(weekly), etag='"a"')
    town.refresh()
    [before] = town.events()
    town.refresh(after=timedelta(days=5))
    town.refresh(after=timedelta(days=6, hours=23))
    [after] = town.events()
    assert after.event.occurrences[-1].start.instant > before.event.occurrences[-1].start.instant
    assert after.identity.sequence == before.identity.sequence


def test_a_series_goes_on_in_a_calendar_that_tells_something_else_each_day(world: Build, ics: Ics) -> None:
    town = world("chor")
    for day in range(3):
        weekly = ("1", "Probe", "20261124T193000", "RRULE:FREQ=WEEKLY")
        town.server.put("/chor", ics(weekly, ("2", f"Fassung {day}", "20270101T190000")))
        town.refresh(after=timedelta(days=10))
        last = next(each for each in town.events() if each.event.title == "Probe").event.occurrences[-1]
        assert last.start.instant - town.now > timedelta(days=457 - 8)
