"""A name is looked up once and only its checked addresses are contacted; no real one ever is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.addresses import Target
from aggregator.fetch.client import fetch
from aggregator.fetch.failures import FetchStopped
from aggregator.fetch.transport import Line, Network
from aggregator.fetch.watchdog import Watchdog
from aggregator.model.fetching import Body, SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.7"


def ask(url, names, settings=None):
    return fetch(Source("s", "i", url), SourceState(), settings or FetchSettings(), NOW, names.network)


def test_the_checked_address_is_contacted_and_the_host_header_keeps_the_name(server, names, reply):
    server.answers["/x.ics"] = reply(b"BEGIN")
    fake = names(server, feed=[PUBLIC])
    # The peer is the local server, which stands in for the public address: it is exempt by its own origin.
    answer = ask("http://feed.example/x.ics", fake, server.settings())
    assert isinstance(answer, Body)
    assert (fake.asked, fake.contacted) == (["feed.example"], [(PUBLIC, 80)])
    assert "Host: feed.example\r\n" in server.requests[0]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([PRIVATE], id="private"),
        pytest.param([PUBLIC, PRIVATE], id="public and private"),
        pytest.param(["2606:4700::1", "::1"], id="IPv6, public and loopback"),
        pytest.param(["64:ff9b::a00:7"], id="private through NAT64"),
        pytest.param(["fe80::1%eth0"], id="link-local with a zone"),
    ],
)
def test_one_address_that_is_not_public_refuses_the_name(names, answers):
    fake = names(feed=answers)
    assert ask("https://feed.example/x.ics", fake).failure == Failure(ErrorClass.ADDRESS, "feed.example")
    assert fake.contacted == []


def test_a_name_that_changes_its_mind_is_looked_up_once(names):
    fake = names(feed=[[PUBLIC], ["127.0.0.1"]])
    assert ask("http://feed.example/x.ics", fake).failure.error_class is ErrorClass.CONNECT
    assert (fake.asked, fake.contacted) == (["feed.example"], [(PUBLIC, 80)])


def test_each_hop_is_looked_up_and_judged_anew(server, names):
    server.answers["/x.ics"] = b"HTTP/1.1 302 Found\r\nLocation: http://other.example/y\r\n\r\n"
    fake = names(server, feed=[PUBLIC], other=[PRIVATE])
    answer = ask("http://feed.example/x.ics", fake, server.settings())
    assert answer.failure == Failure(ErrorClass.ADDRESS, "other.example")
    assert fake.contacted == [(PUBLIC, 80)]


def test_the_next_address_is_tried_when_one_does_not_answer(names):
    fake = names(feed=["2606:4700::1", PUBLIC])
    assert ask("http://feed.example/x.ics", fake).failure == Failure(ErrorClass.CONNECT, "feed.example")
    assert fake.contacted == [("2606:4700::1", 80), (PUBLIC, 80)]


def test_a_peer_that_is_not_the_public_address_is_left(server, names):
    """A translated or hijacked connection: the address was public, who answered is not."""
    fake = names(server, feed=[PUBLIC])
    assert ask("http://feed.example/x.ics", fake).failure.error_class is ErrorClass.ADDRESS
    assert "".join(server.requests) == ""


@pytest.mark.parametrize("table", [pytest.param({}, id="unknown"), pytest.param({"feed": []}, id="without address")])
def test_a_name_without_address_is_a_failure(names, table):
    assert ask("http://feed.example/x.ics", names(**table)).failure == Failure(ErrorClass.DNS, "feed.example")


def test_a_connection_that_takes_too_long_is_a_failure(names):
    def slow(address, port, seconds):
        raise TimeoutError

    network = Network(names(feed=[PUBLIC]).resolve, slow)
    source = Source("s", "i", "http://feed.example/x.ics")
    answer = fetch(source, SourceState(), FetchSettings(), NOW, network)
    assert answer.failure == Failure(ErrorClass.TIMEOUT, "feed.example")


def test_an_exempt_name_may_lie_on_the_own_net(server, names, reply):
    server.answers["/x.ics"] = reply(b"BEGIN")
    settings = FetchSettings(allow_origins=frozenset({"Feed.example:80"}))
    assert isinstance(ask("http://feed.example/x.ics", names(server, feed=[PRIVATE]), settings), Body)


def test_a_proxy_of_the_environment_is_not_believed(server, names, reply, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.answers["/x.ics"] = reply(b"BEGIN")
    assert isinstance(ask("http://feed.example/x.ics", names(server, feed=[PUBLIC]), server.settings()), Body)


@pytest.mark.parametrize(("host", "port"), [("other.example", 80), ("feed.example", 8080)])
def test_a_library_that_reads_the_address_otherwise_gets_nowhere(names, host, port):
    fake = names(feed=[PUBLIC], other=[PUBLIC])
    line = Line(Target("http", "feed.example", 80), frozenset(), 1, fake.network, Watchdog(1))
    with pytest.raises(FetchStopped, match="E_ADDRESS"):
        line.open(host, port)
    assert fake.asked == []
