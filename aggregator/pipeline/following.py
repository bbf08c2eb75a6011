"""News whose own page tells the date better than their words: the page is asked first, where the source allows it.

A page is asked once for each statement of its item. What it said is kept with the record, and stands until the feed
says something else of the item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.client import fetch_from_web
from aggregator.model.fetching import Body, SourceState
from aggregator.model.records import FeedReading, Record, StoredRecord
from aggregator.model.secrets import shown_host
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.model.text import key
from aggregator.model.times import horizon, zone_info
from aggregator.normalise.identity import fingerprint_of
from aggregator.pipeline.isolation import read_isolated
from aggregator.pipeline.probing import probe_isolated
from aggregator.pipeline.reading import ReadJob
from aggregator.pipeline.searching import failure_or_body

MOST_PAGES = 10
"""Pages asked for one visit: a blog's first visit is spread over several."""
FEED_KINDS = frozenset({"rss", "rdf", "atom"})
SHORTEST_TITLE = 8
CALENDAR_FILE = re.compile(r"\.ics(?:[?#]|$)", re.IGNORECASE)
WAITS = frozenset({ErrorClass.RATE, ErrorClass.TIMEOUT, ErrorClass.CONNECT, ErrorClass.DNS})
"""After these failures no further page is asked."""

AskPage = Callable[[str], FeedReading | Failure]


def with_pages(
    source: Source, reading: FeedReading, stored: Sequence[StoredRecord], ask: AskPage | None
) -> FeedReading:
    """The reading with the dates of items' own pages; as it is if the source does not allow to ask them.

    `ask` reads the page of an address; without it only what pages said before is kept.
    """
    if not source.follow:
        return reading
    known = {each.record.key: each.record for each in stored if each.record.page_of}
    asked = 0
    records: list[Record] = []
    for record in reading.records:
        before = known.get(record.key)
        if before and before.page_of == record.fingerprint and not before.is_series:
            record = before
        elif ask and asked < MOST_PAGES and _is_unsure(record) and (address := _address(record, source)):
            asked += 1
            page = ask(address)
            ask = None if isinstance(page, Failure) and page.error_class in WAITS else ask
            record = record if isinstance(page, Failure) else told_by(page, record, address)
        records.append(record)
    return replace(reading, records=tuple(records))


def told_by(page: FeedReading, record: Record, address: str) -> Record:
    """The item with what its page (or file) says of when and where; only marked as asked when that is nothing."""
    asked = replace(record, page_of=record.fingerprint)
    event = _event_of(page, record, address)
    if event is None:
        return asked
    told = replace(
        asked,
        start=event.start,
        end=event.end,
        recurrence=event.recurrence,
        occurrences=event.occurrences,
        place=event.place if event.place.text or event.place.has_coordinates else record.place,
        status=event.status,
        evidence="",
        due=None,
        suggestions=(),
    )
    return replace(told, fingerprint=fingerprint_of(told))


def _event_of(page: FeedReading, record: Record, address: str) -> Record | None:
    """The one event of a page that is the item's own; the next event in a page's margin is not."""
    events = [each for each in page.records if not (each.is_notice or each.is_override)]
    if len(events) == 1 and address != record.link:
        # The item encloses this file, and it holds nothing else.
        return events[0]
    own = [each for each in events if each.link == record.link or _is_alike(each.title, record.title)]
    return own[0] if len(own) == 1 else None


def _is_alike(one: str, other: str) -> bool:
    """Whether two titles are the same, or one holds the other."""
    short, long = sorted((key(one), key(other)), key=len)
    return short == long or (len(short) >= SHORTEST_TITLE and short in long)


def _is_unsure(record: Record) -> bool:
    """Whether the feed tells the date in words only, or not at all."""
    return record.kind in FEED_KINDS and (record.is_notice or bool(record.evidence))


def _address(record: Record, source: Source) -> str:
    """Where the item's date may stand: the calendar file that it links to, else its page."""
    files = [link for link in record.links if CALENDAR_FILE.search(link)]
    return next((link for link in (*files, record.link) if _is_own(link, source)), "")


def _is_own(link: str, source: Source) -> bool:
    """Whether a page lies on the feed's own host."""
    return bool(link) and shown_host(link) == shown_host(source.url) != ""


def page_asker(source: Source, settings: Settings, now: datetime) -> AskPage:
    """How pages are asked: each under the rules of every fetch, and read in a child."""
    window = horizon(now.astimezone(zone_info(settings.site.timezone)).date())

    def read(url: str, wanted: str) -> tuple[Body | None, FeedReading | Failure]:
        page = replace(source, url=url, format=wanted, within=None)
        answer = failure_or_body(fetch_from_web(page, SourceState(), settings.fetch, now))
        if isinstance(answer, Failure):
            return None, answer
        return answer, read_isolated(ReadJob.of(answer, page, window, settings))

    def ask(url: str) -> FeedReading | Failure:
        body, reading = read(url, "auto")
        if body is None or not isinstance(reading, Failure):
            return reading
        # A page that marks up nothing may still link to its event as a file.
        files = [each.url for each in probe_isolated(body, settings.reading).candidates if each.format == "ics"]
        own = next((file for file in files if _is_own(file, source)), "")
        found = read(own, "ics")[1] if own else reading
        return FeedReading() if isinstance(found, Failure) and found.error_class not in WAITS else found

    return ask
