"""Feeds as files: what the application answers, written in one step, and touched only when something is new."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from aggregator.clock import fixed_clock
from aggregator.store.database import open_store
from aggregator.store.rows import raise_generation
from tests.web import town
from web.application import create_app
from web.feeds.files import FeedFiles, put
from web.feeds.routes import WHOLE_FEEDS
from web.kept import Reply
from web.services import EXTENSION


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    store = open_store(f"sqlite:///{tmp_path / 'town.sqlite'}", lambda: bytes(32))
    town.publish(store, town.settings())
    yield create_app(store, town.settings(), fixed_clock(town.NOW))
    store.close()


@pytest.fixture
def files(app: Flask, tmp_path: Path) -> FeedFiles:
    return FeedFiles(app, tmp_path / "deep" / "feeds")


def dates(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}


def test_each_file_is_what_the_application_answers_and_its_gzip_stands_beside_it(app: Flask, files: FeedFiles) -> None:
    assert files.write() == tuple(WHOLE_FEEDS)
    assert {path.name for path in files.folder.iterdir()} == {*WHOLE_FEEDS, *(f"{name}.gz" for name in WHOLE_FEEDS)}
    for name in WHOLE_FEEDS:
        answer = app.test_client().get(f"/{name}").data
        assert (files.folder / name).read_bytes() == answer
        assert gzip.decompress((files.folder / f"{name}.gz").read_bytes()) == answer


def test_compressed_it_is_the_same_bytes_too(app: Flask, files: FeedFiles) -> None:
    files.write()
    answer = app.test_client().get("/calendar.ics", headers={"Accept-Encoding": "gzip"}).data
    assert (files.folder / "calendar.ics.gz").read_bytes() == answer


def test_the_site_s_own_language_is_written_whatever_a_visitor_would_get(app: Flask, files: FeedFiles) -> None:
    files.write()
    english = app.test_client().get("/upcoming.atom?lang=en").data
    assert (files.folder / "upcoming.atom").read_bytes() != english


def test_what_says_the_same_is_not_touched(app: Flask, files: FeedFiles) -> None:
    files.write()
    before, state = dates(files.folder), files.state()
    with app.extensions[EXTENSION].store.writing() as connection:
        raise_generation(connection)
    assert files.state() != state
    assert files.write() == ()
    assert dates(files.folder) == before


def test_a_file_that_was_lost_is_written_again(files: FeedFiles) -> None:
    files.write()
    (files.folder / "calendar.rss").unlink()
    (files.folder / "calendar.json.gz").unlink()
    assert files.write() == ("calendar.rss", "calendar.json")


def test_a_server_under_another_name_may_read_them(files: FeedFiles) -> None:
    files.write()
    assert {path.stat().st_mode & 0o777 for path in files.folder.iterdir()} == {0o644}


def test_a_new_file_takes_the_place_of_one_that_is_being_sent(tmp_path: Path) -> None:
    path = tmp_path / "calendar.ics"
    assert put(path, Reply(b"first", ""))
    with path.open("rb") as sent:
        assert put(path, Reply(b"second", ""))
        assert sent.read() == b"first"
    assert path.read_bytes() == b"second"
    assert not put(path, Reply(b"second", ""))
