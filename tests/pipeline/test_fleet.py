"""What several workers share: the queue, its locks, and one answer for a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.model.fetching import SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source
from aggregator.pipeline import fleet
from aggregator.pipeline.postbox import Postbox
from aggregator.pipeline.refresh import Round, refresh_source
from aggregator.store.database import open_store
from tests.pipeline.conftest import World

SLAM = ("slam", "Salzstadt-Slam", "20261205T193000")


def test_a_host_has_one_lane_and_an_exempt_origin_several() -> None:
    limits = FetchSettings(allow_origins=frozenset({"127.0.0.1:80"}))
    of_a_host = {fleet.lane(Source(f"s{n}", "i", f"https://example.org/{n}"), limits) for n in range(20)}
    exempt = {fleet.lane(Source(f"s{n}", "i", f"http://127.0.0.1:80/{n}"), limits) for n in range(40)}
    assert (len(of_a_host), len(exempt)) == (1, 8)


@pytest.fixture
def round_of(request: pytest.FixtureRequest) -> Callable[[World], Round]:
    return lambda town: Round(town.store, town.settings, lambda: town.now, lambda: 0.0)


def test_a_source_that_waits_in_the_queue_is_not_queued_again(postgresql_databases, world, ics, round_of) -> None:
    town = world("poets", "choir")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    town.now += timedelta(hours=2)
    queue_store = open_store(postgresql_databases.migrated())
    app = fleet.open_queue(queue_store)
    fleet.take_on(app, round_of(town), Postbox(town.store, lambda: town.now), 60)
    with app.open():
        assert [fleet.hand_out(round_of(town), app) for _ in range(2)] == [2, 0]
    queue_store.close()


def test_what_a_worker_that_stands_still_had_begun_in_the_queue_is_ended_by_the_server(postgresql_databases) -> None:
    queue_store = open_store(postgresql_databases.migrated())
    app = fleet.open_queue(queue_store)
    with app.open():
        row = app.connector.get_sync_connector().execute_query_one("SHOW idle_in_transaction_session_timeout")
    assert row == {"idle_in_transaction_session_timeout": "30s"}
    queue_store.close()


def test_a_job_for_a_source_that_another_worker_did_asks_nobody(world, ics, round_of) -> None:
    town = world("poets")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    visits = len(town.server.visits)
    assert not fleet.refresh_one(round_of(town), "poets")
    assert not fleet.refresh_one(round_of(town), "no such source")
    assert len(town.server.visits) == visits


def test_a_job_visits_what_is_due_and_says_whether_it_is_news(world, ics, round_of) -> None:
    town = world("poets")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    town.now += timedelta(hours=2)
    assert not fleet.refresh_one(round_of(town), "poets")
    town.server.put("/poets", ics(SLAM, ("new", "Lesung", "20261212T193000")))
    town.now += timedelta(hours=2)
    assert fleet.refresh_one(round_of(town), "poets")


def test_what_a_frozen_worker_decided_from_old_records_is_not_written(world, ics, round_of) -> None:
    town = world("poets")
    town.server.put("/poets", ics(SLAM))
    town.refresh()
    source, state = town.sources[0], town.overview("poets").state
    town.server.put("/poets", ics(SLAM, ("new", "Lesung", "20261212T193000")))
    town.refresh(after=timedelta(hours=2))
    before = town.overview("poets").state
    asleep = replace(state, last_attempt_at=state.last_attempt_at - timedelta(hours=1))
    refresh_source(round_of(town), source, asleep)
    refresh_source(round_of(town), source, SourceState())
    assert town.overview("poets").state == before
