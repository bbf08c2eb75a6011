"""Work that pages ask for is done once, the urgent first, and forgotten."""

from datetime import timedelta

from aggregator.model.jobs import JobKind, JobState, PreviewWish, RefreshDone
from aggregator.store import jobs

WISH = PreviewWish("https://chor.example.org")


def test_a_job_is_claimed_once_and_its_result_can_be_read(store, now):
    with store.writing() as connection:
        wanted = jobs.enqueue(connection, JobKind.PREVIEW, WISH, now)
        assert jobs.claim(connection).id == wanted
        assert jobs.claim(connection) is None
        jobs.finish(connection, wanted, RefreshDone("updated"), now)
        found = jobs.load(connection, wanted)
    assert (found.state, found.payload, found.is_over) == (JobState.DONE, "", True)


def test_the_urgent_comes_first_then_the_oldest(store, now):
    with store.writing() as connection:
        asked = [jobs.enqueue(connection, JobKind.PREVIEW, WISH, now + timedelta(seconds=n)) for n in (1, 0)]
        urgent = jobs.enqueue(connection, JobKind.REFRESH, WISH, now + timedelta(seconds=2), priority=1)
        assert [jobs.claim(connection).id for _ in range(3)] == [urgent, asked[1], asked[0]]


def test_what_a_crash_interrupted_is_done_again(store, now):
    with store.writing() as connection:
        wanted = jobs.enqueue(connection, JobKind.PREVIEW, WISH, now)
        jobs.claim(connection)
        jobs.resume(connection)
        assert jobs.claim(connection).id == wanted


def test_old_jobs_are_forgotten_and_failures_told(store, now):
    with store.writing() as connection:
        old = jobs.enqueue(connection, JobKind.PREVIEW, WISH, now - timedelta(days=2))
        new = jobs.enqueue(connection, JobKind.PREVIEW, WISH, now)
        jobs.forget(connection, now - timedelta(days=1))
        jobs.finish(connection, new, None, now)
        assert jobs.load(connection, old) is None
        assert jobs.load(connection, new).state is JobState.FAILED
