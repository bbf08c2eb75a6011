"""Child processes for foreign bytes, kept warm for one source after another.

Children are forked from a server that has the parsers loaded. One that did its work is kept for the next job, since
starting one costs as much as reading forty events; each job has limits of its own. A child that hangs, swallows
memory, dies or surprises us is ended and never asked again; so is one that grew or did many jobs.
"""

from __future__ import annotations

import gc
import os
import resource
from collections.abc import Callable
from functools import cache
from importlib import import_module
from math import ceil
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import BoundedSemaphore
from time import process_time
from typing import Any

from aggregator.errors import ErrorClass, Failure
from aggregator.model.settings import ReadingLimits
from aggregator.store.codec import decode, encode

Task = Callable[[Connection, ReadingLimits], object]

# More children than cores only fight for memory.
CHILDREN = BoundedSemaphore((os.cpu_count() or 1) + 1)
MOST_JOBS = 200
MOST_GROWTH = 64 * 1024 * 1024
IDLE_SECONDS = 20
READY = b"+"
COLLECTED_AFTER = (20_000, 20, 20)


class Child:
    """One child process and our end of its pipe."""

    def __init__(self) -> None:
        context = fork_server()
        self.pipe, theirs = context.Pipe()
        self.process: ForkServerProcess = context.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, task: Task, messages: list[bytes], limits: ReadingLimits) -> bytes | Failure | None:
        """Send a job and receive its one answer; None if the child had left before it began.

        A child that is silent too long or gone is over its limits.
        """
        if not self.begins(task, limits):
            return None
        try:
            for message in messages:
                self.pipe.send_bytes(message)
            if not self.pipe.poll(limits.wall_seconds):
                return Failure(ErrorClass.LIMIT, f"> {limits.wall_seconds:g} s")
            return self.pipe.recv_bytes(limits.max_answer_bytes)
        except (EOFError, OSError):
            return Failure(ErrorClass.LIMIT)

    def begins(self, task: Task, limits: ReadingLimits) -> bool:
        """Whether the child is there and turns to this task."""
        try:
            self.pipe.send_bytes(f"{task.__module__}:{task.__qualname__}".encode())
            self.pipe.send_bytes(encode(limits).encode())
            return self.pipe.poll(limits.wall_seconds) and self.pipe.recv_bytes() == READY
        except (EOFError, OSError):
            return False

    def end(self) -> None:
        """See the child gone, whatever it is doing."""
        self.pipe.close()
        self.process.join(0.05)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()


KEPT: list[Child] = []
# The pipes belong to the process that opened them.
os.register_at_fork(after_in_child=KEPT.clear)


@cache
def fork_server() -> ForkServerContext:
    """The context whose server process has the parsers imported and used already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["aggregator.pipeline.isolation", "aggregator.pipeline.warming"])
    return context


def answered(task: Task, messages: list[bytes], limits: ReadingLimits) -> bytes | Failure:
    """The answer of a child to one job."""
    with CHILDREN:
        while KEPT:
            child = taken()
            answer = child.ask(task, messages, limits) if child else None
            if child and answer is not None:
                return settled(child, answer)
            if child:
                child.end()
        fresh = Child()
        return settled(fresh, fresh.ask(task, messages, limits) or Failure(ErrorClass.LIMIT))


def taken() -> Child | None:
    """A kept child, None if another thread was quicker."""
    try:
        return KEPT.pop()
    except IndexError:
        return None


def settled(child: Child, answer: bytes | Failure) -> bytes | Failure:
    """The answer, its child kept if it is as good as new."""
    if isinstance(answer, Failure) or answer[1:2] == b"-":
        child.end()
    else:
        KEPT.append(child)
    return answer


def end_kept() -> None:
    """End all children that wait for a job."""
    while KEPT:
        if child := taken():
            child.end()


# --- in the child -------------------------------------------------------------------------------------


def serve(pipe: Connection) -> None:
    """Do one job after another until nobody wants any more, or one leaves this process other than it was."""
    collect_seldom()
    begun_with = memory_in_use()
    for _ in range(MOST_JOBS):
        if not pipe.poll(IDLE_SECONDS):
            return
        try:
            module, _, name = pipe.recv_bytes().decode().partition(":")
            limits = decode(ReadingLimits, pipe.recv_bytes())
            pipe.send_bytes(READY)
        except (EOFError, OSError):
            # Who asked was killed meanwhile.
            return
        task: Any = getattr(import_module(module), name)
        task(pipe, limits)
        if memory_in_use() > begun_with + MOST_GROWTH:
            return


def collect_seldom() -> None:
    """Leave what is loaded out of the search for garbage, and search less often: reading leaves hardly any cycles."""
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def answer(pipe: Connection, limits: ReadingLimits, work: Callable[[], object]) -> None:
    """Do the work under its limits and send what came of it: `=` and a result, or `!` and a failure.

    A minus behind that says that this child is not to be asked again.
    """
    limit_this_process(limits)
    spoilt = b"-"
    try:
        value = work()
        spoilt = b"+"
    except (MemoryError, RecursionError):
        value = Failure(ErrorClass.LIMIT)
    except Exception as error:  # noqa: BLE001 - the one place where foreign bytes may surprise us
        value = Failure(ErrorClass.PARSE, type(error).__name__)
    mark = b"!" if isinstance(value, Failure) else b"="
    pipe.send_bytes(mark + spoilt + encode(value).encode())


def limit_this_process(limits: ReadingLimits) -> None:
    """Bound processor time (seconds) and memory (bytes beyond what is in use) of this job.

    Soft limits, since the next job has its own: what reaches them is killed, or told that there is no memory.
    """
    seconds = ceil(process_time()) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    in_use = memory_in_use()
    if in_use:
        ceiling = in_use + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, resource.getrlimit(resource.RLIMIT_AS)[1]))


def memory_in_use() -> int:
    """The bytes of address space of this process, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
