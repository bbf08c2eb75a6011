"""What the server that forks reading children does once, so that none of them has to do it for itself.

Importing this module reads a small calendar: patterns, zones and the writers of what crosses the pipe are made then.
"""

from __future__ import annotations

from datetime import date

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.model.sources import Source
from aggregator.model.times import horizon
from aggregator.pipeline.reading import ExpandJob, ReadJob, expand_series, read_body
from aggregator.store.codec import decode, encode

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:1@warm.example\r
DTSTART;TZID=Europe/Berlin:20260105T183000\r
DTEND;TZID=Europe/Berlin:20260105T203000\r
RRULE:FREQ=WEEKLY;UNTIL=20260301T000000Z\r
SUMMARY:Plenum der Gärtnerei\r
DESCRIPTION:Jede Woche im großen Saal\\, Eintritt frei\\, für Kinder ab 6\r
LOCATION:Großer Saal\r
END:VEVENT\r
END:VCALENDAR\r
"""


def warm() -> None:
    """Read and expand once, and write and read all that is sent."""
    source, limits = Source("warm", "warm", "https://warm.example/"), ReadingLimits()
    job = ReadJob(Body(b"", final_url=source.url), source, (), horizon(date(2026, 1, 1)), limits)
    decode(ReadingLimits, encode(limits))
    encode(read_body(decode(ReadJob, encode(job)), CALENDAR.encode()))
    encode(expand_series(decode(ExpandJob, encode(ExpandJob((), job.window)))))
    encode(Failure(ErrorClass.LIMIT))


warm()
