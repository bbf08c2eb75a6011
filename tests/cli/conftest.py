"""A person at the keyboard: real commands in real processes, with a town of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T12:00:00+01:00"

TOWN = """\
site: {title: Kleinstadt, timezone: Europe/Berlin, base_url: "https://klein.example.org", contact: a@example.org}
initiatives:
  - id: chor
    name: Chor
    sources: [{id: chor, url: "file:chor.ics"}]
  - id: zeitung
    name: Zeitung
    sources: [{id: zeitung, url: "file:zeitung.ics", priority: press}]
"""
CHOIR = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:konzert@chor
SUMMARY:Konzert im Advent
DTSTART;TZID=Europe/Berlin:20261213T170000
DTEND;TZID=Europe/Berlin:20261213T183000
LOCATION:St. Johannis
END:VEVENT
BEGIN:VEVENT
UID:probe@chor
SUMMARY:Probe
DTSTART;TZID=Europe/Berlin:20261124T193000
RRULE:FREQ=WEEKLY;COUNT=4
END:VEVENT
BEGIN:VEVENT
UID:probe@chor
RECURRENCE-ID;TZID=Europe/Berlin:20261208T193000
SUMMARY:Probe in der Kirche
DTSTART;TZID=Europe/Berlin:20261208T180000
END:VEVENT
END:VCALENDAR
"""
PAPER = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:4711@zeitung
SUMMARY:KONZERT IM ADVENT
DTSTART:20261213T160000Z
LOCATION:St. Johannis
END:VEVENT
END:VCALENDAR
"""


@dataclass
class Keyboard:
    """Runs commands in a folder that holds sources.yaml."""

    folder: Path

    def type(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """`python -m aggregator …` with this town's configuration and database, at noon of 22 November 2026."""
        options = ["--sources", str(self.folder / "sources.yaml")]
        options += ["--database", f"sqlite:///{self.folder / 'town.sqlite'}", "--now", NOW]
        return self.type_alone(*options, *words, **environ)

    def type_alone(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """`python -m aggregator …` with nothing added."""
        return subprocess.run(
            [sys.executable, "-m", "aggregator", *words],
            cwd=ROOT,
            env={**os.environ, **environ},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def lines(self, *words: str) -> list[dict[str, Any]]:
        """The JSON objects that a command prints."""
        return [json.loads(line) for line in self.type(*words).stdout.splitlines()]


def settled_in(folder: Path) -> Keyboard:
    """A keyboard in a folder with the town's configuration and feeds."""
    (folder / "sources.yaml").write_text(TOWN, "utf-8")
    (folder / "chor.ics").write_text(CHOIR, "utf-8")
    (folder / "zeitung.ics").write_text(PAPER, "utf-8")
    return Keyboard(folder)


@pytest.fixture
def keyboard(tmp_path: Path) -> Keyboard:
    """A town of the test's own, not refreshed yet."""
    return settled_in(tmp_path)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Keyboard:
    """A town that was refreshed once, for tests that only look at it."""
    keyboard = settled_in(tmp_path_factory.mktemp("town"))
    assert keyboard.type("refresh").returncode == 0
    return keyboard
