"""What the client makes of answers, good and bad."""

from __future__ import annotations

import gzip
import logging
import socket
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.client import fetch
from aggregator.model.fetching import Body, FetchFailed, NotModified, SourceState, Validators
from aggregator.model.sources import Source

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = SourceState(Validators('W/"a b"', "Thu, 19 Nov 2026 10:00:00 GMT"), last_full_at=NOW)


def failed(answer) -> tuple[ErrorClass, str]:
    assert isinstance(answer, FetchFailed)
    return answer.failure.error_class, answer.failure.detail


def test_a_good_answer_is_a_body_with_all_that_was_said_of_it(server, reply):
    headers = ("Content-Type: Text/Calendar; charset=UTF-8", 'ETag: "1"', "Cache-Control: public, max-age=7200")
    server.answers["/x.ics"] = reply(CALENDAR, *headers)
    assert server.ask("/x.ics") == Body(
        CALENDAR,
        media_type="text/calendar",
        charset="utf-8",
        validators=Validators('"1"'),
        final_url=server.url("/x.ics"),
        fresh_for=timedelta(hours=2),
    )


def test_the_request_is_complete_and_says_who_asks(server, reply):
    server.answers["/x.ics"] = reply(CALENDAR)
    server.ask("/x.ics")
    request, *headers = server.requests[0].strip().split("\r\n")
    assert request == "GET /x.ics HTTP/1.1"
    named = dict(line.split(": ", 1) for line in headers)
    assert named.pop("Accept").startswith("text/calendar, ")
    assert named == {
        "Host": server.origin,
        "User-Agent": "Buendel (+a@b.example)",
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "de, *;q=0.5",
    }


def test_validators_go_back_verbatim_and_304_means_nothing_new(server, reply):
    server.answers["/x.ics"] = b"HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\n\r\n"
    assert server.ask("/x.ics", KNOWN) == NotModified(timedelta(minutes=1))
    assert 'If-None-Match: W/"a b"\r\n' in server.requests[0]
    assert "If-Modified-Since: Thu, 19 Nov 2026 10:00:00 GMT\r\n" in server.requests[0]


def test_once_a_week_everything_is_asked_for(server, reply):
    server.answers["/x.ics"] = reply(CALENDAR)
    server.ask("/x.ics", replace(KNOWN, last_full_at=NOW - timedelta(days=7)))
    assert "If-" not in server.requests[0]


def test_a_304_that_nobody_asked_for_is_an_error(server):
    server.answers["/x.ics"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert failed(server.ask("/x.ics")) == (ErrorClass.PROTOCOL, "304")


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        pytest.param("gzip", gzip.compress, id="gzip"),
        pytest.param("deflate", zlib.compress, id="deflate"),
        pytest.param("identity", gzip.compress, id="a .gz file that does not say so"),
    ],
)
def test_packed_answers_are_unpacked(server, reply, coding, pack):
    server.answers["/x.ics"] = reply(pack(CALENDAR), f"Content-Encoding: {coding}")
    assert server.ask("/x.ics").content == CALENDAR


def test_a_chunked_answer_is_joined(server):
    chunks = b"5\r\nBEGIN\r\n3\r\n:VC\r\n0\r\n\r\n"
    server.answers["/x.ics"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    assert server.ask("/x.ics").content == b"BEGIN:VC"


@pytest.mark.parametrize(
    ("status", "error_class"),
    [
        pytest.param("201 Created", ErrorClass.STATUS, id="created"),
        pytest.param("206 Partial Content", ErrorClass.STATUS, id="a part that nobody asked for"),
        pytest.param("300 Multiple Choices", ErrorClass.STATUS, id="a choice"),
        pytest.param("403 Forbidden", ErrorClass.STATUS, id="forbidden"),
        pytest.param("404 Not Found", ErrorClass.STATUS, id="not found"),
        pytest.param("410 Gone", ErrorClass.GONE, id="gone"),
        pytest.param("429 Too Many Requests", ErrorClass.RATE, id="too often"),
        pytest.param("500 Oops", ErrorClass.STATUS, id="server error"),
        pytest.param("503 Busy", ErrorClass.STATUS, id="busy without a wish"),
    ],
)
def test_only_200_is_believed_whatever_the_body_is(server, reply, status, error_class):
    server.answers["/x.ics"] = reply(CALENDAR, status=status)
    assert failed(server.ask("/x.ics")) == (error_class, status[:3])


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Busy"])
def test_retry_after_is_passed_on(server, reply, status):
    server.answers["/x.ics"] = reply(b"", "Retry-After: 600", status=status)
    answer = server.ask("/x.ics")
    assert failed(answer)[0] is ErrorClass.RATE
    assert answer.retry_after == timedelta(minutes=10)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="no byte"),
        pytest.param(b" \r\n\t\r\n", id="blanks"),
        pytest.param(b"\xef\xbb\xbf", id="a byte order mark"),
    ],
)
def test_an_empty_answer_is_a_failure(server, reply, body):
    server.answers["/x.ics"] = reply(body)
    assert failed(server.ask("/x.ics"))[0] is ErrorClass.EMPTY


def test_no_content_is_a_failure(server):
    server.answers["/x.ics"] = b"HTTP/1.1 204 No Content\r\n\r\n"
    assert failed(server.ask("/x.ics"))[0] is ErrorClass.EMPTY


def reset(connection: socket.socket) -> None:
    """Half an answer, then a TCP reset."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nBEGIN")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nBEGIN", id="shorter than promised"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n", id="no last chunk"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nBEGIN", id="a chunk of no size"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(CALENDAR)[:20], id="cut gzip"
        ),
        pytest.param(reset, id="reset in the middle"),
    ],
)
def test_a_broken_off_answer_is_never_taken_for_the_whole(server, answer):
    server.answers["/x.ics"] = answer
    assert failed(server.ask("/x.ics"))[0] is ErrorClass.TRUNCATED


@pytest.mark.parametrize(
    ("answer", "error_class"),
    [
        pytest.param(b"SSH-2.0-OpenSSH_9.6 hunter2\r\n", ErrorClass.PROTOCOL, id="another protocol"),
        pytest.param(CALENDAR, ErrorClass.PROTOCOL, id="no head"),
        pytest.param(b"HTTP/9.9 2OO fine\r\n\r\n", ErrorClass.PROTOCOL, id="a status of letters"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000, ErrorClass.PROTOCOL, id="an overlong header"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101, ErrorClass.PROTOCOL, id="too many headers"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 9000 + b"\r\n") * 9 + b"\r\nBEGIN",
            ErrorClass.PROTOCOL,
            id="an overlong head",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nBEGIN",
            ErrorClass.PROTOCOL,
            id="two lengths",
        ),
        pytest.param(b"", ErrorClass.CONNECT, id="closed at once"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x8b\x00", ErrorClass.ENCODING, id="a coding never offered"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nBEGIN", ErrorClass.ENCODING, id="gzip that is none"
        ),
    ],
)
def test_a_strange_answer_is_a_failure_that_quotes_nothing(server, answer, error_class):
    server.answers["/x.ics"] = answer
    found, detail = failed(server.ask("/x.ics"))
    assert found is error_class
    assert detail in ("127.0.0.1", "br", "gzip")


def test_a_length_that_is_no_number_is_survived(server):
    server.answers["/x.ics"] = b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + CALENDAR
    assert server.ask("/x.ics").content == CALENDAR


def test_nobody_at_home_is_a_failure(server):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        origin = f"127.0.0.1:{deaf.getsockname()[1]}"
        source = Source("s", "i", f"http://{origin}/x.ics")
        answer = fetch(source, SourceState(), server.settings(allow_origins=frozenset({origin})), NOW)
    assert failed(answer) == (ErrorClass.CONNECT, "127.0.0.1")


def test_cookies_are_not_kept(server, reply):
    location = f"Location: {server.url('/y.ics')}"
    server.answers["/x.ics"] = reply(b"", "Set-Cookie: sid=1; Path=/", location, status="302 Found")
    server.answers["/y.ics"] = reply(CALENDAR, "Set-Cookie: sid=2")
    assert isinstance(server.ask("/x.ics"), Body)
    server.ask("/y.ics")
    assert not any("cookie" in request.lower() for request in server.requests)


def test_proxies_and_logins_of_the_environment_are_not_used(server, canary, reply, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, canary.url("/"))
    server.answers["/x.ics"] = reply(CALENDAR)
    assert isinstance(server.ask("/x.ics"), Body)
    assert "Authorization" not in server.requests[0]


def test_an_overlong_validator_is_dropped_and_the_body_kept(server, reply):
    server.answers["/x.ics"] = reply(CALENDAR, f'ETag: "{"e" * 60_000}"')
    answer = server.ask("/x.ics")
    assert (answer.content, answer.validators) == (CALENDAR, Validators())


def test_personal_keys_are_taken_out_before_asking(server, reply):
    server.answers["/events/team/7/feed/?v=1"] = reply(CALENDAR)
    answer = server.ask("/events/team/7/feed/?user=3&v=1&token=99")
    assert answer.final_url == server.url("/events/team/7/feed/?v=1")
    assert "token" not in server.requests[0]


def test_a_personal_address_without_public_form_is_never_asked(server):
    answer = server.ask("/x.ics?password=hunter2")
    assert failed(answer) == (ErrorClass.SECRET, "Login")
    assert server.requests == []


def test_nothing_of_an_address_is_logged_or_told(server, caplog):
    caplog.set_level(logging.DEBUG)
    server.answers["/hush?key=hush"] = b"HTTP/1.1 200 OK\r\nbroken header line\r\n\r\n"
    answers = [server.ask("/hush?key=hush"), server.ask("/hush?key=other", allow_origins=frozenset())]
    assert "hush" not in caplog.text + repr([answer.failure for answer in answers])
