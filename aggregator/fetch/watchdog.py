"""A deadline for a whole request, which no timeout of urllib3 is.

Its timeouts start anew with every byte: a server that drips one byte per second holds a worker for
ever. The watchdog shuts the connection instead, whatever the reader is doing.
"""

from __future__ import annotations

import socket
from math import inf
from threading import Condition, Lock, Thread
from time import monotonic
from types import TracebackType


class Watchdog:
    """Shuts the guarded connection after `seconds`; `has_bitten` says so afterwards.

    A cut header block looks like a good answer with an empty body, therefore always ask `has_bitten`
    before believing one.
    """

    def __init__(self, seconds: float) -> None:
        self.has_bitten = False
        self.bites_at = monotonic() + seconds
        self._lock = Lock()
        self._leash: socket.socket | None = None

    def __enter__(self) -> Watchdog:
        KENNEL.let_out(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        KENNEL.take_in(self)
        with self._lock:
            self._let_go()

    def remaining(self) -> float:
        """Seconds until the deadline, a little more than none, because a timeout of 0 means something else."""
        return max(self.bites_at - monotonic(), 0.001)

    def guard(self, connection: socket.socket) -> None:
        """Watch this connection instead of the one before.

        A duplicate is kept: TLS takes the original apart, and closing ours closes nobody else's.
        """
        with self._lock:
            self._let_go()
            # Not `dup`, which a connection that speaks TLS already refuses.
            self._leash = socket.fromfd(connection.fileno(), connection.family, connection.type)
            if self.has_bitten:
                _shut(self._leash)

    def bite(self) -> None:
        """Shut the connection, and all that come after it."""
        with self._lock:
            self.has_bitten = True
            if self._leash is not None:
                _shut(self._leash)

    def _let_go(self) -> None:
        if self._leash is not None:
            self._leash.close()
            self._leash = None


class Kennel:
    """One thread that lets every watchdog bite in time: a thread for each costs more than a small answer does."""

    def __init__(self) -> None:
        self._bell = Condition()
        self._out: set[Watchdog] = set()
        self._keeper: Thread | None = None
        self._wakes_at = inf

    def let_out(self, watchdog: Watchdog) -> None:
        """From now on the watchdog may bite."""
        with self._bell:
            self._out.add(watchdog)
            # A fork takes no threads along.
            if self._keeper is None or not self._keeper.is_alive():
                self._keeper = Thread(target=self._keep, name="watchdogs", daemon=True)
                self._keeper.start()
            elif watchdog.bites_at < self._wakes_at:
                self._bell.notify()

    def take_in(self, watchdog: Watchdog) -> None:
        """It bites no more."""
        with self._bell:
            self._out.discard(watchdog)

    def _keep(self) -> None:
        while True:
            for watchdog in self._due():
                watchdog.bite()

    def _due(self) -> set[Watchdog]:
        """Those whose time has come; sleeps until the next one's if there are none."""
        with self._bell:
            due = {watchdog for watchdog in self._out if watchdog.bites_at <= monotonic()}
            self._out -= due
            if not due:
                self._wakes_at = min((watchdog.bites_at for watchdog in self._out), default=inf)
                self._bell.wait(None if self._wakes_at == inf else self._wakes_at - monotonic())
            return due


KENNEL = Kennel()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # the server was quicker
