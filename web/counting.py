"""Counts how often each kind of feed is asked for: a number for each day, and nothing of who asked."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from threading import Lock

from flask import Flask, Response, request

from aggregator.errors import StoreError
from aggregator.model.times import zone_info
from aggregator.store import feed_counts
from web.services import Services

WRITTEN_EVERY = timedelta(minutes=5)
KEPT_FOR = timedelta(days=800)
# Under this name the request's environment says what it was counted as, for whoever gives the same answer again.
COUNTED = "buendel.counted"
KINDS = {"ics": "calendar", "atom": "atom", "rss": "rss", "json": "json"}
log = logging.getLogger("web")


class FeedCounter:
    """The numbers of this process, written every few minutes; those of the last minutes end with the process."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.counted: Counter[str] = Counter()
        self.written_at = services.clock()
        self.lock = Lock()

    def after(self, response: Response) -> Response:
        """Count an answer, also the one that says that nothing is new."""
        if request.blueprint == "feeds" and response.status_code in (200, 304):
            kind = KINDS.get(request.path.rpartition(".")[2], "other")
            request.environ[COUNTED] = kind
            self.count(kind)
        return response

    def count(self, kind: str) -> None:
        """Count one answer of that kind."""
        with self.lock:
            self.counted[kind] += 1
        self.write(self.services.clock())

    def write(self, now: datetime) -> None:
        """Add the numbers to those of the day, if it is time."""
        with self.lock:
            if now - self.written_at < WRITTEN_EVERY:
                return
            counted, self.counted, self.written_at = self.counted, Counter(), now
        day = now.astimezone(zone_info(self.services.settings.site.timezone)).date()
        try:
            with self.services.store.writing() as connection:
                feed_counts.add(connection, day, counted)
                feed_counts.forget(connection, day - KEPT_FOR)
        except StoreError as error:
            # Pages are served also while nothing can be written; a lost count does no harm.
            log.warning("feed counts not written: %s", error)


def count_feeds(app: Flask, services: Services) -> FeedCounter:
    """Let the application count."""
    counter = FeedCounter(services)
    app.after_request(counter.after)
    return counter
