"""Foreign bytes are read in a child process with limits on time and memory; what comes back is JSON.

A child that hangs, swallows memory or dies is that source's `Failure` and nobody else's (`pipeline.children`); no
pickled foreign data crosses the pipe.
"""

from __future__ import annotations

from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TypeVar

from aggregator.errors import Failure
from aggregator.model.records import FeedReading
from aggregator.model.settings import ReadingLimits
from aggregator.pipeline.children import Task, answer, answered
from aggregator.pipeline.reading import ExpandedSeries, ExpandJob, ReadJob, expand_series, read_body
from aggregator.store.codec import decode, encode

Result = TypeVar("Result")


def read_isolated(job: ReadJob) -> FeedReading | Failure:
    """Read one body in a child process; never raises for anything that the body does."""
    content = job.body.content
    envelope = replace(job, body=replace(job.body, content=b""))
    return in_child(serve_reading, [encode(envelope).encode(), content], FeedReading, job.limits)


def expand_isolated(job: ExpandJob, limits: ReadingLimits) -> ExpandedSeries | Failure:
    """Expand stored series in a child process."""
    return in_child(serve_expanding, [encode(job).encode()], ExpandedSeries, limits)


def in_child(task: Task, messages: list[bytes], result: type[Result], limits: ReadingLimits) -> Result | Failure:
    """Have a child do a task with the messages: its result, or why there is none.

    A task is a function of a module; in the child it receives the messages and sends one `answer`.
    """
    told = answered(task, messages, limits)
    if isinstance(told, Failure):
        return told
    said = told[2:]
    return decode(result, said) if told[:1] == b"=" else decode(Failure, said)


def serve_reading(pipe: Connection, limits: ReadingLimits) -> None:
    """In the child: read one body."""
    job = decode(ReadJob, pipe.recv_bytes().decode())
    content = pipe.recv_bytes()
    answer(pipe, limits, lambda: read_body(job, content))


def serve_expanding(pipe: Connection, limits: ReadingLimits) -> None:
    """In the child: expand stored series."""
    job = decode(ExpandJob, pipe.recv_bytes().decode())
    answer(pipe, limits, lambda: expand_series(job))
