"""A backup, taken while the store is used, brings everything back."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from aggregator.errors import FetchLockTaken, StoreError
from aggregator.model.corrections import Correction
from aggregator.store import corrections, keeping, queries
from aggregator.store.keeping import backup, restore


@pytest.fixture
def said(town, now):
    """A town of which a person said something."""
    with town.writing() as connection:
        corrections.add(connection, Correction("abc", "title", "Konzert", "anna", now))
    return town


def test_what_came_after_a_backup_is_gone_with_its_restoring_and_caches_notice(said, now, tmp_path):
    file = tmp_path / "town.backup"
    assert backup(said, file) == file.stat().st_size > 0
    assert file.stat().st_mode & 0o777 == 0o600
    with said.writing() as connection:
        before = corrections.load(connection)
        counted = queries.generation(connection)
        corrections.add(connection, Correction("abc", "title", "Falsch", "bernd", now + timedelta(hours=1)))
    restore(said, file)
    with said.reading() as connection:
        assert corrections.load(connection) == before
        assert set(queries.initiatives(connection)) == {"umwelt", "kino"}
        assert queries.generation(connection) > counted


def test_a_backup_overwrites_nothing(said, tmp_path):
    file = tmp_path / "town.backup"
    file.write_text("precious")
    with pytest.raises(StoreError, match="exists"):
        backup(said, file)
    assert file.read_text() == "precious"


def test_a_backup_is_not_restored_under_a_running_scheduler(said, tmp_path):
    backup(said, tmp_path / "town.backup")
    with said.fetch_lock(), pytest.raises(FetchLockTaken):
        restore(said, tmp_path / "town.backup")


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and nothing", b"PGDMP and nothing", b"BEGIN:VCALENDAR"])
def test_what_is_no_backup_is_refused_and_nothing_is_touched(said, tmp_path, content):
    file = tmp_path / "town.backup"
    file.write_bytes(content)
    with pytest.raises(StoreError):
        restore(said, file)
    with said.reading() as connection:
        assert len(corrections.load(connection)) == 1


def test_a_backup_that_fails_leaves_no_half_file(sqlite_store, tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(keeping, "copy_file", fail)
    with pytest.raises(sqlite3.OperationalError):
        backup(sqlite_store, tmp_path / "half.backup")
    assert list(tmp_path.glob("half*")) == []
