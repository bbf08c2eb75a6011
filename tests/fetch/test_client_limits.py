"""No server can hold a worker longer, or fill it fuller, than the settings say."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from time import monotonic

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.client import fetch
from aggregator.fetch.transport import Network
from aggregator.model.fetching import FetchFailed, SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n"
TOTAL = 0.3
# Generous: what is shown is that the watchdog ends it at all, on a busy machine too.
IN_TIME = 3.0


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(lambda s: s.hang(), id="no answer"),
        pytest.param(lambda s: s.hang(HEAD + b"Content-Length: 99\r\n\r\nBEGIN"), id="silence in the middle"),
        pytest.param(lambda s: s.drip(HEAD + b"X: " + b"a" * 9999), id="head byte by byte"),
        pytest.param(lambda s: s.flood(HEAD + b"\r\n", b""), id="body that never comes"),
        pytest.param(lambda s: s.flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), id="endless 100 Continue"),
        pytest.param(
            lambda s: s.flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nB\r\n0\r\n", b"X: y\r\n" * 99),
            id="endless trailers",
        ),
    ],
)
def test_the_watchdog_ends_every_kind_of_waiting(server, behave):
    server.answers["/x.ics"] = behave(server)
    started = monotonic()
    answer = server.ask("/x.ics", total_seconds=TOTAL)
    assert answer == FetchFailed(answer.failure)
    assert (answer.failure.error_class, answer.failure.detail) == (ErrorClass.TIMEOUT, "0.3 s")
    assert monotonic() - started < IN_TIME


def test_a_body_that_drips_is_cut_off(server):
    def run(connection):
        connection.sendall(HEAD + b"\r\n")
        server.drip(b"BEGIN:VCALENDAR\r\n")(connection)

    server.answers["/x.ics"] = run
    assert server.ask("/x.ics", total_seconds=TOTAL).failure.error_class is ErrorClass.TIMEOUT


def test_a_resolver_that_hangs_is_not_waited_for(server):
    def hang(host: str, port: int) -> list[str]:
        server.stopped.wait(10)
        return []

    settings = FetchSettings(total_seconds=TOTAL)
    source = Source("s", "i", "https://feed.example/x.ics")
    started = monotonic()
    answer = fetch(source, SourceState(), settings, datetime(2026, 1, 1, tzinfo=UTC), Network(resolve=hang))
    assert answer.failure.error_class is ErrorClass.TIMEOUT
    assert monotonic() - started < IN_TIME


def test_redirects_share_one_deadline(server, reply):
    server.answers["/x.ics"] = reply(b"", "Location: /y.ics", status="302 Found")
    server.answers["/y.ics"] = server.hang()
    started = monotonic()
    assert server.ask("/x.ics", total_seconds=TOTAL).failure.error_class is ErrorClass.TIMEOUT
    assert monotonic() - started < IN_TIME


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(lambda s: s.flood(HEAD + b"\r\n", b"A" * 65536), id="endless body"),
        pytest.param(lambda s: HEAD + b"Content-Length: 1000000000000000\r\n\r\nBEGIN", id="an honest giant"),
        pytest.param(
            lambda s: HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nBEGIN", id="a number of 5000 digits"
        ),
        pytest.param(
            lambda s: HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(9_000_000)), id="gzip bomb"
        ),
    ],
)
def test_too_much_is_cut_off_while_reading(server, behave):
    server.answers["/x.ics"] = behave(server)
    answer = server.ask("/x.ics", max_bytes=1_000_000)
    assert (answer.failure.error_class, answer.failure.detail) == (ErrorClass.TOO_LARGE, "> 1 MB")


def test_a_body_of_just_the_limit_is_read(server, reply):
    server.answers["/x.ics"] = reply(b"A" * 1000)
    assert len(server.ask("/x.ics", max_bytes=1000).content) == 1000
