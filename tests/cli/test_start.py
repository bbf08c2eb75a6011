"""What is imported when: the answer to --help needs nothing of what the calendar needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"flask", "sqlalchemy", "icalendar", "pydantic", "yaml", "babel", "gunicorn", "PIL", "feedparser"}
TELL = "import atexit, sys; atexit.register(lambda: print('LOADED', *sys.modules)); "


def loaded(statements: str) -> set[str]:
    """The modules that are in memory when a fresh process ends."""
    told = subprocess.run([sys.executable, "-c", TELL + statements], cwd=ROOT, capture_output=True, text=True)
    return set(told.stdout.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_nothing_heavy(option: str) -> None:
    found = loaded(f"sys.argv[1:] = ['{option}']; from aggregator.cli.main import main; main()")
    assert "click" in found
    assert found & HEAVY == set()


def test_the_pages_do_not_import_what_reads_feeds() -> None:
    found = loaded("import web.server")
    assert "flask" in found
    assert (
        found & {"feedparser", "recurring_ical_events", "rapidfuzz", "alembic", "procrastinate", "selectolax"} == set()
    )
