"""Addresses that are secrets are sealed in the store: without the key the file tells the host and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aggregator.errors import StoreError
from aggregator.model.fetching import Body, SourceState
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Source
from aggregator.store import fetches, sources
from aggregator.store.configuration import sync
from aggregator.store.database import Store, open_store
from tests.store.conftest import NOW

SHARE = "https://cloud.example.org/remote.php/dav/public-calendars/HUSH?export"
SETTINGS = Settings(Path("sources.yaml"), Site("Town", "Europe/Berlin"), sources=(Source("chor", "chor", SHARE),))


def key() -> bytes:
    return bytes(range(32))


@pytest.fixture
def reopened(tmp_path: Path) -> Callable[..., Store]:
    """The same file, opened with the key or with another."""
    return lambda key_maker=key: open_store(f"sqlite:///{tmp_path}/town.sqlite", key_maker)


@pytest.fixture
def holding(reopened) -> Store:
    """A store with a source behind a share link, its state and its last body."""
    store = reopened()
    with store.writing() as connection:
        sync(connection, SETTINGS)
        sources.save_state(connection, "chor", SourceState(moved_to=SHARE + "&new", failures=2))
        fetches.save_body(connection, "chor", Body(b"x", final_url=SHARE), NOW)
    return store


def load(store: Store) -> tuple[Source, SourceState]:
    with store.reading() as connection:
        return sources.load_active(connection)[0]


def test_no_file_of_the_store_holds_the_secret(holding: Store, tmp_path: Path) -> None:
    holding.close()
    assert not [path.name for path in tmp_path.iterdir() if b"HUSH" in path.read_bytes()]


def test_with_the_key_everything_is_as_before(holding: Store) -> None:
    source, state = load(holding)
    assert (source.url, state.moved_to) == (SHARE, SHARE + "&new")
    with holding.reading() as connection:
        body = fetches.load_body(connection, "chor")
    assert body is not None and body.final_url == SHARE


def test_with_another_key_the_host_is_known_and_no_more(holding: Store, reopened) -> None:
    source, _ = load(reopened(lambda: bytes(32)))
    assert source.url.startswith("sealed://cloud.example.org/") and "HUSH" not in source.url


def test_what_is_written_again_is_not_written_when_nothing_changed(holding: Store) -> None:
    with holding.writing() as connection:
        assert not sync(connection, SETTINGS)
    assert load(holding)[1].failures == 2


def test_a_new_key_seals_the_addresses_of_the_file_anew(holding: Store, reopened) -> None:
    other = reopened(lambda: bytes(32))
    with other.writing() as connection:
        assert sync(connection, SETTINGS)
    assert load(other)[0].url == SHARE


def test_plain_addresses_need_no_key_and_stay_readable(reopened) -> None:
    plain = replace(SETTINGS, sources=(Source("chor", "chor", "https://chor.example.org/a.ics"),))
    store = reopened(None)
    with store.writing() as connection:
        sync(connection, plain)
    assert load(store)[0].url == "https://chor.example.org/a.ics"


def test_a_store_without_a_key_refuses_a_secret(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/town.sqlite")
    with pytest.raises(StoreError, match="key"), store.writing() as connection:
        sync(connection, SETTINGS)
