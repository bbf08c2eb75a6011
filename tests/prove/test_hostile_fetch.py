"""The address forms of the hostile feed server, typed and by redirect: refused, and its canary never asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.client import fetch_from_web
from aggregator.model.fetching import Answer, FetchFailed, SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source
from tests.prove.hostile.server import HostileServer

REFUSALS = (ErrorClass.ADDRESS, ErrorClass.SCHEME, ErrorClass.SECRET, ErrorClass.URL)
FORMS = 71

pytestmark = pytest.mark.prove


def fetch(server: HostileServer, url: str) -> Answer:
    """What our client makes of an address, with the server's own origin exempted."""
    settings = FetchSettings(allow_origins=frozenset({server.origin}), total_seconds=10)
    return fetch_from_web(Source("s", "i", url), SourceState(), settings, datetime(2026, 11, 22, tzinfo=UTC))


def outcome(answer: Answer) -> ErrorClass | None:
    return answer.failure.error_class if isinstance(answer, FetchFailed) else None


@pytest.mark.parametrize("way", ["typed", "by redirect"])
def test_every_hostile_address_form_is_refused_and_the_canary_stays_alone(server: HostileServer, way: str) -> None:
    forms = server.ask("/_ssrf")
    assert isinstance(forms, dict)
    urls = {name: url if way == "typed" else f"{server.base}/c/to-{name}" for name, url in forms.items()}
    outcomes = {name: outcome(fetch(server, url)) for name, url in urls.items()}
    assert len(outcomes) == FORMS
    assert {name: found for name, found in outcomes.items() if found not in REFUSALS} == {}
    assert server.canary() == []


def test_a_good_calendar_of_the_exempt_origin_is_read(server: HostileServer) -> None:
    """Else the refusals above would prove nothing."""
    assert outcome(fetch(server, f"{server.base}/c/good10")) is None
