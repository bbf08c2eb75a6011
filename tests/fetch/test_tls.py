"""TLS: the name is what counts, whatever address it was pinned to."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.client import fetch
from aggregator.model.fetching import Answer, Body, SourceState
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC = "93.184.216.34"
SHARE = "/public-calendars/hush"


@pytest.fixture
def ask(secure_server, names):
    """Asks feed.example, which the fake resolver puts at a public address and the fake network on the loopback."""

    def run(path: str, host: str = "feed", **settings: object) -> Answer:
        fake = names(secure_server, feed=[PUBLIC], other=[PUBLIC])
        source = Source("s", "i", f"https://{host}.example{path}")
        return fetch(source, SourceState(), secure_server.settings(**settings), NOW, fake.network)

    return run


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_server, ask):
    failure = ask("/x.ics").failure
    assert failure.error_class is ErrorClass.TLS
    assert "self" in failure.detail
    assert secure_server.requests == []


@pytest.mark.usefixtures("trusted")
def test_the_server_is_asked_for_the_name_and_not_for_the_address(secure_server, ask, reply):
    secure_server.answers["/x.ics"] = reply(b"BEGIN")
    assert isinstance(ask("/x.ics"), Body)
    assert secure_server.names == ["feed.example"]
    assert "Host: feed.example\r\n" in secure_server.requests[0]


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(secure_server, ask):
    assert ask("/x.ics", host="other").failure.error_class is ErrorClass.TLS
    assert secure_server.requests == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(lambda s: s.hang(), id="no answer"),
        pytest.param(lambda s: s.drip(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 9999), id="head byte by byte"),
        pytest.param(lambda s: s.hang(b"HTTP/1.1 200 OK\r\n\r\nBEGIN"), id="half a body"),
    ],
)
def test_the_watchdog_reaches_through_tls(secure_server, ask, behave):
    secure_server.answers["/x.ics"] = behave(secure_server)
    started = monotonic()
    assert ask("/x.ics", total_seconds=0.3).failure == Failure(ErrorClass.TIMEOUT, "0.3 s")
    # Without the watchdog the timeout per read would end the silent ones five seconds later.
    assert monotonic() - started < 4


@pytest.mark.usefixtures("trusted")
def test_an_address_that_is_a_key_is_not_sent_on_without_tls(secure_server, ask):
    secure_server.answers[SHARE] = f"HTTP/1.1 302 Found\r\nLocation: http://feed.example{SHARE}\r\n\r\n".encode()
    assert ask(SHARE).failure == Failure(ErrorClass.REDIRECTS, "https → http")
    assert len(secure_server.requests) == 1


@pytest.mark.usefixtures("trusted")
def test_an_open_address_may_be_sent_on_without_tls(secure_server, ask):
    secure_server.answers["/x"] = b"HTTP/1.1 302 Found\r\nLocation: http://feed.example/y\r\n\r\n"
    assert ask("/x").failure.error_class is not ErrorClass.REDIRECTS
