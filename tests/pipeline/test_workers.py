"""Side by side, but politely to every host."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Lock

import pytest

from aggregator.pipeline.workers import lanes, work


@pytest.mark.parametrize(
    ("width", "chains"),
    [
        pytest.param(1, [["a1", "a2", "a3"]], id="one at a time is one chain"),
        pytest.param(2, [["a1", "a3"], ["a2"]], id="two at a time are two chains"),
        pytest.param(8, [["a1"], ["a2"], ["a3"]], id="no more chains than items"),
    ],
)
def test_the_items_of_a_host_are_dealt_out_to_its_chains(width: int, chains: list[list[str]]) -> None:
    assert lanes(["a1", "a2", "a3"], lambda item: (item[0], width)) == chains


def test_a_host_never_sees_more_requests_at_once_than_it_may() -> None:
    at_work: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = Lock()

    def visit(item: str) -> str:
        with lock:
            at_work[item[0]] += 1
            most[item[0]] = max(most[item[0]], at_work[item[0]])
        with lock:
            at_work[item[0]] -= 1
        return item

    items = [f"{host}{number}" for number in range(20) for host in "abc"]
    done = work(lanes(items, lambda item: (item[0], 1)), visit, 8, lambda _: None)
    assert sorted(done) == sorted(items)
    assert set(most.values()) == {1}


def test_different_hosts_are_visited_side_by_side() -> None:
    meeting = Barrier(2, timeout=10)

    def meet(item: str) -> str:
        meeting.wait()
        return item

    assert sorted(work([["a"], ["b"]], meet, 2, lambda _: None)) == ["a", "b"]


def test_every_result_is_told_as_it_is_done() -> None:
    told: list[int] = []
    work([[1, 2], [3]], lambda item: item * 10, 2, told.append)
    assert sorted(told) == [10, 20, 30]
