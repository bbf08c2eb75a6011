"""Alliances: who belongs to whom."""

from aggregator.model.sources import Initiative
from aggregator.model.umbrellas import members_of, umbrellas_of


def directory(**umbrellas):
    """Initiatives by id, each with the id of its umbrella or None."""
    return {name: Initiative(name, name.title(), umbrella=umbrella) for name, umbrella in umbrellas.items()}


def test_an_umbrella_is_who_is_named_as_one():
    assert umbrellas_of(directory(a=None, b="a", c="a", d="gone")) == ("a",)


def test_members_of_members_belong_to_the_umbrella_too():
    found = members_of("a", directory(c="b", a=None, b="a", d=None))
    assert [one.id for one in found] == ["c", "b"]


def test_two_that_name_each_other_end():
    assert [one.id for one in members_of("a", directory(a="b", b="a"))] == ["b"]
