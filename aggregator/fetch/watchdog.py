"""A deadline for a whole request, which no timeout of requests or urllib3 is.

Their timeouts start anew with every byte: a server that drips one byte per second holds a worker for
ever. The watchdog shuts the connection instead, whatever the reader is doing.
"""

from __future__ import annotations

import socket
from threading import Lock, Timer
from time import monotonic
from types import TracebackType


class Watchdog:
    """Shuts the guarded connection after `seconds`; `has_bitten` says so afterwards.

    A cut header block looks like a good answer with an empty body, therefore always ask `has_bitten`
    before believing one.
    """

    def __init__(self, seconds: float) -> None:
        self.has_bitten = False
        self._ends_at = monotonic() + seconds
        self._lock = Lock()
        self._leash: socket.socket | None = None
        self._timer = Timer(seconds, self._bite)
        self._timer.daemon = True

    def __enter__(self) -> Watchdog:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._let_go()

    def remaining(self) -> float:
        """Seconds until the deadline, a little more than none, because a timeout of 0 means something else."""
        return max(self._ends_at - monotonic(), 0.001)

    def guard(self, connection: socket.socket) -> None:
        """Watch this connection instead of the one before.

        A duplicate is kept: TLS takes the original apart, and closing ours closes nobody else's.
        """
        with self._lock:
            self._let_go()
            self._leash = connection.dup()
            if self.has_bitten:
                _shut(self._leash)

    def _bite(self) -> None:
        with self._lock:
            self.has_bitten = True
            if self._leash is not None:
                _shut(self._leash)

    def _let_go(self) -> None:
        if self._leash is not None:
            self._leash.close()
            self._leash = None


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # the server was quicker
