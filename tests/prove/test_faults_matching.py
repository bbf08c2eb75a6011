"""Changes in any order, many times over: what is matched piece by piece is what a look at all records gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.pipeline import relink as relinking
from aggregator.store.database import open_store
from tests.pipeline.test_relink import IDS, STATEMENTS, STEPS, changed_one_by_one

pytestmark = pytest.mark.prove


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relinking, "STALE_SHARE", 0)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(IDS, STATEMENTS, max_size=6), steps=STEPS)
def test_any_row_of_changes_ends_where_a_look_at_all_ends(sqlite_databases, first, steps):
    store = open_store(sqlite_databases.migrated(), key=lambda: bytes(32))
    town = changed_one_by_one(store, first, steps)
    assert town.stored() == town.rebuilt()
    store.close()
