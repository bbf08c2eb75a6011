"""The way from an empty or older database to today's tables."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import aggregator.store.matching_schema
import aggregator.store.operators_schema
import aggregator.store.post_schema
import aggregator.store.registration_schema  # noqa: F401
from aggregator.errors import StoreError
from aggregator.store.database import open_store
from aggregator.store.engines import checked_url
from aggregator.store.migrating import MIGRATIONS, known_revisions, migrate
from aggregator.store.queries import generation
from aggregator.store.schema import metadata
from aggregator.store.searching import INDEX

NEXT_STEP = """
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    op.execute("CREATE TABLE half_done (id INTEGER)")
    {then}
"""


@pytest.fixture
def steps(tmp_path):
    """Make a folder with our steps and one more, whose last line is given."""

    def make(then: str):
        folder = tmp_path / "steps 100%"
        shutil.copytree(MIGRATIONS, folder)
        step = NEXT_STEP.format(before=known_revisions(MIGRATIONS)[-1], then=then)
        (folder / "versions" / "v9999_next.py").write_text(step)
        return folder

    return make


def test_the_steps_lead_to_exactly_the_tables_of_the_schema(store):
    with store.reading() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": is_ours}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def is_ours(_thing, name, *_rest):
    """Not the index of words: each database has its own, and some have none."""
    return not str(name).startswith((INDEX, "ix_events_search_text_groups"))


def test_the_steps_make_the_same_partial_index_and_foreign_keys(store):
    with store.reading() as connection:
        looked_at = inspect(connection)
        index = next(i for i in looked_at.get_indexes("occurrences") if i["name"] == "ix_occurrences_long")
        keys = looked_at.get_foreign_keys("members")
    assert any("last_day > first_day" in str(option) for option in index["dialect_options"].values())
    assert [key["options"] for key in keys] == [{"ondelete": "CASCADE"}]


def test_the_names_of_the_files_tell_the_same_steps_as_alembic():
    steps = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert known_revisions(MIGRATIONS) == tuple(reversed([step.revision for step in steps]))


def test_an_empty_database_is_migrated_and_counts_from_anywhere(databases):
    counted = set()
    for _ in range(2):
        store = open_store(databases.empty())
        with store.reading() as connection:
            counted.add(generation(connection))
        store.close()
    assert len(counted) == 2


def test_opening_again_changes_nothing_and_leaves_alembic_alone(databases):
    url = databases.migrated()
    code = f"import sys; from aggregator.store.database import open_store; open_store({url!r}); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "sqlalchemy" in modules
    assert "alembic" not in modules


def test_processes_that_start_together_wait_for_the_first(databases):
    url = databases.empty()
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(open_store, [url] * 4))
    with stores[0].reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM generation")) == 1
    for store in stores:
        store.close()


def test_a_step_that_fails_leaves_the_old_state(databases, steps):
    url = databases.migrated()
    with pytest.raises(ZeroDivisionError):
        migrate(checked_url(url), steps("1 / 0"))
    store = open_store(url)
    with store.reading() as connection:
        assert not inspect(connection).has_table("half_done")
    store.close()


def test_a_step_that_would_lose_the_end_of_a_pointer_is_undone(sqlite_databases, steps):
    url = sqlite_databases.migrated()
    orphan = "op.execute(\"INSERT INTO defects VALUES ('nobody', '[]')\")"
    with pytest.raises(StoreError, match="point nowhere"):
        migrate(checked_url(url), steps(orphan))
    open_store(url).close()


def test_a_database_of_a_newer_program_is_left_alone(databases, steps):
    url = databases.migrated()
    migrate(checked_url(url), steps("pass"))
    with pytest.raises(StoreError, match="A newer version of this program"):
        open_store(url)


def test_a_restored_file_gets_its_write_ahead_log_back(sqlite_databases):
    url = sqlite_databases.migrated()
    store = open_store(url)
    connection = store.engine.raw_connection()
    connection.cursor().execute("PRAGMA journal_mode = DELETE")
    connection.close()
    store.close()
    reopened = open_store(url)
    with reopened.reading() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
