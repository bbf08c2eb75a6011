"""A feed that repeats itself makes no giant event, loses nothing, and is told of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aggregator.match.clustering import LARGEST_CLUSTER
from aggregator.model.defects import DefectKind
from aggregator.store import events
from tests.pipeline.conftest import World

Build = Callable[..., World]
Ics = Callable[..., str]

TITLES = ("Salzstadt-Slam", "Sternenfest", "Lindenlauf", "Teestunde", "Uferputz", "Bücherflohmarkt")
TOWN = [(f"t{at}", title, f"202612{5 + at:02}T190000", "LOCATION:Glockenhaus") for at, title in enumerate(TITLES)]


def sizes(town: World) -> list[int]:
    """From how many records each event was merged."""
    with town.store.reading() as connection:
        members = events.load_members(connection).values()
    found = [member.event for member in members]
    return sorted(found.count(event) for event in set(found))


def test_a_source_that_lists_everything_twice_has_each_event_once(world: Build, ics: Ics) -> None:
    town = world("twice")
    again = [(f"{uid}-again", *rest) for uid, *rest in TOWN]
    town.server.put("/twice", ics(*TOWN, *again))
    town.refresh()
    assert sizes(town) == [2] * len(TOWN)


def test_a_source_that_copies_the_whole_town_adds_a_link_to_each_event(world: Build, ics: Ics) -> None:
    town = world("house", "copy")
    town.server.put("/house", ics(*TOWN))
    town.server.put("/copy", ics(*((f"copy-{uid}", *rest) for uid, *rest in TOWN)))
    town.refresh()
    assert sizes(town) == [2] * len(TOWN)


def test_a_source_that_gives_one_uid_to_all_keeps_its_events_apart_and_is_told(world: Build, ics: Ics) -> None:
    town = world("house", "one")
    town.server.put("/house", ics(*TOWN))
    town.server.put("/one", ics(*(("same", *rest) for _, *rest in TOWN)))
    town.refresh()
    assert sorted(town.titles()) == sorted(TITLES)
    assert max(sizes(town)) == 2
    assert DefectKind.REPEATED_UID in {defect.kind for defect in town.overview("one").defects}


@pytest.mark.parametrize("step", [pytest.param(30, id="at once"), pytest.param(10, id="one after the other")])
def test_more_entries_than_any_event_has_are_held_apart_and_told(world: Build, ics: Ics, step: int) -> None:
    names = [f"s{number}" for number in range(30)]
    town = world(*names)
    for at in range(0, len(names), step):
        for name in names[at : at + step]:
            town.server.put(f"/{name}", ics(TOWN[0]))
        town.refresh(*names[: at + step])
    assert max(sizes(town)) <= LARGEST_CLUSTER
    assert sum(sizes(town)) == len(names)
    told = [defect.kind for name in names for defect in town.overview(name).defects]
    assert DefectKind.HELD_APART in told
