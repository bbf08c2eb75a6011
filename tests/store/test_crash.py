"""A process that dies in the middle of writing leaves all of a transaction or nothing."""

import subprocess
import sys

import pytest

from aggregator.model.fetching import SourceState, Validators
from aggregator.store import records, sources

# Writes the records of an answer, says so, and would write its validators when told.
WRITER = """
import sys
from datetime import UTC, datetime
from aggregator.model.fetching import SourceState, Validators
from aggregator.model.records import Record, RecordChanges
from aggregator.store import records, sources
from aggregator.store.database import open_store

added = (Record("kino-ics.1", "1", "kino-ics", "vevent", "Film", "Film", "f"),)
with open_store(sys.argv[1]).writing() as connection:
    records.apply(connection, "kino-ics", RecordChanges(added=added), datetime(2026, 11, 22, tzinfo=UTC))
    print("records are written", flush=True)
    sys.stdin.readline()
    sources.save_state(connection, "kino-ics", SourceState(Validators('"1"')))
print("committed", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def writer(town):
    """Another process, between the records of an answer and its validators."""
    command = [sys.executable, "-c", WRITER, town.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "records are written\n"
        yield process
        process.kill()


def stored(town):
    """The ids of the stored records, and the validators of their source."""
    with town.reading() as connection:
        found = [stored.record.id for stored in records.load(connection)]
        states = {source.id: state for source, state in sources.load_active(connection)}
    return found, states["kino-ics"].validators


def test_neither_records_nor_validators_are_left_of_a_writer_that_was_killed(town, writer):
    writer.kill()
    writer.wait()
    assert stored(town) == ([], Validators())


def test_the_next_writer_can_go_on_at_once(town, writer):
    writer.kill()
    writer.wait()
    with town.writing() as connection:
        sources.save_state(connection, "kino-ics", SourceState(Validators('"2"')))
    assert stored(town) == ([], Validators('"2"'))


def test_readers_see_the_old_state_until_all_is_written(town, writer):
    assert stored(town) == ([], Validators())


def test_both_stay_when_the_writer_is_killed_afterwards(town, writer):
    writer.stdin.write("\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == "committed\n"
    writer.kill()
    writer.wait()
    assert stored(town) == (["kino-ics.1"], Validators('"1"'))
