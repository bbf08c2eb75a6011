"""A pasted text, such as a newsletter: which dates its paragraphs tell, read in a child like all foreign text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection

from aggregator.errors import Failure
from aggregator.model.components import Component, ParsedFeed
from aggregator.model.jobs import ProseFound
from aggregator.model.settings import ReadingLimits, Settings
from aggregator.model.sources import Source, Topic
from aggregator.model.times import Window, horizon, zone_info
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
    """The dated paragraphs as records, by start; paragraphs without a date are left out."""
    pieces = [piece.strip() for piece in PARAGRAPHS.split(job.text.replace("\r\n", "\n")) if piece.strip()]
    feed = ParsedFeed(tuple(item(piece, at, job.now) for at, piece in enumerate(pieces[:MOST_PARAGRAPHS])))
    read = normalise(feed, NormaliseContext(job.source, job.topics, job.window)).records
    dated = [record for record in read if record.start is not None]
    return ProseFound(tuple(sorted(dated, key=lambda record: record.start.instant if record.start else job.now)))


def item(piece: str, at: int, now: datetime) -> Component:
    """One paragraph as a news item: its first line is the title."""
    title, _, rest = piece.partition("\n")
    return Component("rss", uid=f"paragraph-{at}", title=title.strip(" *#_-–"), description=rest, published=now)
