"""The right to fetch: one process at a time, given back however its holder ends."""

import signal
import subprocess
import sys

import pytest

from aggregator.errors import FetchLockTaken
from aggregator.store.locking import locked_file

HOLDER = """
import sys
from aggregator.store.database import open_store
with open_store(sys.argv[1]).fetch_lock():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(store):
    """Another process that holds the right to fetch."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, store.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_so(store, holder):
    with pytest.raises(FetchLockTaken, match="Another process is fetching"), store.fetch_lock():
        pass


def test_the_store_can_be_read_and_written_meanwhile(store, holder):
    with store.writing() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=lambda end: end.name)
def test_the_right_dies_with_its_holder(store, holder, end):
    holder.send_signal(end)
    holder.wait()
    with store.fetch_lock():
        pass


def test_the_right_is_given_back_after_use_and_after_an_error(store):
    with pytest.raises(ZeroDivisionError), store.fetch_lock():
        raise ZeroDivisionError
    with store.fetch_lock():
        pass
    with store.fetch_lock():
        pass


def test_two_threads_of_one_process_cannot_both_fetch(store):
    with store.fetch_lock(), pytest.raises(FetchLockTaken), store.fetch_lock():
        pass


def test_an_error_of_the_work_is_not_taken_for_the_lock(tmp_path):
    with pytest.raises(BlockingIOError), locked_file(tmp_path / "lock", refusal=FetchLockTaken("taken")):
        raise BlockingIOError
