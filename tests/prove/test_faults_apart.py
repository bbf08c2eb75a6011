"""A look at all records in a process of its own gives what a look in this one gives, or nothing at all."""

from __future__ import annotations

import os
import pickle
import signal
from functools import partial
from multiprocessing import get_context

import pytest

from aggregator.errors import StoreError
from aggregator.pipeline import apart
from aggregator.pipeline.apart import LookFailedError, look_apart
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.relink import relink
from aggregator.pipeline.rounds import rematch
from aggregator.store.database import Store, open_store
from tests.pipeline.test_relink import Town, said

pytestmark = pytest.mark.prove


@pytest.fixture
def town(sqlite_databases):
    """Two announcements of one concert, and one of something else, that nobody has looked at yet."""
    store = open_store(sqlite_databases.migrated(), key=partial(bytes, 32))
    made = Town(store)
    for id_, title in (("a.1", "Sommerkonzert"), ("b.1", "Sommerkonzert"), ("c.1", "Plenum")):
        made.say(said(id_, {"title": title, "uid": "", "link": "", "place": "Halle", "start": "2026-12-01T19:00"}))
    yield made
    store.close()


def test_what_is_found_apart_is_what_is_found_here(town):
    lasting = Round(town.store, town.settings, lambda: town.now, lambda: 0.0, lasts=True)
    changes = rematch(lasting, whole=True)
    found = town.stored()
    assert found == town.rebuilt()
    assert (changes.number, changes.removed, changes.events) == (len(town.together()), (), ())
    again = relink(town.store, town.settings, town.now, whole=True)
    assert again.is_empty
    assert town.stored() == found


def test_a_mistake_of_ours_is_told_and_nothing_is_written(town):
    with pytest.raises(LookFailedError, match="AttributeError"):
        look_apart(town.store, None, town.now)
    assert not town.together()


def test_a_store_that_is_not_there_is_a_store_error(town, tmp_path):
    elsewhere = Store(town.store.engine.url.set(database=str(tmp_path / "none" / "x")), partial(bytes, 32))
    with pytest.raises(StoreError):
        look_apart(elsewhere, town.settings, town.now)


def test_one_that_dies_or_takes_too_long_is_told(town, monkeypatch):
    monkeypatch.setattr(apart, "look", die)
    with pytest.raises(LookFailedError, match="ended"):
        look_apart(town.store, town.settings, town.now)
    monkeypatch.setattr(apart, "look", hang)
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 0.1)
    with pytest.raises(LookFailedError, match=r"more than 0\.1 s"):
        look_apart(town.store, town.settings, town.now)


def test_it_ends_when_nobody_waits_for_it_any_more():
    context = get_context("forkserver")
    ours, theirs = context.Pipe()
    child = context.Process(target=wait_with, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    assert child.is_alive()
    ours.close()
    child.join(60)
    assert child.exitcode == 1


def test_a_store_goes_to_another_process_with_its_key(town):
    twin = pickle.loads(pickle.dumps(town.store))
    assert twin.url == town.store.url
    assert twin._seal.key() == bytes(32)


def die(*_):
    """As the system ends who takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def hang(*_):
    """Never come to an end."""
    signal.pause()


def wait_with(pipe):
    """Do nothing but what every look does beside its work."""
    apart.end_with(pipe)
