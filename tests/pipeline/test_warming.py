"""What children inherit ready made."""

from datetime import date

from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.model.sources import Source
from aggregator.model.times import horizon
from aggregator.pipeline.reading import ReadJob, read_body
from aggregator.pipeline.warming import CALENDAR
from aggregator.store.codec import adapter_of


def test_the_small_calendar_is_read_by_rule_zone_and_words():
    source = Source("warm", "warm", "https://warm.example/")
    job = ReadJob(Body(b"", final_url=source.url), source, (), horizon(date(2026, 1, 1)), ReadingLimits())
    reading = read_body(job, CALENDAR.encode())
    assert not reading.defects
    assert len(reading.records[0].occurrences) == 8
    assert reading.records[0].facts.free.evidence == "Eintritt frei"


def test_what_crosses_the_pipe_has_its_writer():
    before = adapter_of.cache_info().misses
    adapter_of(ReadJob)
    assert adapter_of.cache_info().misses == before
