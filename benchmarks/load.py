"""Asks one server the same questions over kept connections, as fast as it answers; one process, the same for all.

    python -m benchmarks.load PORT CONNECTIONS SECONDS HEADERS_JSON PATH…

Each connection asks, reads the whole answer, and asks again; several paths are asked by turns. Prints one line of
JSON: requests per second, milliseconds at the median and at 99 %, statuses, bytes of a body. Reading bodies costs the
kernel's copy and little more: they are not looked at.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass
from itertools import count

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ROOM = 1 << 20


@dataclass(slots=True)
class Talk:
    """One connection: what is still to come of its answer, and since when it waits."""

    socket: socket.socket
    since: float = 0.0
    left: int = -1
    head: bytes = b""


@dataclass(slots=True)
class Asking:
    """What is asked, and what came of it."""

    questions: list[bytes]
    waits: list[float]
    statuses: Counter[str]
    numbers: count[int]
    body: int = 0
    hung_up: int = 0

    def ask(self, talk: Talk) -> None:
        talk.left, talk.head, talk.since = -1, b"", time.perf_counter()
        talk.socket.sendall(self.questions[next(self.numbers) % len(self.questions)])

    def hear(self, talk: Talk, room: memoryview) -> bool:
        """Read what is there; True when the answer is complete. Raises ConnectionError when the server hung up."""
        got = talk.socket.recv_into(room)
        if not got:
            raise ConnectionError
        if talk.left >= 0:
            talk.left -= got
        else:
            talk.head += bytes(room[:got])
            end = talk.head.find(b"\r\n\r\n")
            if end < 0:
                return False
            status = talk.head[9:12].decode()
            found = LENGTH.search(talk.head[:end])
            self.body = 0 if status == "304" or not found else int(found[1])
            self.statuses[status] += 1
            talk.left = self.body - (len(talk.head) - end - 4)
        return talk.left <= 0


def load(port: int, connections: int, seconds: float, headers: dict[str, str], paths: list[str]) -> dict[str, object]:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    questions = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode() for path in paths]
    asking = Asking(questions, [], Counter(), count())
    room = memoryview(bytearray(ROOM))
    talks = [Talk(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
    with selectors.DefaultSelector() as selector:
        for talk in talks:
            selector.register(talk.socket, selectors.EVENT_READ, talk)
            asking.ask(talk)
        began, cpu = time.perf_counter(), time.process_time()
        while time.perf_counter() - began < seconds:
            for key, _ in selector.select(1):
                talk = key.data
                try:
                    if not asking.hear(talk, room):
                        continue
                    asking.waits.append(time.perf_counter() - talk.since)
                    asking.ask(talk)
                except ConnectionError:
                    # A server may end a process after so many requests.
                    selector.unregister(talk.socket)
                    talk.socket.close()
                    talk.socket = socket.create_connection(("127.0.0.1", port))
                    selector.register(talk.socket, selectors.EVENT_READ, talk)
                    asking.hung_up += 1
                    asking.ask(talk)
        took = time.perf_counter() - began
    for talk in talks:
        talk.socket.close()
    waits = sorted(asking.waits) or [float("nan")]
    return {
        "per_second": len(asking.waits) / took,
        "p50": waits[len(waits) // 2] * 1000,
        "p99": waits[min(len(waits) - 1, len(waits) * 99 // 100)] * 1000,
        "statuses": asking.statuses,
        "body": asking.body,
        "hung_up": asking.hung_up,
        "requests": len(asking.waits),
        "own_cpu_share": (time.process_time() - cpu) / took,
    }


if __name__ == "__main__":
    port, connections, seconds, headers, *paths = sys.argv[1:]
    print(json.dumps(load(int(port), int(connections), float(seconds), json.loads(headers), paths)))
