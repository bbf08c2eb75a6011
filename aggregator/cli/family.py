"""The parent of the pages and the scheduler: a program of its own that loads next to nothing.

`python -m aggregator.cli.family COMMANDS`, a JSON list of command lines, as `serve` starts it in its own place.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

PATIENCE_SECONDS = 15.0


class Family:
    """Child processes that live and end together."""

    def __init__(self, commands: Sequence[list[str]]) -> None:
        # Asked to stop before the children exist, we would leave them behind.
        signal.signal(signal.SIGINT, self.stop)
        signal.signal(signal.SIGTERM, self.stop)
        self.told_to_stop = False
        self.children = [subprocess.Popen(command) for command in commands]

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Ask every child to end; Ctrl-C has reached them already, a second request does no harm."""
        self.told_to_stop = True
        for child in self.children:
            child.terminate()

    def live(self) -> int:
        """Wait until one child ends, end the others; 0 if we were told to stop, else what that child said."""
        code = self.first_to_end()
        if not self.told_to_stop:
            for child in self.children:
                child.terminate()
        for child in self.children:
            try:
                child.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        return 0 if self.told_to_stop else code or 1

    def first_to_end(self) -> int:
        """The exit code of the first child that ends."""
        while True:
            for child in self.children:
                try:
                    return child.wait(0.2)
                except subprocess.TimeoutExpired:
                    continue


if __name__ == "__main__":
    sys.exit(Family(json.loads(sys.argv[1])).live())
