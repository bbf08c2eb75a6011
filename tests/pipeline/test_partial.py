"""Reading only what changed leaves the store as reading everything does (more: tests/prove/test_corpus_quick.py)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from aggregator.errors import Failure
from aggregator.model.records import FeedReading
from aggregator.pipeline import partial
from aggregator.pipeline.reading import ReadJob, read_body
from tests.conftest import Databases, opened
from tests.pipeline.twins import Calendar, Twins, live

Reads = list[int]


@pytest.fixture
def twins(sqlite_databases: Databases) -> Iterator[Twins]:
    """Two empty stores."""
    with opened(sqlite_databases.migrated()) as one, opened(sqlite_databases.migrated()) as other:
        yield Twins(one, other)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """How many events were read at each reading, which happens in this process."""
    counted: Reads = []

    def read_here(job: ReadJob) -> FeedReading | Failure:
        counted.append(job.body.content.count(b"BEGIN:VEVENT"))
        return read_body(job, job.body.content)

    monkeypatch.setattr(partial, "read_isolated", read_here)
    return counted


def test_a_sequence_of_edits_leaves_both_stores_alike(twins: Twins, reads: Reads) -> None:
    live(twins, 1, 6)
    assert min(reads) < 12


def test_of_one_changed_event_only_that_is_read(twins: Twins, reads: Reads) -> None:
    calendar = Calendar(Random(1))
    for _ in range(8):
        calendar.add()
    twins.visit(calendar.content())
    calendar.alter("SUMMARY:", "SUMMARY:Neu ")
    twins.visit(calendar.content())
    assert reads == [8, 8, 1, 8]
    assert twins.difference() == []
