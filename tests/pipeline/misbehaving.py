"""Children that do what hostile bytes would make a parser do."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

from aggregator.model.records import FeedReading
from aggregator.model.settings import ReadingLimits
from aggregator.pipeline.children import answer


def spins(pipe: Connection, limits: ReadingLimits) -> None:
    answer(pipe, limits, spin)


def spin() -> FeedReading:
    while True:
        pass


def swallows_memory(pipe: Connection, limits: ReadingLimits) -> None:
    answer(pipe, limits, lambda: len(bytearray(4 * limits.memory_bytes)))


def dies(pipe: Connection, limits: ReadingLimits) -> None:
    os.kill(os.getpid(), 9)


def raises(pipe: Connection, limits: ReadingLimits) -> None:
    answer(pipe, limits, lambda: 1 // 0)


def says_too_much(pipe: Connection, limits: ReadingLimits) -> None:
    pipe.send_bytes(b"=" + b" " * (limits.max_answer_bytes + 1))


def waits_for_more(pipe: Connection, limits: ReadingLimits) -> None:
    pipe.recv_bytes()
