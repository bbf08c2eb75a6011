"""The heartbeat, and the mails to operators: each trouble is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import SourceState
from aggregator.model.operators import Operator
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.pipeline.attending import attend
from aggregator.pipeline.refresh import Round
from aggregator.store import configuration, mails, operators, sources, ticks
from tests.pipeline.conftest import NOON

SITE = Site("Stadt", "Europe/Berlin", base_url="https://stadt.example.org", contact="stadt@example.org")
SETTINGS = Settings(
    Path("sources.yaml"),
    SITE,
    initiatives=(Initiative("kino", "Kino"),),
    sources=(Source("kino", "kino", "https://kino.example.org/cal.ics"),),
)
BROKEN = SourceState(failure=Failure(ErrorClass.DNS, "kino.example.org"), first_failure_at=NOON - timedelta(days=4))


@pytest.fixture
def at(sqlite_store):
    """Let the scheduler look around so long after noon."""
    with sqlite_store.writing() as connection:
        configuration.sync(connection, SETTINGS)
    return lambda later, site=SITE: attend(
        Round(sqlite_store, replace(SETTINGS, site=site), lambda: NOON + later, lambda: 0.0)
    )


def told(store):
    with store.reading() as connection:
        return [(one.mail.to, one.mail.text) for one in mails.unsent(connection)]


def break_down(store, state=BROKEN):
    with store.writing() as connection:
        sources.save_state(connection, "kino", state)


def test_the_heartbeat_is_written_once_a_minute(at, sqlite_store):
    beats = []
    for later in (timedelta(), timedelta(seconds=30), timedelta(seconds=70)):
        at(later)
        with sqlite_store.reading() as connection:
            beats.append(ticks.last(connection).at - NOON)
    assert beats == [timedelta(), timedelta(), timedelta(seconds=70)]


def test_a_clock_that_was_set_back_does_not_stop_the_heart(at, sqlite_store):
    at(timedelta(days=1))
    at(timedelta())
    with sqlite_store.reading() as connection:
        assert ticks.last(connection).at == NOON


def test_a_source_that_fails_for_days_is_told_once_and_again_when_it_fails_anew(at, sqlite_store):
    break_down(sqlite_store)
    for hours in range(3):
        at(timedelta(hours=hours))
    assert len(told(sqlite_store)) == 1
    break_down(sqlite_store, SourceState())
    at(timedelta(hours=4))
    break_down(sqlite_store)
    at(timedelta(hours=5))
    assert len(told(sqlite_store)) == 2


def test_the_mail_says_what_waits_and_where(at, sqlite_store):
    break_down(sqlite_store)
    at(timedelta())
    ((to, text),) = told(sqlite_store)
    assert to == "stadt@example.org"
    assert "Kino: seit Tagen nicht lesbar." in text
    assert "https://stadt.example.org/admin" in text


def test_operators_with_an_address_are_told_instead_of_the_contact(at, sqlite_store):
    with sqlite_store.writing() as connection:
        operators.save(connection, Operator("anna", "anna@example.org", NOON, "x"))
        operators.save(connection, Operator("bernd", "", NOON, "x"))
    break_down(sqlite_store)
    at(timedelta())
    assert [to for to, _ in told(sqlite_store)] == ["anna@example.org"]


def test_without_any_address_nothing_is_queued(at, sqlite_store):
    break_down(sqlite_store)
    at(timedelta(), replace(SITE, contact=""))
    assert told(sqlite_store) == []
