"""Killed anywhere, at moments that a seed chooses: the short form of benchmarks/faults_kills.py."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.faults_kills import Tally, kill_refreshes, kill_workers
from benchmarks.kill_migrations import kill_migrations
from benchmarks.kill_model import SOURCES, Feeds, complaints

pytestmark = pytest.mark.prove

SEED = 8


def test_nothing_is_lost_by_processes_killed_while_they_fetch_import_and_match(tmp_path: Path) -> None:
    told(kill_refreshes(tmp_path, 20, random.Random(SEED)))


def test_old_databases_survive_processes_killed_on_their_way_forward(tmp_path: Path) -> None:
    told(kill_migrations(tmp_path, 5, random.Random(SEED)))


def test_so_do_old_databases_on_postgresql(tmp_path: Path, postgresql_databases) -> None:
    told(kill_migrations(tmp_path, 3, random.Random(SEED), postgresql_databases.empty()))


def test_two_workers_of_which_one_dies_again_and_again_lose_nothing(tmp_path: Path, postgresql_databases) -> None:
    told(kill_workers(tmp_path, 6, random.Random(SEED), postgresql_databases.migrated()))


@pytest.fixture(scope="module")
def survivor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town of which one process was killed."""
    folder = tmp_path_factory.mktemp("survivor")
    kill_refreshes(folder, 1, random.Random(SEED))
    return folder


@pytest.fixture
def town(survivor: Path, tmp_path: Path) -> Path:
    """The file of a copy of it."""
    return Path(shutil.copytree(survivor, tmp_path / "town")) / "town.sqlite"


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        pytest.param("DELETE FROM records WHERE id = (SELECT min(id) FROM records)", "half imported", id="half"),
        pytest.param("UPDATE records SET fields = replace(fields, 'Fassung', 'Fassung 9')", "half imported", id="torn"),
        pytest.param("UPDATE bodies SET content = (SELECT min(content) FROM bodies)", "another one", id="body"),
    ],
)
def test_what_the_model_looks_for_is_found(town: Path, fault: str, found: str) -> None:
    with closing(sqlite3.connect(town)) as file, file:
        file.execute(fault)
    feeds = Feeds(random.Random(SEED), [9999] * SOURCES)
    assert any(found in one for one in complaints(f"sqlite:///{town}", {}, feeds))


def test_a_change_that_was_committed_and_is_gone_is_found(town: Path) -> None:
    feeds = Feeds(random.Random(SEED), [9999] * SOURCES)
    (wrong,) = complaints(f"sqlite:///{town}", {3: 9999}, feeds)
    assert wrong.startswith("lost: source 3")


def told(tally: Tally) -> None:
    print(tally.told())
    assert tally.wrong == []
