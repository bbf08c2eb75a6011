"""The process that refreshes, as those see it who tell it what to do (benchmarks.days.worker)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

# Not `-m`: each child that reads a feed would import the whole of it anew.
WORK = "from benchmarks.days.worker import main; main()"
ROOT = Path(__file__).resolve().parents[2]


class Worker:
    """The process that refreshes; gone and started anew as the plan wants."""

    def __init__(self, command: list[str]) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What its children say when it is killed; its own mistakes come with the answers.
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env=environment,
        )

    def ask(self, step: str, now: datetime) -> None:
        """Send one step."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": step, "now": now.isoformat()}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any] | None:
        """What came of it; None if the process is no more."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found: dict[str, Any] | None = json.loads(line) if line.endswith("\n") else None
        return found

    def end(self, how: signal.Signals) -> None:
        """See it gone."""
        self.process.send_signal(how)
        self.process.wait(60)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                pass
