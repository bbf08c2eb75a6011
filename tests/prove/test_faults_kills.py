"""Killed anywhere, at moments that a seed chooses: the short form of benchmarks/faults_kills.py."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.faults_kills import Tally, kill_migrations, kill_refreshes, kill_workers

pytestmark = pytest.mark.prove

SEED = 8


def test_nothing_is_lost_by_processes_killed_while_they_fetch_import_and_match(tmp_path: Path) -> None:
    told(kill_refreshes(tmp_path, 20, random.Random(SEED)))


def test_old_databases_survive_processes_killed_on_their_way_forward(tmp_path: Path) -> None:
    told(kill_migrations(tmp_path, 5, random.Random(SEED)))


def test_two_workers_of_which_one_dies_again_and_again_lose_nothing(tmp_path: Path, postgresql_databases) -> None:
    told(kill_workers(tmp_path, 6, random.Random(SEED), postgresql_databases.migrated()))


def told(tally: Tally) -> None:
    print(tally.told())
    assert tally.wrong == []
