"""requests' transport, pinned: a name is looked up once, and only a checked address is connected to.

`requests.Session` is left out on purpose: it reads the whole decoded body of every redirect, keeps
cookies and believes the environment's proxies and .netrc. Its adapter alone does none of that.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from aggregator.errors import ErrorClass
from aggregator.fetch.addresses import Target, permits
from aggregator.fetch.failures import FetchStopped
from aggregator.fetch.watchdog import Watchdog

# urllib3 writes whole addresses into its warnings; some of them are secrets.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)


def look_up(host: str, port: int) -> Sequence[str]:
    """Every IP address that the system's resolver knows for a name; raises socket.gaierror."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def open_connection(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to an IP address; raises OSError, TimeoutError after `seconds`."""
    connection = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((address, port))
    except BaseException:
        connection.close()
        raise
    return connection


@dataclass(frozen=True, slots=True)
class Network:
    """The seam to the outside: how names are looked up and connections opened."""

    resolve: Callable[[str, int], Sequence[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = open_connection


@dataclass(frozen=True, slots=True)
class Line:
    """The one way to one target: look-up, address rule, connection, all before the watchdog's deadline."""

    target: Target
    exempt: frozenset[str]
    connect_seconds: float
    network: Network
    watchdog: Watchdog

    def open(self, host: str, port: int) -> socket.socket:
        """A guarded connection to the first answering address of the target.

        `host` and `port` are what the library is about to contact; if it read the address otherwise
        than the rule did, it gets nowhere. Raises FetchStopped, or the last OSError when no address answers.
        """
        if (host, port) != (self.target.host, self.target.port):
            raise FetchStopped(ErrorClass.ADDRESS, self.target.host)
        addresses = self._look_up()
        # One private answer among public ones is how a rebinding name begins.
        if not all(permits(self.target, address, self.target.port, self.exempt) for address in addresses):
            raise FetchStopped(ErrorClass.ADDRESS, self.target.host)
        return self._connect_to_first(addresses)

    def _connect_to_first(self, addresses: Sequence[str]) -> socket.socket:
        failure: OSError = ConnectionError("the name has no address")
        for address in addresses:
            if self.watchdog.has_bitten:
                break
            try:
                seconds = min(self.connect_seconds, self.watchdog.remaining())
                connection = self.network.connect(address, self.target.port, seconds)
            except OSError as error:
                failure = error
                continue
            return self._checked(connection)
        raise failure

    def _checked(self, connection: socket.socket) -> socket.socket:
        try:
            peer, port = connection.getpeername()[:2]
            self.watchdog.guard(connection)
        except OSError:
            connection.close()
            raise
        if not permits(self.target, peer, port, self.exempt):
            connection.close()
            raise FetchStopped(ErrorClass.ADDRESS, self.target.host)
        return connection

    def _look_up(self) -> Sequence[str]:
        """The resolver's answers; a thread of its own asks, because a look-up cannot be interrupted."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.network.resolve(self.target.host, self.target.port))
            except Exception as error:  # noqa: BLE001 - handed over to the waiting thread
                answers.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self.watchdog.remaining())
        except Empty:
            raise FetchStopped(ErrorClass.TIMEOUT, self.target.host) from None
        if isinstance(answer, Exception) or not answer:
            raise FetchStopped(ErrorClass.DNS, self.target.host)
        return answer


class PinnedConnection(HTTPConnection):
    """An HTTP connection that opens its socket through a Line."""

    def __init__(self, *arguments: Any, line: Line, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.line = line

    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host, self.port)


class PinnedSecureConnection(HTTPSConnection):
    """The same for HTTPS; SNI and the certificate's check keep the name."""

    def __init__(self, *arguments: Any, line: Line, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.line = line

    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host, self.port)


class PinnedPool(HTTPConnectionPool):
    """A pool of pinned HTTP connections."""

    ConnectionCls = PinnedConnection


class PinnedSecurePool(HTTPSConnectionPool):
    """A pool of pinned HTTPS connections."""

    ConnectionCls = PinnedSecureConnection


class PinnedAdapter(HTTPAdapter):
    """requests' adapter whose connections all go through one Line; without retries and proxies."""

    def __init__(self, line: Line) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = {
            "http": partial(PinnedPool, line=line),
            "https": partial(PinnedSecurePool, line=line),
        }

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        """Refused: behind a proxy the address rule would be somebody else's."""
        raise FetchStopped(ErrorClass.CONNECT)


@contextmanager
def exchange(line: Line, headers: Mapping[str, str], payload: bytes | None = None) -> Iterator[requests.Response]:
    """One GET (or POST of a payload), its head read and its body not; the connection is closed at the end.

    Raises FetchStopped, and whatever requests, urllib3, ssl and socket raise (see failures.py).
    """
    adapter = PinnedAdapter(line)
    try:
        method = "GET" if payload is None else "POST"
        request = requests.Request(method, line.target.url, headers=dict(headers), data=payload).prepare()
        # The watchdog bites first; the timeout per read is there in case it ever does not.
        timeouts = (line.connect_seconds, line.watchdog.remaining() + 5)
        response = adapter.send(request, stream=True, timeout=timeouts)
        try:
            yield response
        finally:
            response.close()
    finally:
        adapter.close()
