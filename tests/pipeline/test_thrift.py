"""Memory is spared where the C library lets us, and nothing is said where it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aggregator.pipeline import thrift


@pytest.mark.parametrize("do", [thrift.spare_memory, thrift.give_back])
def test_a_library_without_such_calls_is_no_trouble(monkeypatch: pytest.MonkeyPatch, do: Callable[[], None]) -> None:
    monkeypatch.setattr(thrift.ctypes, "CDLL", lambda name: object())
    do()


def test_the_library_is_asked_for_few_arenas_and_small_reserves(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[int, int] = {}
    monkeypatch.setattr(thrift, "of_library", lambda name: asked.__setitem__)
    thrift.spare_memory()
    assert asked == {thrift.M_ARENA_MAX: 2, thrift.M_MMAP_THRESHOLD: 262_144, thrift.M_TRIM_THRESHOLD: 262_144}
