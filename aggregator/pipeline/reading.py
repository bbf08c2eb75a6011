"""What a child process does with foreign bytes: parse, normalise, expand; plain data in, plain data out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import Body
from aggregator.model.holidays import SchoolHoliday
from aggregator.model.records import FeedReading, Occurrence, Record
from aggregator.model.settings import ReadingLimits, Settings
from aggregator.model.sources import Source, Topic
from aggregator.model.times import Window
from aggregator.normalise.records import NormaliseContext, normalise
from aggregator.normalise.recurrence import expand
from aggregator.parse.bodies import parse_body
from aggregator.parse.buendel import is_ours, own_events

# What the refusal of our own or another instance's calendar names as its reason.
OUR_KIND = "Bündel"


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One body to read; its bytes travel beside it, `body.content` is empty until then.

    `our_origin` is the host (and port) of our own pages, from which nothing is ever read. `school_holidays` are
    those of the town.
    """

    body: Body
    source: Source
    topics: tuple[Topic, ...]
    window: Window
    limits: ReadingLimits
    our_origin: str = ""
    school_holidays: tuple[SchoolHoliday, ...] = ()

    @classmethod
    def of(cls, body: Body, source: Source, window: Window, settings: Settings) -> ReadJob:
        """The job of reading a body with all that this installation knows."""
        site = settings.site
        return cls(body, source, settings.topics, window, settings.reading, site.origin, site.school_holidays)


@dataclass(frozen=True, slots=True)
class Series:
    """A stored series with its overrides, to be expanded anew when the horizon has moved."""

    record: Record
    overrides: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class ExpandJob:
    """The stored series of one source and the window to expand them in."""

    series: tuple[Series, ...]
    window: Window


@dataclass(frozen=True, slots=True)
class Expanded:
    """The occurrences of one series inside the window."""

    record: str
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class ExpandedSeries:
    """The answer to an ExpandJob."""

    series: tuple[Expanded, ...]


def read_body(job: ReadJob, content: bytes) -> FeedReading | Failure:
    """The records of one body, or why it cannot be read."""
    base_url = job.body.final_url if not job.source.is_local else job.source.base_url
    parsed = parse_body(replace(job.body, content=content), job.source.format, base_url, job.limits)
    if isinstance(parsed, Failure):
        return parsed
    # Reading our own merged calendar back would announce every event a second time.
    if is_ours(job.body.final_url, job.our_origin) or (parsed.loop_mark and job.source.format != "buendel"):
        return Failure(ErrorClass.NOT_A_FEED, OUR_KIND)
    if parsed.loop_mark:
        parsed = own_events(parsed, job.our_origin)
    known = NormaliseContext(job.source, job.topics, job.window, job.limits.max_events, job.school_holidays)
    return normalise(parsed, known)


def expand_series(job: ExpandJob) -> ExpandedSeries:
    """Every stored series expanded inside the window."""
    return ExpandedSeries(
        tuple(
            Expanded(series.record.id, expand(series.record, series.overrides, job.window).occurrences)
            for series in job.series
        )
    )
