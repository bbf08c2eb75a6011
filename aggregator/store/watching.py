"""The generation, read as cheaply as a database allows: one statement on a connection of the thread's own."""

from __future__ import annotations

from contextlib import closing
from threading import Lock, local
from typing import Any

from sqlalchemy import Engine

from aggregator.errors import StoreError

QUESTION = "SELECT value FROM generation"


class Watch:
    """Asks for the generation outside of any transaction, so that no state of the store is held.

    Through the pool this would cost more than all else that is done for an answer that is kept. For any
    number of threads of one process.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.mine = local()
        self.opened: list[Any] = []
        self.lock = Lock()

    def generation(self) -> int:
        """The counter that every visible change raises (store.queries.generation).

        Raises StoreError when the database does not answer; the next question opens a new connection.
        """
        try:
            connection = getattr(self.mine, "connection", None) or self.connected()
            with closing(connection.cursor()) as cursor:
                cursor.execute(QUESTION)
                value: int = cursor.fetchone()[0]
        except self.engine.dialect.loaded_dbapi.Error as error:
            self.mine.connection = None
            raise StoreError(str(error).strip()) from error
        return value

    def connected(self) -> Any:
        """A connection for this thread, taken out of the pool for good; each of its statements stands alone."""
        pooled = self.engine.raw_connection()
        pooled.detach()
        connection: Any = pooled.dbapi_connection
        if self.engine.dialect.name == "postgresql":
            connection.autocommit = True
        self.mine.connection = connection
        with self.lock:
            self.opened.append(connection)
        return connection

    def close(self) -> None:
        """Close the connections of all threads; whoever asks next opens one."""
        with self.lock:
            opened, self.opened, self.mine = self.opened, [], local()
        for connection in opened:
            connection.close()
