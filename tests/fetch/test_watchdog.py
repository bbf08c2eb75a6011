"""The watchdog alone, with a pair of sockets."""

from __future__ import annotations

import socket

import pytest

from aggregator.fetch.watchdog import Watchdog


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    theirs.settimeout(5)
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def later_pair():
    ours, theirs = socket.socketpair()
    theirs.settimeout(5)
    with ours, theirs:
        yield ours, theirs


def test_at_the_deadline_the_guarded_connection_is_shut(pair):
    ours, theirs = pair
    with Watchdog(0.01) as watchdog:
        watchdog.guard(ours)
        assert theirs.recv(1) == b""
    assert watchdog.has_bitten


def test_a_connection_made_after_the_deadline_is_shut_at_once(pair, later_pair):
    with Watchdog(0.01) as watchdog:
        watchdog.guard(pair[0])
        pair[1].recv(1)
        watchdog.guard(later_pair[0])
        assert later_pair[1].recv(1) == b""


def test_in_time_nothing_happens_and_the_connection_stays_its_owner_s(pair):
    ours, theirs = pair
    with Watchdog(60) as watchdog:
        watchdog.guard(ours)
        assert 59 < watchdog.remaining() <= 60
    ours.sendall(b"!")
    assert theirs.recv(1) == b"!"
    assert not watchdog.has_bitten


def test_there_is_always_a_moment_left():
    """A timeout of 0 would mean "do not wait at all", a negative one is refused."""
    assert Watchdog(-5).remaining() > 0
