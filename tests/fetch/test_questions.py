from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from aggregator.fetch.client import fetch
from aggregator.fetch.questions import question
from aggregator.model.fetching import Body, SourceState
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def asked(address: str, wanted: str = "mobilizon") -> tuple[str, bytes | None]:
    return question(Source("s", "i", address, wanted), address, NOW)


@pytest.mark.parametrize("wanted", ["auto", "ics", "gancio"])
def test_most_sources_are_simply_got(wanted: str) -> None:
    assert asked("https://m.example/@chor", wanted) == ("https://m.example/@chor", None)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        pytest.param("https://m.example/@chor/events", "chor", id="a group"),
        pytest.param("https://m.example/@chor@m2.example", "chor", id="a group of another instance by its first name"),
        pytest.param("https://m.example/", None, id="an instance"),
    ],
)
def test_mobilizon_is_asked_for_what_is_to_come(address: str, name: str | None) -> None:
    url, payload = asked(address)
    assert url == "https://m.example/api" and payload is not None
    variables = json.loads(payload)["variables"]
    assert (variables.get("name"), variables["after"]) == (name, "2026-11-22T00:00:00+00:00")


def test_the_question_names_no_person() -> None:
    _, payload = asked("https://m.example/@chor")
    assert payload is not None and not {b"email", b"actor", b"participants"} & set(payload.split())


def test_a_question_is_posted_and_answered(server, reply) -> None:
    server.answers["/api"] = reply(b'{"data": {}}', "Content-Type: application/json")
    source = Source("s", "i", server.url("/@chor"), "mobilizon")
    answer = fetch(source, SourceState(), server.settings(), NOW)
    assert isinstance(answer, Body) and answer.content == b'{"data": {}}'
    (request,) = server.requests
    assert request.startswith("POST /api HTTP/1.1") and "Content-Type: application/json" in request


def test_a_question_follows_a_redirect_under_the_same_rule(server, canary, reply) -> None:
    server.answers["/api"] = reply(b"", f"Location: {canary.url('/api')}", status="308 Permanent Redirect")
    answer = fetch(Source("s", "i", server.url("/@chor"), "mobilizon"), SourceState(), server.settings(), NOW)
    assert not isinstance(answer, Body)
