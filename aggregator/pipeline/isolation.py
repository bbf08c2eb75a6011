"""Foreign bytes are read in a child process with limits on time and memory; what comes back is JSON.

A child that hangs, swallows memory or dies is that source's `Failure` and nobody else's. Children are
forked from a server that has the parsers loaded (about 7 ms each); no pickled foreign data crosses
the pipe.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import BoundedSemaphore
from typing import TypeVar

from aggregator.errors import ErrorClass, Failure
from aggregator.model.records import FeedReading
from aggregator.model.settings import ReadingLimits
from aggregator.pipeline.reading import ExpandedSeries, ExpandJob, ReadJob, expand_series, read_body
from aggregator.store.codec import decode, encode

Result = TypeVar("Result")

# More children than cores only fight for memory.
CHILDREN = BoundedSemaphore((os.cpu_count() or 1) + 1)


@cache
def fork_server() -> ForkServerContext:
    """The context whose server process has the parsers imported already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["aggregator.pipeline.isolation"])
    return context


def read_isolated(job: ReadJob) -> FeedReading | Failure:
    """Read one body in a child process; never raises for anything that the body does."""
    content = job.body.content
    envelope = replace(job, body=replace(job.body, content=b""))
    return in_child(serve_reading, [encode(envelope).encode(), content], FeedReading, job.limits)


def expand_isolated(job: ExpandJob, limits: ReadingLimits) -> ExpandedSeries | Failure:
    """Expand stored series in a child process."""
    return in_child(serve_expanding, [encode(job).encode()], ExpandedSeries, limits)


def in_child(
    target: Callable[[Connection, ReadingLimits], None],
    messages: list[bytes],
    result: type[Result],
    limits: ReadingLimits,
) -> Result | Failure:
    """Start a child, send it the messages, wait for its one answer, and see it gone."""
    context = fork_server()
    with CHILDREN:
        ours, theirs = context.Pipe()
        child = context.Process(target=target, args=(theirs, limits), daemon=True)
        child.start()
        theirs.close()
        try:
            return decoded(conversation(ours, messages, limits), result)
        finally:
            ours.close()
            end(child)


def conversation(ours: Connection, messages: list[bytes], limits: ReadingLimits) -> bytes | Failure:
    """Send all, receive one answer; a child that is silent too long or gone is over its limits."""
    try:
        for message in messages:
            ours.send_bytes(message)
        if not ours.poll(limits.wall_seconds):
            return Failure(ErrorClass.LIMIT, f"> {limits.wall_seconds:g} s")
        return ours.recv_bytes(limits.max_answer_bytes)
    except (EOFError, OSError):
        return Failure(ErrorClass.LIMIT)


def decoded(answer: bytes | Failure, result: type[Result]) -> Result | Failure:
    """The child's answer: `=` and a result, or `!` and a failure."""
    if isinstance(answer, Failure):
        return answer
    text = answer[1:].decode()
    return decode(result, text) if answer[:1] == b"=" else decode(Failure, text)


def end(child: ForkServerProcess) -> None:
    """See the child gone, whatever it is doing."""
    child.join(0.05)
    if child.is_alive():
        child.kill()
    child.join()
    child.close()


def serve_reading(pipe: Connection, limits: ReadingLimits) -> None:
    """In the child: read one body."""
    job = decode(ReadJob, pipe.recv_bytes().decode())
    content = pipe.recv_bytes()
    answer(pipe, limits, lambda: read_body(job, content))


def serve_expanding(pipe: Connection, limits: ReadingLimits) -> None:
    """In the child: expand stored series."""
    job = decode(ExpandJob, pipe.recv_bytes().decode())
    answer(pipe, limits, lambda: expand_series(job))


def answer(pipe: Connection, limits: ReadingLimits, work: Callable[[], object]) -> None:
    """Do the work under its limits and send what came of it."""
    limit_this_process(limits)
    try:
        value = work()
    except (MemoryError, RecursionError):
        value = Failure(ErrorClass.LIMIT)
    except Exception as error:  # noqa: BLE001 - the one place where foreign bytes may surprise us
        value = Failure(ErrorClass.PARSE, type(error).__name__)
    mark = b"!" if isinstance(value, Failure) else b"="
    pipe.send_bytes(mark + encode(value).encode())


def limit_this_process(limits: ReadingLimits) -> None:
    """Bound processor time (seconds) and memory (bytes beyond what the parsers themselves take)."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    in_use = memory_in_use()
    if in_use:
        ceiling = in_use + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def memory_in_use() -> int:
    """The bytes of address space of this process, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
