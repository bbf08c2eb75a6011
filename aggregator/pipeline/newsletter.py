"""A pasted text, such as a newsletter: which dates its paragraphs tell, read in a child like all foreign text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection

from aggregator.errors import Failure
from aggregator.model.components import Component, ParsedFeed
from aggregator.model.jobs import ProseFound
from aggregator.model.prose import MOST_SUGGESTIONS, Suggestion, TextPart, quoted
from aggregator.model.records import Record
from aggregator.model.settings import ReadingLimits, Settings
from aggregator.model.sources import Source, Topic
from aggregator.model.times import Window, horizon, zone_info
from aggregator.normalise.prose.reading import further_dates
from aggregator.normalise.records import NormaliseContext, normalise
from aggregator.pipeline.children import answer
from aggregator.pipeline.isolation import in_child
from aggregator.store.codec import decode, encode

LONGEST_TEXT = 30_000
MOST_PARAGRAPHS = 200
PARAGRAPHS = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class NewsletterJob:
    """What the child is given; `now` stands for the day on which the text was written."""

    text: str
    source: Source
    topics: tuple[Topic, ...]
    window: Window
    now: datetime


def read_newsletter(text: str, source: Source, settings: Settings, now: datetime) -> ProseFound:
    """The dates that a text tells; none if it cannot be read."""
    window = horizon(now.astimezone(zone_info(settings.site.timezone)).date())
    job = NewsletterJob(text[:LONGEST_TEXT], source, settings.topics, window, now)
    found = in_child(serve_newsletter, [encode(job).encode()], ProseFound, settings.reading)
    return ProseFound() if isinstance(found, Failure) else found


def serve_newsletter(pipe: Connection, limits: ReadingLimits) -> None:
    """In the child: read one text."""
    job = decode(NewsletterJob, pipe.recv_bytes().decode())
    answer(pipe, limits, lambda: dates_of(job))


def dates_of(job: NewsletterJob) -> ProseFound:
    """The dated paragraphs as records, by start, and those that may tell a date; the others are left out."""
    pieces = [piece.strip() for piece in PARAGRAPHS.split(job.text.replace("\r\n", "\n")) if piece.strip()]
    feed = ParsedFeed(tuple(item(piece, at, job.now) for at, piece in enumerate(pieces[:MOST_PARAGRAPHS])))
    read = normalise(feed, NormaliseContext(job.source, job.topics, job.window)).records
    dated = [record for record in read if record.start is not None]
    doubtful = (with_further_dates(record, pieces, job) for record in read)
    return ProseFound(
        tuple(sorted(dated, key=lambda one: one.start.instant if one.start else job.now)),
        tuple(record for record in doubtful if record.suggestions),
    )


def with_further_dates(record: Record, pieces: Sequence[str], job: NewsletterJob) -> Record:
    """The record with what its paragraph may tell of other days than those that it surely tells."""
    zone = job.source.timezone
    title, _, rest = pieces[int(record.uid.rpartition("-")[2])].partition("\n")
    parts = (TextPart("title", title), TextPart("content", rest))
    beside = further_dates(parts, job.now.astimezone(zone_info(zone)).date(), zone, job.source.language)
    further = [Suggestion(one.start, one.confidence, quoted(one.evidence), one.end) for one in beside]
    known = {occurrence.start.wall.date() for occurrence in record.occurrences}
    told = {one.start: one for one in (*further, *record.suggestions) if one.start.wall.date() not in known}
    return replace(record, suggestions=tuple(told.values())[:MOST_SUGGESTIONS])


def item(piece: str, at: int, now: datetime) -> Component:
    """One paragraph as a news item: its first line is the title."""
    title, _, rest = piece.partition("\n")
    return Component("rss", uid=f"paragraph-{at}", title=title.strip(" *#_-–"), description=rest, published=now)
