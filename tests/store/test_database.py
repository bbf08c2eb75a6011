"""Opening a database, and what its transactions promise."""

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from aggregator.errors import ConfigurationError, StoreError
from aggregator.store.database import open_store
from aggregator.store.queries import generation
from aggregator.store.rows import raise_generation
from aggregator.store.schema import defects
from aggregator.store.schema import generation as counter


def test_the_folder_and_a_private_file_are_made(tmp_path):
    path = tmp_path / "var" / "deep" / "buendel.sqlite"
    open_store(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_relative_file_stays_the_same_when_the_process_moves(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite:///town.sqlite")
    assert store.url == f"sqlite:///{tmp_path}/town.sqlite"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("mysql://root:geheim@127.0.0.1/x", id="another database"),
        pytest.param("geheim", id="no address"),
        pytest.param("sqlite://", id="memory only"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_address_that_cannot_be_used_is_a_persons_mistake(url):
    with pytest.raises(ConfigurationError, match="DATABASE_URL: ") as refused:
        open_store(url)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_missing_driver_is_said_in_a_sentence(scheme, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'psycopg\[binary\]'"):
        open_store(f"{scheme}://127.0.0.1/town")


def test_a_server_that_is_away_is_said_without_its_password(tmp_path):
    with pytest.raises(StoreError, match="Die Datenbank antwortet nicht") as refused:
        open_store(f"postgresql://someone:geheim@/town?host={tmp_path}")
    assert "geheim" not in str(refused.value)


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path):
    (tmp_path / "notes.txt").write_text("Plenum am Dienstag, bitte Kuchen mitbringen. " * 100)
    with pytest.raises(StoreError, match="Diese Datei ist keine Datenbank"):
        open_store(f"sqlite:///{tmp_path}/notes.txt")


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="lässt sich nicht anlegen"):
        open_store(f"sqlite:///{tmp_path}/file/town.sqlite")


def test_a_block_that_raises_leaves_nothing(store):
    with store.reading() as connection:
        before = generation(connection)
    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        raise_generation(connection)
        raise ZeroDivisionError
    with store.reading() as connection:
        assert generation(connection) == before


def test_a_reader_cannot_write(store):
    with pytest.raises((StoreError, DBAPIError)), store.reading() as connection:
        raise_generation(connection)
    with store.writing() as connection:
        raise_generation(connection)


def test_a_reader_sees_one_state_throughout(store):
    with store.reading() as reader:
        before = generation(reader)
        with store.writing() as writer:
            raise_generation(writer)
        assert generation(reader) == before
    with store.reading() as reader:
        assert generation(reader) == before + 1


def test_writers_that_read_first_wait_for_each_other(store):
    def raise_by_hand(_):
        with store.writing() as connection:
            value = connection.scalar(select(counter.c.value).with_for_update())
            connection.execute(counter.update().values(value=value + 1))

    with store.reading() as connection:
        before = generation(connection)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(raise_by_hand, range(40)))
    with store.reading() as connection:
        assert generation(connection) == before + 40


def test_rows_that_point_nowhere_are_refused(store):
    with pytest.raises(IntegrityError), store.writing() as connection:
        connection.execute(insert(defects).values(source_id="nobody", fields="[]"))


def test_sqlite_is_asked_to_survive_a_power_cut(sqlite_store):
    with sqlite_store.reading() as connection:
        pragmas = {name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")}
        assert pragmas == {"journal_mode": "wal", "synchronous": 2}
        assert connection.scalar(text("PRAGMA busy_timeout")) == 10_000


def test_a_full_disk_is_said_and_the_old_rows_stay(sqlite_store):
    with sqlite_store.reading() as connection:
        before = generation(connection)
    with pytest.raises(StoreError, match="Der Speicherplatz ist voll"), sqlite_store.writing() as connection:
        raise_generation(connection)
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.exec_driver_sql("CREATE TABLE much AS SELECT zeroblob(1000000)")
    with sqlite_store.reading() as connection:
        assert generation(connection) == before


def test_a_forked_child_uses_connections_of_its_own(store):
    with store.reading() as connection:
        before = generation(connection)
    child = os.fork()
    if not child:
        with store.writing() as connection:
            raise_generation(connection)
        store.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    with store.reading() as connection:
        assert generation(connection) == before + 1


def test_a_closed_store_opens_again_at_the_next_use(store):
    store.close()
    with store.reading() as connection:
        assert generation(connection) >= 0
