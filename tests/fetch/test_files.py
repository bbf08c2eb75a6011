"""Files as sources."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.client import fetch, fetch_from_web
from aggregator.fetch.conditional import next_state
from aggregator.model.fetching import Body, FetchFailed, NotModified, SourceState
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ask(path, state=None, **settings):
    return fetch(Source("s", "i", f"file:{path}"), state or SourceState(), FetchSettings(**settings), NOW)


def test_a_file_is_read_whole(tmp_path):
    path = tmp_path / "Käse & 100%.ics"
    path.write_bytes(b"BEGIN")
    answer = ask(path)
    assert isinstance(answer, Body)
    assert (answer.content, answer.final_url) == (b"BEGIN", f"file:{path}")


def test_an_untouched_file_is_nothing_new_and_a_touched_one_is(tmp_path):
    path = tmp_path / "x.ics"
    path.write_bytes(b"BEGIN")
    known = next_state(SourceState(), ask(path), NOW)
    assert ask(path, known) == NotModified()
    os.utime(path, ns=(1, 1))
    assert isinstance(ask(path, known), Body)


@pytest.mark.parametrize("make", [lambda path: None, os.mkdir, os.mkfifo], ids=["missing", "a folder", "a pipe"])
def test_what_is_no_file_is_a_failure_with_its_name_only(tmp_path, make):
    make(tmp_path / "x.ics")
    assert ask(tmp_path / "x.ics") == FetchFailed(Failure(ErrorClass.FILE, "x.ics"))


def test_an_impossible_name_is_a_failure():
    assert ask("/tmp/\x00").failure.error_class is ErrorClass.FILE


def test_an_empty_file_is_a_failure(tmp_path):
    (tmp_path / "x.ics").write_bytes(b" \n")
    assert ask(tmp_path / "x.ics") == FetchFailed(Failure(ErrorClass.EMPTY, "x.ics"))


def test_a_file_over_the_limit_is_a_failure(tmp_path):
    (tmp_path / "x.ics").write_bytes(b"123456")
    assert ask(tmp_path / "x.ics", max_bytes=5) == FetchFailed(Failure(ErrorClass.TOO_LARGE, "x.ics"))
    assert isinstance(ask(tmp_path / "x.ics", max_bytes=6), Body)


def test_an_address_from_the_web_never_means_a_file(tmp_path):
    (tmp_path / "x.ics").write_bytes(b"BEGIN")
    source = Source("s", "i", f"file:{tmp_path / 'x.ics'}")
    answer = fetch_from_web(source, SourceState(), FetchSettings(), NOW)
    assert answer == FetchFailed(Failure(ErrorClass.SCHEME))
