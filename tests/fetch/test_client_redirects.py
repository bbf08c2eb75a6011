"""Every hop stands under the address rule, and nothing of a redirect but its target is read."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.client import fetch
from aggregator.model.fetching import Body, SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def to(location: str, status: str = "302 Found", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Location: {location}", *headers, "", ""]
    return "\r\n".join(lines).encode("utf-8")


@pytest.fixture
def calendar_server(server, reply):
    server.answers["/y.ics"] = reply(CALENDAR)
    return server


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
@pytest.mark.parametrize("location", ["/y.ics", "y.ics", "y.ics#part", " /y.ics"])
def test_redirects_are_followed(calendar_server, status, location):
    calendar_server.answers["/x.ics"] = to(location, status)
    answer = calendar_server.ask("/x.ics")
    assert answer.content == CALENDAR
    assert answer.final_url == calendar_server.url("/y.ics")


@pytest.mark.parametrize(
    ("first", "second", "is_permanent"),
    [
        pytest.param("301 Moved", "308 Moved", True, id="all hops permanent"),
        pytest.param("301 Moved", "302 Found", False, id="one hop for now"),
        pytest.param("302 Found", "301 Moved", False, id="first hop for now"),
    ],
)
def test_a_new_address_is_told_only_when_all_hops_are_permanent(calendar_server, first, second, is_permanent):
    calendar_server.answers["/w.ics"] = to("/x.ics", first)
    calendar_server.answers["/x.ics"] = to("/y.ics", second)
    expected = calendar_server.url("/y.ics") if is_permanent else ""
    assert calendar_server.ask("/w.ics").permanent_url == expected


def test_five_hops_are_followed_and_no_more(calendar_server):
    for hop in range(6):
        calendar_server.answers[f"/{hop}"] = to(f"/{hop + 1}" if hop < 5 else "/y.ics")
    assert isinstance(calendar_server.ask("/1"), Body)
    assert calendar_server.ask("/0").failure.error_class is ErrorClass.REDIRECTS


def test_a_circle_is_left(server):
    server.answers["/x.ics"] = to("/x.ics")
    assert server.ask("/x.ics").failure.error_class is ErrorClass.REDIRECTS
    assert len(server.requests) == 6


@pytest.mark.parametrize("location", [None, ""])
def test_a_redirect_to_nowhere_is_a_failure(server, reply, location):
    headers = [] if location is None else [f"Location: {location}"]
    server.answers["/x.ics"] = reply(b"moved", *headers, status="302 Found")
    assert server.ask("/x.ics").failure.error_class is ErrorClass.PROTOCOL


def test_the_body_of_a_redirect_is_neither_read_nor_unpacked(calendar_server):
    bomb = gzip.compress(bytes(1_000_000))
    head = to("/y.ics", "302 Found", "Content-Encoding: gzip")
    calendar_server.answers["/x.ics"] = calendar_server.flood(head, bomb)
    assert calendar_server.ask("/x.ics", total_seconds=5).content == CALENDAR


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("http://{canary}/", id="another port of the same machine"),
        pytest.param("//{canary}/", id="without scheme"),
        pytest.param("http://localhost:{port}/", id="by name"),
        pytest.param("http://127.1:{port}/", id="short"),
        pytest.param("http://2130706433:{port}/", id="as one number"),
        pytest.param("http://0x7f000001:{port}/", id="hexadecimal"),
        pytest.param("http://0177.0.0.1:{port}/", id="octal"),
        pytest.param("http://[::1]:{port}/", id="IPv6"),
        pytest.param("http://[::ffff:127.0.0.1]:{port}/", id="IPv4 in IPv6"),
        pytest.param("http://１２７.0.0.1:{port}/", id="full-width digits"),
        pytest.param("http://public.example@{canary}/", id="behind a login"),
        pytest.param("http://{canary}\\@public.example/", id="backslash"),
        pytest.param("ht\ttp://{canary}/", id="tab in the scheme"),
        pytest.param("webcal://{canary}/", id="webcal"),
        pytest.param("https://{canary}/", id="TLS"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("http:///x", id="no host"),
    ],
)
def test_a_redirect_off_the_public_net_is_refused_before_connecting(server, canary, location):
    target = location.format(canary=canary.origin, port=canary.origin.split(":")[1])
    server.answers["/x.ics"] = to(target)
    failure = server.ask("/x.ics").failure
    assert failure.error_class in (ErrorClass.ADDRESS, ErrorClass.URL, ErrorClass.SCHEME)


def test_a_header_cannot_be_smuggled_into_the_next_request(calendar_server, reply):
    calendar_server.answers["/x.ics"] = to("/y.ics?a=%0d%0aX-Smuggled:%201")
    calendar_server.ask("/x.ics")
    assert not any(line.startswith("X-Smuggled") for line in calendar_server.requests[-1].split("\r\n"))


def test_webcal_asks_by_https_first_and_then_by_http(server, reply):
    """The server speaks no TLS: the handshake arrives as a request that is none."""
    server.answers["/x.ics"] = reply(CALENDAR)
    source = Source("s", "i", f"webcal://{server.origin}/x.ics")
    answer = fetch(source, SourceState(), server.settings(), NOW)
    assert (answer.content, answer.final_url) == (CALENDAR, server.url("/x.ics"))


def test_https_to_a_server_without_tls_is_a_tls_failure(server):
    server.answers[""] = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    source = Source("s", "i", f"https://{server.origin}/x.ics")
    assert fetch(source, SourceState(), server.settings(), NOW).failure.error_class is ErrorClass.TLS


def test_the_operator_s_number_of_hops_holds(server):
    server.answers["/x.ics"] = to("/y.ics")
    assert server.ask("/x.ics", max_redirects=0).failure.error_class is ErrorClass.REDIRECTS


def test_a_refused_address_is_never_looked_up(names):
    fake = names(feed=["10.0.0.7"])
    answer = fetch(Source("s", "i", "http://10.0.0.7/x.ics"), SourceState(), FetchSettings(), NOW, fake.network)
    assert answer.failure.error_class is ErrorClass.ADDRESS
    assert fake.asked == fake.contacted == []
