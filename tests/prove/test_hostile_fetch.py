"""The address forms of the hostile feed server, typed and by redirect: refused, and its canary never asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.client import fetch_from_web
from aggregator.model.fetching import Answer, FetchFailed, SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"
SERVER = SHARED / "hostile/server.py"
REFUSALS = (ErrorClass.ADDRESS, ErrorClass.SCHEME, ErrorClass.SECRET, ErrorClass.URL)
FORMS = 71

pytestmark = pytest.mark.prove


@dataclass(frozen=True)
class Hostile:
    """The running server: its base address, asked directly and through our client."""

    base: str

    def read(self, path: str) -> object:
        with urllib.request.urlopen(self.base + path, timeout=10) as answer:
            return json.load(answer)

    def fetch(self, url: str) -> Answer:
        settings = FetchSettings(allow_origins=frozenset({self.base.removeprefix("http://")}), total_seconds=10)
        return fetch_from_web(Source("s", "i", url), SourceState(), settings, datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    if not SERVER.exists():
        reason = f"no hostile feed server at {SERVER}"
        pytest.fail(reason) if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip(reason)
    process = subprocess.Popen([sys.executable, "-u", str(SERVER)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Hostile(json.loads(process.stdout.readline())["base"])
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def outcome(answer: Answer) -> ErrorClass | None:
    return answer.failure.error_class if isinstance(answer, FetchFailed) else None


@pytest.mark.parametrize("way", ["typed", "by redirect"])
def test_every_hostile_address_form_is_refused_and_the_canary_stays_alone(hostile: Hostile, way: str) -> None:
    forms = hostile.read("/_ssrf")
    assert isinstance(forms, dict)
    urls = {name: url if way == "typed" else f"{hostile.base}/c/to-{name}" for name, url in forms.items()}
    outcomes = {name: outcome(hostile.fetch(url)) for name, url in urls.items()}
    assert len(outcomes) == FORMS
    assert {name: found for name, found in outcomes.items() if found not in REFUSALS} == {}
    assert hostile.read("/_canary") == []


def test_a_good_calendar_of_the_exempt_origin_is_read(hostile: Hostile) -> None:
    """Else the refusals above would prove nothing."""
    assert outcome(hostile.fetch(f"{hostile.base}/c/good10")) is None
