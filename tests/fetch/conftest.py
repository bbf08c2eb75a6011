"""A server of raw sockets on the loopback, which may answer as badly as it likes."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator.fetch.client import fetch
from aggregator.fetch.transport import Network
from aggregator.model.fetching import Answer, SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CERTIFICATE = Path(__file__).parents[1] / "data/fetch/self-signed.pem"


METHODS = (b"GET ", b"POST ")


def is_whole(request: bytes) -> bool:
    """Whether the head has come, and as much of a body as it promises."""
    head, end, body = request.partition(b"\r\n\r\n")
    promised = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    return bool(end) and len(body) >= int(promised[1] if promised else 0)


@dataclass
class Server:
    """Answers each path with given bytes, or lets a function do it; remembers every request."""

    listener: socket.socket
    answers: dict[str, bytes | Callable[[socket.socket], None]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    tls: ssl.SSLContext | None = None
    names: list[str | None] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    def url(self, path: str) -> str:
        return f"http://{self.origin}{path}"

    def settings(self, **changes: object) -> FetchSettings:
        values: dict[str, object] = {"allow_origins": frozenset({self.origin}), "user_agent": "Buendel (+a@b.example)"}
        return FetchSettings(**(values | changes))  # type: ignore[arg-type]

    def ask(self, path: str, state: SourceState | None = None, **changes: object) -> Answer:
        """Fetch one path of this server."""
        return fetch(Source("s", "i", self.url(path)), state or SourceState(), self.settings(**changes), NOW)

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection: socket.socket) -> None:
        try:
            with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as ready:
                self.converse(ready)
        except OSError:
            pass

    def converse(self, connection: socket.socket) -> None:
        request = connection.recv(65536)
        while request.startswith(METHODS) and not is_whole(request):
            request += connection.recv(65536)
        self.requests.append(request.decode("latin-1"))
        # Whatever is no request (a TLS handshake, say) counts as one for no path.
        path = request.split(b" ")[1].decode() if request.startswith(METHODS) else ""
        reply = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        reply(connection) if callable(reply) else connection.sendall(reply)

    def drip(self, data: bytes) -> Callable[[socket.socket], None]:
        """A function that sends one byte at a time, for ever."""

        def run(connection: socket.socket) -> None:
            position = 0
            while not self.stopped.wait(0.02):
                connection.sendall(data[position % len(data) :][:1])
                position += 1

        return run

    def flood(self, head: bytes, block: bytes) -> Callable[[socket.socket], None]:
        """A function that sends a head and then the same block for ever."""

        def run(connection: socket.socket) -> None:
            connection.sendall(head)
            while not self.stopped.is_set():
                connection.sendall(block)

        return run

    def hang(self, data: bytes = b"") -> Callable[[socket.socket], None]:
        """A function that sends something and then nothing more."""

        def run(connection: socket.socket) -> None:
            connection.sendall(data)
            self.stopped.wait(10)

        return run


def start_server() -> Server:
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener)
    threading.Thread(target=server.serve, daemon=True).start()
    return server


def stop_server(server: Server) -> None:
    server.stopped.set()
    server.listener.shutdown(socket.SHUT_RDWR)
    server.listener.close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = start_server()
    yield running
    stop_server(running)


@pytest.fixture
def secure_server() -> Iterator[Server]:
    """A TLS server for feed.example; its certificate is trusted when we are told to (see `trusted`)."""
    running = start_server()
    running.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    running.tls.load_cert_chain(CERTIFICATE)
    running.tls.sni_callback = lambda connection, name, context: running.names.append(name)
    yield running
    stop_server(running)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the test's certificate the only one that is trusted."""
    monkeypatch.setattr("aggregator.fetch.transport.AUTHORITIES", str(CERTIFICATE))


@pytest.fixture
def canary() -> Iterator[Server]:
    """A second server, on a port that is not exempt: it must never be asked anything."""
    running = start_server()
    yield running
    assert running.requests == []
    stop_server(running)


@dataclass
class FakeNames:
    """A resolver with a fixed table, each name with one list of answers per look-up; the last one stays."""

    table: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)
    contacted: list[tuple[str, int]] = field(default_factory=list)
    port: int = 0

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.table:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        rounds = self.table[host]
        return rounds[min(self.asked.count(host), len(rounds)) - 1]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Every address leads to the local server; nothing leaves this machine."""
        self.contacted.append((address, port))
        if not self.port:
            raise ConnectionRefusedError("nobody there")
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    @property
    def network(self) -> Network:
        return Network(self.resolve, self.connect)


@pytest.fixture
def names() -> Callable[..., FakeNames]:
    """Makes a FakeNames: names(server, feed=["93.184.216.34"]) answers for feed.example."""

    def make(server: Server | None = None, **table: list[str] | list[list[str]]) -> FakeNames:
        rounds = {
            f"{name}.example": [answers] if not answers or isinstance(answers[0], str) else answers
            for name, answers in table.items()
        }
        return FakeNames(rounds, port=server.listener.getsockname()[1] if server else 0)  # type: ignore[arg-type]

    return make


def good(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@pytest.fixture(name="reply")
def reply_fixture() -> Callable[..., bytes]:
    """Writes a proper answer: reply(body, "Header: value", status="302 Found")."""
    return good
