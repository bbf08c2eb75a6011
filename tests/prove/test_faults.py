"""Whatever moment the machine dies at, nothing is lost and the next run completes."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T12:00:00+01:00"
LATER = "2026-11-22T14:00:00+01:00"
# More statements than a round of this small town writes; the run that survives says so.
MOST_WRITES = 120

pytestmark = pytest.mark.prove

TOWN = """\
site: {title: Kleinstadt, timezone: Europe/Berlin, base_url: "https://klein.example.org", contact: a@example.org}
initiatives:
  - id: chor
    name: Chor
    sources: [{id: chor, url: "file:chor.ics"}]
  - id: haus
    name: Haus
    sources: [{id: haus, url: "file:haus.ics", priority: platform}]
"""


def calendar(*events: tuple[str, str, str]) -> str:
    lines = [f"BEGIN:VEVENT\nUID:{u}\nSUMMARY:{t}\nDTSTART;TZID=Europe/Berlin:{s}\nEND:VEVENT" for u, t, s in events]
    return "\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR\n"))


CONCERT = ("konzert", "Konzert im Advent", "20261213T170000")
BEFORE = calendar(CONCERT, ("probe", "Probe", "20261124T193000"))


@pytest.fixture(scope="module")
def first_round(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A town after its first round; its feeds have changed since."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "sources.yaml").write_text(TOWN, "utf-8")
    (folder / "haus.ics").write_text(calendar(CONCERT), "utf-8")
    (folder / "chor.ics").write_text(BEFORE, "utf-8")
    assert command(folder, NOW, "refresh").returncode == 0
    (folder / "chor.ics").write_text(BEFORE.replace("T193000", "T200000"), "utf-8")
    (folder / "haus.ics").write_text(calendar(CONCERT, ("fest", "Fest", "20261220T150000")), "utf-8")
    yield folder


def options(folder: Path, now: str) -> list[str]:
    return [
        *("--sources", str(folder / "sources.yaml")),
        *("--database", f"sqlite:///{folder / 'town.sqlite'}"),
        *("--now", now),
    ]


def command(folder: Path, now: str, *words: str, killed_before: int = 0) -> subprocess.CompletedProcess[str]:
    program = ["tests/prove/killed_refresh.py", str(killed_before)] if killed_before else ["-m", "aggregator"]
    return subprocess.run(
        [sys.executable, *program, *options(folder, now), *words],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def calendar_of(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in command(folder, LATER, "events", "--json").stdout.splitlines()]


def test_a_refresh_killed_before_any_write_loses_nothing(first_round: Path, tmp_path: Path) -> None:
    untouched = copy_of(first_round, tmp_path / "untouched")
    assert command(untouched, LATER, "refresh", "--force").returncode == 0
    expected = calendar_of(untouched)
    assert {event["title"] for event in expected} == {"Konzert im Advent", "Probe", "Fest"}

    def killed(nth: int) -> bool:
        folder = copy_of(first_round, tmp_path / str(nth))
        died = command(folder, LATER, "refresh", "--force", killed_before=nth)
        if died.returncode == 0:
            return False
        assert died.returncode == -signal.SIGKILL, died.stderr
        assert sound(folder)
        assert command(folder, LATER, "refresh", "--force").returncode == 0
        assert calendar_of(folder) == expected, f"killed before write {nth}"
        return True

    with ThreadPoolExecutor(2) as pool:
        kills = sum(pool.map(killed, range(1, MOST_WRITES)))
    print(f"killed before each of {kills} writes: nothing lost")
    assert 10 < kills < MOST_WRITES - 1


def copy_of(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target


def sound(folder: Path) -> bool:
    with sqlite3.connect(folder / "town.sqlite") as connection:
        return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
