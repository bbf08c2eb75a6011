"""Visits that brought nothing new, written down many at a time.

Most visits find nothing. What each leaves is the time of the next one, and no record depends on it: where a process is
killed before it is written, the source is asked once more. So these wait for each other and share one transaction,
while everything that says something is written at once (`refresh.write`).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

from sqlalchemy import Connection

from aggregator.model.fetching import SourceState
from aggregator.model.health import SourceReport
from aggregator.store import fetches, held, sources
from aggregator.store.database import Store

logger = logging.getLogger(__name__)

MOST_WAITING = 200
LONGEST_WAIT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Check:
    """One visit without news: the state it found, the one it leaves, and whether it belongs into the history."""

    report: SourceReport
    before: SourceState
    after: SourceState
    at: datetime
    is_noted: bool


class Ledger:
    """Takes the checks of all threads of a round."""

    def __init__(self, store: Store) -> None:
        """Begin with none."""
        self._store = store
        self._lock = Lock()
        self._waiting: list[Check] = []
        self._since = 0.0

    def put(self, check: Check) -> None:
        """Write it down with others, within seconds while visits go on."""
        with self._lock:
            if not self._waiting:
                self._since = monotonic()
            self._waiting.append(check)
            if len(self._waiting) < MOST_WAITING and monotonic() - self._since < LONGEST_WAIT_SECONDS:
                return
        self.settle()

    def settle(self) -> None:
        """Write down all that wait; what cannot be written is asked again."""
        with self._lock:
            checks, self._waiting = self._waiting, []
        if not checks:
            return
        try:
            with self._store.writing() as connection:
                write_checks(connection, checks)
        except Exception:
            logger.exception("sources=%d that had nothing new will be asked again", len(checks))


def write_checks(connection: Connection, checks: list[Check]) -> None:
    """The states of all sources that nobody else visited meanwhile, and what belongs into their history."""
    untouched = sources.untouched(connection, {check.report.source: check.before for check in checks})
    checks = [check for check in checks if check.report.source in untouched]
    sources.save_states(connection, {check.report.source: check.after for check in checks})
    for check in checks:
        if check.before.held_since:
            held.forget(connection, check.report.source)
    fetches.log_all(connection, [(check.report, check.at) for check in checks if check.is_noted])
