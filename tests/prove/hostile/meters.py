"""What a case takes and what it logs: in this process and in the children that read for it.

Its seconds are those of a machine of its own: the time in which work was ready and no processor was free is not
counted, so that a busy machine fails nobody. Linux says both in /proc; elsewhere it is the time on the wall.
"""

from __future__ import annotations

import io
import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

PROC = Path("/proc")
MEGABYTE = 1024  # in the kilobytes of /proc
OFTEN = 0.02
BILLION = 1_000_000_000


@dataclass
class Reading:
    """What a case took: `seconds` on a machine of its own, `megabytes` beyond what its process or child had before."""

    seconds: float = 0.0
    megabytes: float = 0.0
    log: str = ""


class Processors:
    """How long the threads of some processes had a processor, and how long they waited for one; seconds."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[int, int]] = {}
        self.last: dict[str, tuple[int, int]] = {}
        self.watcher = ""

    def look(self, processes: Iterable[int], is_first: bool = False) -> None:
        """Note what each thread has had by now; what a thread had before the first look does not count."""
        seen = {thread: spent for process in processes for thread, spent in spent_by_thread(process)}
        if is_first:
            self.first = seen
        self.last.update(seen)
        # Whoever watches waits for a processor too, and nobody waits for him.
        self.last.pop(self.watcher, None)

    def of_its_own(self, wall: float) -> float:
        """What `wall` seconds would have been had nobody else wanted the processors."""
        begun = [self.first.get(thread, (0, 0)) for thread in self.last]
        worked = sum(last[0] - first[0] for last, first in zip(self.last.values(), begun, strict=True)) / BILLION
        waited = sum(last[1] - first[1] for last, first in zip(self.last.values(), begun, strict=True)) / BILLION
        return min(wall, max(worked, wall - waited))


@dataclass
class Elapsed:
    """The seconds of a stopwatch once it has stopped."""

    seconds: float = 0.0


@contextmanager
def stopwatch(look: Callable[[Sequence[int]], None] = lambda _: None) -> Iterator[Elapsed]:
    """The time until the end of the block; `look` is shown the children again and again."""
    elapsed, processors, done = Elapsed(), Processors(), threading.Event()
    processors.look(all_of_us(), is_first=True)

    def watch() -> None:
        processors.watcher = f"{os.getpid()}/{threading.get_native_id()}"
        while not done.wait(OFTEN):
            children = list(descendants(os.getpid()))
            look(children)
            processors.look((os.getpid(), *children))

    watcher, begun = threading.Thread(target=watch), perf_counter()
    watcher.start()
    try:
        yield elapsed
    finally:
        processors.look(all_of_us())
        elapsed.seconds = processors.of_its_own(perf_counter() - begun)
        done.set()
        watcher.join()


class Meter:
    """Watches this process and all that descend from it, one case at a time."""

    def __init__(self, errors: Path) -> None:
        """`errors` is the file to which this process and its children write their standard error."""
        self.errors = errors
        self.usual_child = 0

    @contextmanager
    def watch(self) -> Iterator[Reading]:
        """The time, the growth of memory and all that is logged until the end of the block."""
        reading, lines, peaks = Reading(), io.StringIO(), [0]
        handler = logging.StreamHandler(lines)
        logging.getLogger().addHandler(handler)
        (PROC / "self/clear_refs").write_text("5")  # the peak counts from now on
        before, written = status_of(os.getpid(), "VmRSS"), self.errors.stat().st_size

        def note_peak(children: Sequence[int]) -> None:
            peaks[0] = max([peaks[0], *(status_of(child, "VmHWM") for child in children)])

        try:
            with stopwatch(note_peak) as elapsed:
                yield reading
        finally:
            logging.getLogger().removeHandler(handler)
            own, child = status_of(os.getpid(), "VmHWM") - before, peaks[0] - (self.usual_child or peaks[0])
            self.usual_child = self.usual_child or peaks[0]
            reading.seconds, reading.megabytes = elapsed.seconds, max(own, child) / MEGABYTE
            with self.errors.open(errors="replace") as file:
                file.seek(written)
                reading.log = lines.getvalue() + file.read()


def all_of_us() -> list[int]:
    """This process and all that descend from it."""
    return [os.getpid(), *descendants(os.getpid())]


def spent_by_thread(process: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """For each thread the nanoseconds on a processor and those of waiting for one; nothing where it is not told."""
    try:
        threads = list((PROC / str(process) / "task").iterdir())
    except OSError:
        return
    for thread in threads:
        try:
            worked, waited, _ = (thread / "schedstat").read_text().split()
        except (OSError, ValueError):
            continue
        yield f"{process}/{thread.name}", (int(worked), int(waited))


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
