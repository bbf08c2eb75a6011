"""What a visit costs that finds nothing new, or one thing, counted in statements and rows, never in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from aggregator.model.health import Outcome
from aggregator.pipeline import ledger
from aggregator.store import fetches, sources
from aggregator.store.database import Store
from tests.pipeline.conftest import World

Build = Callable[..., World]
Ics = Callable[..., str]

CHOIR = ("1", "Probe", "20261205T190000")
NAMES = tuple(f"chor-{number}" for number in range(20))
SOON = timedelta(minutes=15)


@contextmanager
def counted(store: Store) -> Iterator[tuple[Counter[str], Counter[str]]]:
    """How many rows were written to each table, and how many statements of each kind ran."""
    rows, statements = Counter[str](), Counter[str]()

    def note(connection: object, cursor: object, statement: str, given: list[object], context: object, many: bool):
        words = statement.split()
        statements[words[0]] += 1
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            table = words[1] if words[0] == "UPDATE" else words[2]
            rows[table] += len(given) if many else 1

    event.listen(store.engine, "before_cursor_execute", note)
    yield rows, statements
    event.remove(store.engine, "before_cursor_execute", note)


@pytest.fixture
def town(world: Build, ics: Ics) -> World:
    """Twenty sources that were read once; each says 304 now."""
    made = world(*NAMES)
    for name in NAMES:
        made.server.put(f"/{name}", ics((name, f"Probe {name}", "20261205T190000")), etag=f'"{name}"')
    made.refresh()
    return made


def test_a_304_writes_one_row_and_twenty_share_one_transaction(town: World) -> None:
    with counted(town.store) as (rows, statements):
        assert {report.outcome for report in town.refresh(after=SOON).values()} == {Outcome.UNCHANGED}
    assert rows == {"sources": len(NAMES)}
    # One for the configuration, one for the visits, one for the relink that finds nothing to do.
    assert statements["BEGIN"] <= 6


def test_one_changed_event_writes_its_own_rows_and_no_others(town: World, ics: Ics) -> None:
    town.server.put("/chor-3", ics(("chor-3", "Generalprobe", "20261205T190000")), etag='"new"')
    with counted(town.store) as (rows, _):
        assert town.refresh(after=SOON)["chor-3"].changed == 1
    changed = {table: number for table, number in rows.items() if table in ("records", "bodies", "events", "history")}
    assert changed == {"records": 1, "bodies": 1, "events": 1, "history": 1}
    assert rows["sources"] == len(NAMES)


def test_the_history_keeps_one_visit_without_news_a_day(town: World) -> None:
    for hours in (1, 1, 24, 1):
        town.refresh(after=timedelta(hours=hours))
    with town.store.reading() as connection:
        outcomes = [entry.outcome for entry in fetches.recent(connection, NAMES[0], 9)]
    assert outcomes == [Outcome.UNCHANGED, Outcome.UPDATED]


def test_the_first_good_visit_after_trouble_is_noted(town: World) -> None:
    body, etag = town.server.answers["/chor-0"][1:]
    for status in (500, 200):
        town.server.put("/chor-0", body, status, etag if status == 200 else "")
        town.refresh("chor-0", after=SOON)
    with town.store.reading() as connection:
        outcomes = [entry.outcome for entry in fetches.recent(connection, "chor-0", 9)]
    assert outcomes == [Outcome.UNCHANGED, Outcome.REJECTED, Outcome.UPDATED]


def test_a_check_that_was_never_written_is_made_again(town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "write_checks", killed)
        town.refresh(after=SOON)
    assert attempts(town) == {town.now - SOON}
    town.refresh(after=SOON)
    assert attempts(town) == {town.now}


def test_a_source_that_another_process_visited_meanwhile_is_left_as_it_is(town: World) -> None:
    with town.store.reading() as connection:
        before = {source.id: state for source, state in sources.load_active(connection)}
    town.refresh(NAMES[0], after=SOON)
    with town.store.reading() as connection:
        assert sources.untouched(connection, before) == {*NAMES[1:]}


def attempts(town: World) -> set[object]:
    """When the sources were last asked, as far as the store knows."""
    with town.store.reading() as connection:
        return {state.last_attempt_at for _, state in sources.load_active(connection)}
