"""The seven sample feeds of a WECHANGE portal, fetched one after the other as a group lives on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from aggregator.model.health import Outcome
from aggregator.model.records import Status
from tests.pipeline.conftest import World

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "wechange-samples"
HOURS = timedelta(hours=7)

Build = Callable[..., World]
Serve = Callable[[str], None]


@pytest.fixture
def group(world: Build, require: Callable[[str], NoReturn]) -> World:
    """A group whose feed is one sample after another; the clock stands before its events."""
    if not SAMPLES.is_dir():
        require("the WECHANGE sample feeds are not beside this checkout")
    town = world("group")
    town.now -= timedelta(days=60)
    return town


def serve(town: World, name: str) -> None:
    town.server.put("/group", (SAMPLES / f"wechange-{name}.ics").read_bytes())


def test_a_refetch_in_which_only_stamps_moved_is_unchanged(group: World) -> None:
    serve(group, "timed")
    group.refresh()
    before = (group.generation(), group.events())
    serve(group, "timed-refetched")
    assert group.refresh(after=HOURS)["group"].outcome is Outcome.UNCHANGED
    assert (group.generation(), group.events()) == before


def test_a_renamed_group_keeps_its_identities(group: World) -> None:
    serve(group, "timed")
    group.refresh()
    before = {event.identity.id for event in group.events()}
    serve(group, "timed-after-rename")
    report = group.refresh(after=HOURS)["group"]
    assert (report.added, report.withdrawn) == (0, 0)
    assert {event.identity.id for event in group.events()} == before


def test_abgesagt_in_the_title_becomes_cancelled(group: World) -> None:
    serve(group, "timed")
    group.refresh()
    serve(group, "timed-after-rename")
    group.refresh(after=HOURS)
    cancelled = [event.event.title for event in group.events() if event.event.status is Status.CANCELLED]
    assert cancelled == ["KüFa; Küche für alle, vegan\\bio"]


def test_an_emptied_group_is_held_and_nothing_is_deleted(group: World) -> None:
    serve(group, "timed")
    group.refresh()
    before = group.events()
    serve(group, "empty-deactivated-group")
    assert group.refresh(after=HOURS)["group"].outcome is Outcome.HELD
    assert group.events() == before


def test_all_day_ends_are_exclusive_and_midnight_to_midnight_stays_timed(group: World) -> None:
    serve(group, "allday-multiday")
    group.refresh()
    spans = {event.event.title: event.event for event in group.events()}
    assert any(event.is_all_day for event in spans.values())
    assert any(not event.is_all_day and event.start.wall.hour == 0 for event in spans.values())


def test_an_older_portal_and_long_folded_lines_are_read_whole(group: World) -> None:
    for name in ("timed-older-portal", "long-emoji-categories"):
        serve(group, name)
        assert group.refresh(after=HOURS)["group"].skipped == ()
