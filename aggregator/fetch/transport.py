"""requests over pinned connections: a name is looked up once, and only a checked address is connected to.

requests prepares the question and tells the answer. Its sessions and pools are left out on purpose: they read the
whole decoded body of every redirect, keep cookies, believe the environment's proxies and .netrc, and cost several
times what an answer "nothing new" does.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from queue import Empty, SimpleQueue
from ssl import CERT_REQUIRED, SSLContext, SSLError
from threading import Thread, local

import certifi
import requests
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_ import create_urllib3_context

from aggregator.errors import ErrorClass
from aggregator.fetch.addresses import Target, permits
from aggregator.fetch.failures import FetchStopped
from aggregator.fetch.watchdog import Watchdog

# urllib3 writes whole addresses into its warnings; some of them are secrets.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

# Whose word on certificates we take.
AUTHORITIES = certifi.where()
# Left open at most, by each thread: those of a host and of what it redirects to.
MOST_KEPT = 4


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

    def __init__(self, line: Line) -> None:
        super().__init__(line.target.host, line.target.port)
        self.line = line

    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host, self.port or 0)


class PinnedSecureConnection(HTTPSConnection):
    """The same for HTTPS; SNI and the certificate's check keep the name."""

    def __init__(self, line: Line) -> None:
        super().__init__(line.target.host, line.target.port, ssl_context=trusting(AUTHORITIES))
        self.line = line

    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host, self.port or 0)


@cache
def trusting(authorities: str) -> SSLContext:
    """TLS that believes these authorities; made once, as reading them takes longer than most visits."""
    context = create_urllib3_context(cert_reqs=CERT_REQUIRED)
    context.load_verify_locations(authorities)
    return context


Server = tuple[str, str, int]


class Kept(local):
    """The connections that a thread has left open for its next questions; None outside `keeping`."""

    open: dict[Server, HTTPConnection] | None = None


KEPT = Kept()


@contextmanager
def keeping() -> Iterator[None]:
    """Within this block the thread asks the same server again over the same connection."""
    KEPT.open = {}
    try:
        yield
    finally:
        for connection in KEPT.open.values():
            connection.close()
        KEPT.open = None


@contextmanager
def exchange(line: Line, headers: Mapping[str, str], payload: bytes | None = None) -> Iterator[requests.Response]:
    """One GET (or POST of a payload), its head read and its body not.

    The connection is closed at the end, unless it is to be kept and the answer was read to its end.
    Raises FetchStopped, and whatever requests, urllib3, http.client, ssl and socket raise (see failures.py).
    """
    request = prepared(line.target.url, headers, payload)
    connection = kept_to(line) if payload is None else None
    if connection is not None:
        try:
            response = ask(connection, line, request)
        except (ConnectionError, SSLError):
            # A server may close what was kept at any moment; a new connection tells whether it is there.
            connection.close()
            connection = None
    if connection is None:
        connection = connection_to(line)
        try:
            response = ask(connection, line, request)
        except BaseException:
            connection.close()
            raise
    is_kept = False
    try:
        yield response
        is_kept = keep(connection, response, line.target)
    finally:
        if not is_kept:
            response.close()
            connection.close()


def prepared(url: str, headers: Mapping[str, str], payload: bytes | None) -> requests.PreparedRequest:
    """The question as requests puts it, without the cookies, logins and hooks that we never have."""
    request = requests.PreparedRequest()
    request.method, request.url = "GET" if payload is None else "POST", written(url)
    request.prepare_headers(headers)
    if payload is not None:
        request.prepare_body(payload, None)
    return request


@lru_cache(maxsize=4096)
def written(url: str) -> str:
    """An address as requests writes it; the same ones come at every visit."""
    request = requests.PreparedRequest()
    # No parameters are "": to find out that None is none takes as long as all the rest.
    request.prepare_url(url, "")
    return request.url or ""


def connection_to(line: Line) -> HTTPConnection:
    """A connection that is opened by the first question."""
    return PinnedSecureConnection(line) if line.target.scheme == "https" else PinnedConnection(line)


def server_of(target: Target) -> Server:
    """Whom a connection leads to."""
    return target.scheme, target.host, target.port


def kept_to(line: Line) -> HTTPConnection | None:
    """The connection that was left open to this target, now under the watch of this visit."""
    connection = KEPT.open.pop(server_of(line.target), None) if KEPT.open else None
    if connection is None or connection.sock is None:
        return None
    # Something to read before anything was asked is the end of the connection, or no answer to us.
    if not connection.is_connected:
        connection.close()
        return None
    line.watchdog.guard(connection.sock)
    return connection


def ask(connection: HTTPConnection, line: Line, request: requests.PreparedRequest) -> requests.Response:
    """Ask on this connection, and read the head of the answer."""
    # The watchdog bites first; the timeout per read is there in case it ever does not.
    connection.timeout = line.watchdog.remaining() + 5
    asked = request.method or "", request.path_url, request.body, request.headers
    # A server that does not listen to the end may have answered all the same.
    with suppress(BrokenPipeError):
        connection.request(*asked, preload_content=False, decode_content=False)
    return answered(request, connection.getresponse())


def answered(request: requests.PreparedRequest, raw: BaseHTTPResponse) -> requests.Response:
    """The answer as requests tells it, without the cookies that we never keep; its body is still to be read."""
    response = requests.Response()
    response.status_code, response.reason, response.raw = raw.status, raw.reason or "", raw
    response.headers = CaseInsensitiveDict(raw.headers)
    response.request, response.url = request, request.url or ""
    return response


def keep(connection: HTTPConnection, response: requests.Response, target: Target) -> bool:
    """Leave the connection open if the thread may ask again and nothing of this answer is left on it."""
    if KEPT.open is None or len(KEPT.open) >= MOST_KEPT:
        return False
    if response.raw.length_remaining == 0:
        # An answer without a body ends by being read, too.
        response.raw.read()
    if not response.raw.closed or connection.sock is None:
        return False
    KEPT.open[server_of(target)] = connection
    return True
