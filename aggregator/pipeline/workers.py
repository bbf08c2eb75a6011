"""Many sources at once on one machine: politely to every host, bounded in all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")

Lane = tuple[Hashable, int]


def lanes(items: Iterable[Item], lane_of: Callable[[Item], Lane]) -> list[list[Item]]:
    """The items in chains that may run side by side, each chain one after the other.

    `lane_of` gives a host and how many of its items may run at once: the items of a host are dealt
    out to that many chains, so no host ever sees more requests at a time.
    """
    hosts: dict[Hashable, tuple[int, list[Item]]] = {}
    for item in items:
        host, width = lane_of(item)
        hosts.setdefault(host, (width, []))[1].append(item)
    return [members[i::width] for width, members in hosts.values() for i in range(min(width, len(members)))]


def work(
    chains: Sequence[Sequence[Item]],
    task: Callable[[Item], Done],
    threads: int,
    done: Callable[[Done], None],
    around: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> list[Done]:
    """Do the task for every item, chain by chain in a bounded pool; `done` is told of each result.

    `task` must not raise: what goes wrong with one item is part of its result. `around` is open while a thread
    works on a chain.
    """

    def run(items: Sequence[Item]) -> list[Done]:
        results = []
        with around():
            for item in items:
                results.append(task(item))
                done(results[-1])
        return results

    with ThreadPoolExecutor(max(1, min(threads, len(chains))), thread_name_prefix="refresh") as pool:
        futures = [pool.submit(run, items) for items in chains]
        return list(chain.from_iterable(future.result() for future in as_completed(futures)))
