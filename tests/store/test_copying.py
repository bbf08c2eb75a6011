"""A store moves between SQLite and PostgreSQL, and back, without losing a row."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from aggregator.errors import FetchLockTaken, StoreError
from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.store import configuration, copying, verdicts
from aggregator.store.copying import copy_store, tables_of
from aggregator.store.database import Store, open_store
from aggregator.store.schema import generation


def quiet(table: str, rows: int) -> None:
    pass


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, town: Store) -> Iterator[Store]:
    """An empty store on the other kind of database."""
    kind = "postgresql" if town.url.startswith("sqlite") else "sqlite"
    with closing(open_store(request.getfixturevalue(f"{kind}_databases").migrated())) as store:
        yield store


def rows(store: Store) -> dict[str, list[tuple]]:
    with store.reading() as connection:
        return {table.name: list(map(tuple, copying.rows_of(connection, table))) for table in tables_of(connection)}


def test_every_row_arrives(town, elsewhere, apply, publish, make_record, make_event, now):
    apply(added=(make_record("r1", title="Übung \U0001f9d8"), make_record("r2")))
    publish(make_event("e1", now))
    told: dict[str, int] = {}
    copy_store(town, elsewhere, told.__setitem__)
    assert rows(elsewhere) == rows(town)
    assert (told["records"], told["events"], told["sources"]) == (2, 1, 2)


def test_the_way_back_gives_the_same_store(town, elsewhere, apply, make_record, databases):
    apply(added=(make_record("r1"),))
    copy_store(town, elsewhere, quiet)
    with closing(open_store(databases.migrated())) as back:
        copy_store(elsewhere, back, quiet)
        assert rows(back) == rows(town)


def test_numbers_go_on_behind_those_that_were_copied(town, elsewhere, now):
    def judge(store: Store, left: str) -> None:
        with store.writing() as connection:
            verdicts.add(connection, HumanVerdict(left, "z", Verdict.MATCH, "Ada"), now)

    judge(town, "a")
    copy_store(town, elsewhere, quiet)
    judge(elsewhere, "b")
    with elsewhere.reading() as connection:
        assert {verdict.left for verdict in verdicts.load(connection)} == {"a", "b"}


def test_a_store_with_data_is_no_target(town, elsewhere, settings):
    with elsewhere.writing() as connection:
        configuration.sync(connection, settings)
    before = rows(elsewhere)
    with pytest.raises(StoreError, match="already holds data"):
        copy_store(town, elsewhere, quiet)
    assert rows(elsewhere) == before


def test_a_copy_that_differs_is_not_kept(town, elsewhere, apply, make_record, monkeypatch: pytest.MonkeyPatch):
    apply(added=(make_record("r1"),))
    honest: Callable[..., int] = copying.copy_rows

    def forgetful(here, there, table):
        return 0 if table.name == "records" else honest(here, there, table)

    monkeypatch.setattr(copying, "copy_rows", forgetful)
    with pytest.raises(StoreError, match="records is not equal"):
        copy_store(town, elsewhere, quiet)
    assert rows(elsewhere)["sources"] == []


def test_nothing_moves_while_something_fetches(town, elsewhere):
    with town.fetch_lock(), pytest.raises(FetchLockTaken):
        copy_store(town, elsewhere, quiet)


def test_the_generation_moves_along(town, elsewhere, publish, make_event, now):
    publish(make_event("e1", now))
    copy_store(town, elsewhere, quiet)
    assert rows(elsewhere)[generation.name] == rows(town)[generation.name] != [(1, 0)]
