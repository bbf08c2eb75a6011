"""Foreign bytes are read by a child that may do its worst."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import Body
from aggregator.model.records import FeedReading
from aggregator.model.settings import ReadingLimits
from aggregator.model.sources import Source
from aggregator.model.times import Window
from aggregator.pipeline.children import KEPT, end_kept
from aggregator.pipeline.isolation import in_child, read_isolated
from aggregator.pipeline.reading import ReadJob
from tests.pipeline import misbehaving

SHORT = ReadingLimits(cpu_seconds=1, wall_seconds=1.5, memory_bytes=32_000_000, max_answer_bytes=10_000)
SOURCE = Source("chor", "chor", "https://chor.example.org/termine.ics")
CALENDAR = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Probe
DTSTART;TZID=Europe/Berlin:20261124T193000
END:VEVENT
END:VCALENDAR
"""


def job(content: bytes) -> ReadJob:
    window = Window(date(2026, 1, 1), date(2027, 1, 1))
    return ReadJob(Body(content), SOURCE, (), window, ReadingLimits())


def test_a_calendar_comes_back_as_records() -> None:
    reading = read_isolated(job(CALENDAR))
    assert isinstance(reading, FeedReading)
    assert [record.title for record in reading.records] == ["Probe"]


def test_bytes_that_are_no_calendar_come_back_as_a_failure() -> None:
    reading = read_isolated(job(b"\x89PNG\r\n\x1a\n"))
    assert isinstance(reading, Failure)
    assert reading.error_class is ErrorClass.NOT_A_FEED


def test_our_own_export_is_no_source() -> None:
    own = CALENDAR.replace(b"BEGIN:VEVENT", b"PRODID:-//Buendel//0.1.0//DE\nBEGIN:VEVENT")
    assert read_isolated(job(own)) == Failure(ErrorClass.NOT_A_FEED, "Bündel")


@pytest.mark.parametrize(
    ("behaviour", "error_class"),
    [
        pytest.param(misbehaving.spins, ErrorClass.LIMIT, id="never ends"),
        pytest.param(misbehaving.swallows_memory, ErrorClass.LIMIT, id="swallows memory"),
        pytest.param(misbehaving.dies, ErrorClass.LIMIT, id="is killed"),
        pytest.param(misbehaving.raises, ErrorClass.PARSE, id="raises"),
        pytest.param(misbehaving.says_too_much, ErrorClass.LIMIT, id="answers with too much"),
        pytest.param(misbehaving.waits_for_more, ErrorClass.LIMIT, id="waits for ever"),
    ],
)
def test_a_child_that_misbehaves_is_a_failure_and_nothing_else(
    behaviour: Callable[..., None], error_class: ErrorClass
) -> None:
    answer = in_child(behaviour, [], FeedReading, SHORT)
    assert isinstance(answer, Failure)
    assert answer.error_class is error_class


def test_a_child_that_did_its_work_does_the_next_job_too() -> None:
    end_kept()
    read_isolated(job(CALENDAR))
    (kept,) = KEPT
    pid = kept.process.pid
    assert isinstance(read_isolated(job(CALENDAR)), FeedReading)
    assert [child.process.pid for child in KEPT] == [pid]


@pytest.mark.parametrize("behaviour", [misbehaving.dies, misbehaving.raises, misbehaving.says_too_much])
def test_a_child_that_misbehaved_is_not_asked_again(behaviour: Callable[..., None]) -> None:
    end_kept()
    in_child(behaviour, [], FeedReading, SHORT)
    assert KEPT == []


def test_when_a_waiting_child_is_gone_another_one_reads() -> None:
    end_kept()
    read_isolated(job(CALENDAR))
    KEPT[0].process.kill()
    KEPT[0].process.join()
    assert isinstance(read_isolated(job(CALENDAR)), FeedReading)


def test_after_a_misbehaving_child_the_next_one_reads_on() -> None:
    in_child(misbehaving.dies, [], FeedReading, SHORT)
    assert isinstance(read_isolated(job(CALENDAR)), FeedReading)
