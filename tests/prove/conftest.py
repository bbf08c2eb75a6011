"""The hostile feed server, for every proof that needs it; and the figures that the proofs print, at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.prove.hostile.server import FOLDER, HostileServer, running


@pytest.fixture(scope="module")
def server(require: Callable[[str], NoReturn]) -> Iterator[HostileServer]:
    """The server on a port of its own, with counters of its own."""
    if not FOLDER.is_dir():
        require(f"no hostile feed server at {FOLDER}")
    with running() as found:
        yield found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of all proofs, and how long each part took: processes of their own cannot print at once."""
    took: Counter[str] = Counter()
    for report in (each for reports in terminalreporter.stats.values() for each in reports):
        if isinstance(report, pytest.TestReport):
            took[Path(report.nodeid.partition("::")[0]).name] += report.duration
            if report.when == "call" and report.passed and report.capstdout.strip():
                terminalreporter.write_line(report.capstdout.strip("\n"))
    for name, seconds in took.most_common():
        terminalreporter.write_line(f"{seconds / 60:5.1f} min  {name}")
