"""A thread that asks a server several things in turn uses one connection, and trusts it no further than a new one."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.client import fetch
from aggregator.fetch.transport import keeping
from aggregator.model.fetching import Answer, Body, FetchFailed, NotModified, SourceState, Validators
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = SourceState(validators=Validators("v1"), last_full_at=NOW)
NOTHING_NEW = b"HTTP/1.1 304 Not Modified\r\n\r\n"
IN_PIECES = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n0\r\n\r\n"


def again_and_again(*replies: bytes) -> Callable[[socket.socket], None]:
    """A function that answers one question after the other on one connection, and closes it after the last."""

    def run(connection: socket.socket) -> None:
        for reply in replies:
            connection.sendall(reply)
            if not connection.recv(65536):
                return

    return run


@pytest.fixture
def ask(server, names):
    """Asks the server at /x.ics; `ask.names` tells how often it was connected to."""
    fake = names(server, feed=["93.184.216.34"])

    def run(path: str = "/x.ics", **settings: object) -> Answer:
        return fetch(
            Source("s", "i", f"http://feed.example{path}"), KNOWN, server.settings(**settings), NOW, fake.network
        )

    run.names = fake
    return run


@pytest.mark.parametrize(
    ("first", "second", "shapes", "connections"),
    [
        pytest.param(NOTHING_NEW, NOTHING_NEW, (NotModified, NotModified), 1, id="nothing new, twice"),
        pytest.param(IN_PIECES, NOTHING_NEW, (Body, NotModified), 1, id="a body in pieces, read to its end"),
        pytest.param(
            b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n",
            NOTHING_NEW,
            (NotModified, NotModified),
            2,
            id="the server wants to close",
        ),
        pytest.param(
            b"HTTP/1.1 500 Oh\r\nContent-Length: 5\r\n\r\nsorry",
            NOTHING_NEW,
            (FetchFailed, NotModified),
            2,
            id="a body that nobody reads",
        ),
    ],
)
def test_a_connection_is_kept_only_when_nothing_is_left_on_it(server, ask, first, second, shapes, connections):
    replies = iter([again_and_again(first, second), again_and_again(second)])
    server.answers["/x.ics"] = lambda connection: next(replies)(connection)
    with keeping():
        assert (type(ask()), type(ask())) == shapes
    assert len(ask.names.contacted) == len(ask.names.asked) == connections


def test_without_the_block_every_question_has_its_own_connection(server, ask):
    server.answers["/x.ics"] = again_and_again(NOTHING_NEW, NOTHING_NEW)
    ask(), ask()
    with keeping():
        ask()
    ask()
    assert len(ask.names.contacted) == 4


def test_a_server_that_closed_what_was_kept_is_asked_anew(server, ask):
    server.answers["/x.ics"] = again_and_again(NOTHING_NEW)
    with keeping():
        assert [type(ask()) for _ in range(3)] == [NotModified] * 3
    assert len(ask.names.contacted) == 3


def test_the_deadline_of_a_visit_holds_on_a_kept_connection(server, ask):
    def silent_the_second_time(connection: socket.socket) -> None:
        connection.sendall(NOTHING_NEW)
        server.stopped.wait(10)

    server.answers["/x.ics"] = silent_the_second_time
    with keeping():
        assert isinstance(ask(), NotModified)
        answer = ask(total_seconds=0.2)
    assert isinstance(answer, FetchFailed)
    assert answer.failure.error_class is ErrorClass.TIMEOUT
