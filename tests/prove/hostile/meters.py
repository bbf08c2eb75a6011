"""How much memory a case takes and what it logs: in this process and in the children that read for it."""

from __future__ import annotations

import io
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
MEGABYTE = 1024  # in the kilobytes of /proc
OFTEN = 0.01


@dataclass
class Reading:
    """What a case took: `megabytes` beyond what the process or its child had before."""

    megabytes: float = 0.0
    log: str = ""


class Meter:
    """Watches this process and all that descend from it, one case at a time."""

    def __init__(self, errors: Path) -> None:
        """`errors` is the file to which this process and its children write their standard error."""
        self.errors = errors
        self.usual_child = 0

    @contextmanager
    def watch(self) -> Iterator[Reading]:
        """The growth of memory and all that is logged until the end of the block."""
        reading, lines = Reading(), io.StringIO()
        handler = logging.StreamHandler(lines)
        logging.getLogger().addHandler(handler)
        (PROC / "self/clear_refs").write_text("5")  # the peak counts from now on
        before, written = status_of(os.getpid(), "VmRSS"), self.errors.stat().st_size
        done, peaks = threading.Event(), [0]
        watcher = threading.Thread(target=self._watch_children, args=(done, peaks))
        watcher.start()
        try:
            yield reading
        finally:
            done.set()
            watcher.join()
            logging.getLogger().removeHandler(handler)
            own, child = status_of(os.getpid(), "VmHWM") - before, peaks[0] - (self.usual_child or peaks[0])
            self.usual_child = self.usual_child or peaks[0]
            reading.megabytes = max(own, child) / MEGABYTE
            with self.errors.open(errors="replace") as file:
                file.seek(written)
                reading.log = lines.getvalue() + file.read()

    def _watch_children(self, done: threading.Event, peaks: list[int]) -> None:
        while not done.wait(OFTEN):
            peaks[0] = max([peaks[0], *(status_of(child, "VmHWM") for child in descendants(os.getpid()))])


def descendants(process: int) -> Iterator[int]:
    """The children of a process, and theirs."""
    try:
        tasks = list((PROC / str(process) / "task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield child
        yield from descendants(child)


def status_of(process: int, name: str) -> int:
    """A figure of /proc/<process>/status in kilobytes, 0 for a process that is gone."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
