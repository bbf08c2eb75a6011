"""A refresh that is killed (SIGKILL) right before its nth writing statement: `killed_refresh.py N OPTIONS…`."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from aggregator.cli.main import commands

WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT")


def kill_before(nth: int) -> None:
    """Count every writing statement and every commit of this process, and die before the nth."""
    numbers = count(1)

    def counted() -> None:
        if next(numbers) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_statement(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            counted()

    event.listen(Engine, "before_cursor_execute", before_statement)
    event.listen(Engine, "commit", lambda _: counted())


if __name__ == "__main__":
    kill_before(int(sys.argv[1]))
    commands(sys.argv[2:])
