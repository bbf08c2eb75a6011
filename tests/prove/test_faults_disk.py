"""A full disk, one that takes nothing, a locked store: pages stay, the state is told, and it mends itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from tests.prove.faulty_town import EVENTS, FaultyTown, faulty_town

pytestmark = pytest.mark.prove

DISK_MEGABYTES = 64


@pytest.fixture
def disk(tmp_path: Path, require: Callable[[str], NoReturn]) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(made, check=False, capture_output=True).returncode:
        require("a disk of its own can be mounted by root only")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FaultyTown]:
    with faulty_town(tmp_path) as known:
        yield known


def start(town: FaultyTown, folder: Path) -> Path:
    """Start pages and scheduler on a store in that folder; returns its file."""
    url = f"sqlite:///{folder / 'town.sqlite'}"
    town.start_pages(url)
    town.start_refreshing(url, "run")
    return folder / "town.sqlite"


def started(town: FaultyTown, folder: Path) -> Path:
    path = start(town, folder)
    town.must_show(1)
    return path


def fill(folder: Path) -> Path:
    """Leave no byte free."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def test_a_full_disk_stops_the_fetching_and_nothing_else(town: FaultyTown, disk: Path) -> None:
    started(town, disk)
    filler = fill(disk)
    town.must(lambda: town.state().get("store") == "full")
    assert (town.state()["code"], town.state()["status"]) == (200, "degraded")
    town.must_rest()
    news = town.say_something_new()
    assert town.shows(1)
    assert town.get("/")[0] == 200
    filler.unlink()
    town.must_show(news)
    assert town.state()["store"] == "ok"
    assert town.all_live()


def test_a_disk_that_takes_nothing_is_read_from(town: FaultyTown, disk: Path) -> None:
    started(town, disk)
    town.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    start(town, disk)
    town.must(lambda: town.state().get("store") == "read-only")
    assert town.shows(1)
    assert town.get("/")[0] == 200
    town.must_rest()
    news = town.say_something_new()
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    town.must_show(news)
    assert town.state()["store"] == "ok"
    assert town.all_live()


def test_a_store_that_is_locked_for_long_is_read_from(town: FaultyTown, tmp_path: Path) -> None:
    path = started(town, tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        town.must_rest()
        news = town.say_something_new()
        assert town.shows(1)
        assert town.get(EVENTS)[0] == 200
        other.execute("ROLLBACK")
    town.must_show(news)
    assert town.all_live()
