"""The quick ways of reading and the long ones agree: events as blocks, dates by arithmetic, changed events alone.

Longer: `.venv/bin/python -m benchmarks.quick_reading`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import pytest

from benchmarks import quick_reading
from tests.conftest import SqliteDatabases, opened
from tests.pipeline.twins import Twins, live

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def shared(require: Callable[[str], NoReturn]) -> None:
    if not quick_reading.SHARED.is_dir():
        require("no corpus beside the checkout")


@pytest.mark.usefixtures("shared")
def test_quick_and_exact_reading_agree_on_all_of_corpus_gold_and_hostile_mutants() -> None:
    found = quick_reading.compare(mutants=60)
    print(f"\nevents as blocks: {found.blocks} of {found.events}, {found.misread} calendars read otherwise")
    assert found.blocks * 2 > found.events > 1000
    assert found.misread == 0
    print(f"series by arithmetic: {found.ordinary} of {found.series}, {found.different} of them different")
    assert found.series > 600
    assert found.different == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_edits_leaves_both_stores_alike(sqlite_databases: SqliteDatabases, seed: int) -> None:
    with opened(sqlite_databases.migrated()) as one, opened(sqlite_databases.migrated()) as other:
        live(Twins(one, other), seed, 15)
