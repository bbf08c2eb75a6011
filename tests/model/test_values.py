"""Values are what frozen dataclasses are, but for the guard that only the type checker needs."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from aggregator.model.times import EventTime
from aggregator.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """Two fields, one with a default."""

    name: str
    parts: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same."""

    name: str
    parts: tuple[int, ...] = ()


MADE = [pytest.param(("a",), id="default"), pytest.param(("a", (1, 2)), id="all told")]


@pytest.mark.parametrize("told", MADE)
def test_a_value_is_told_and_hashed_as_a_frozen_one(told):
    assert repr(Ours(*told)) == repr(Theirs(*told)).replace("Theirs", "Ours")
    assert hash(Ours(*told)) == hash(Theirs(*told))
    assert dataclasses.astuple(Ours(*told)) == dataclasses.astuple(Theirs(*told))


@pytest.mark.parametrize("told", MADE)
def test_values_with_equal_fields_are_one(told):
    assert {Ours(*told), Ours(*told)} == {Ours(*told)} != {Ours("b")}
    assert Ours(*told) != Theirs(*told)


@pytest.mark.parametrize("told", MADE)
def test_a_value_comes_back_from_where_it_was_put(told):
    value = Ours(*told)
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == dataclasses.replace(value) == value


def test_a_value_has_no_room_for_more():
    with pytest.raises(AttributeError):
        Ours("a").other = 1


def test_a_moment_is_such_a_value():
    assert dataclasses.is_dataclass(EventTime) and EventTime.__setattr__ is object.__setattr__
