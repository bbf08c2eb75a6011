"""Asking "anything new?", and what to remember of the answer. Pure.

Validators and the body's hash of a good answer belong to the records that were read from it: the
state returned here is saved in the same transaction as those records, never before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import Answer, Body, FetchFailed, NotModified, SourceState, Validators
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

# Servers exist that say 304 for ever; once a week they are asked for everything.
FULL_EVERY = timedelta(days=7)
MOVED_AFTER = timedelta(days=7)

ACCEPT = (
    "text/calendar, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9,"
    " text/html;q=0.8, */*;q=0.1"
)
# No br and no zstd: their bombs are the worst, and what is not offered is not sent.
ACCEPT_ENCODING = "gzip, deflate"

CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}BEGIN:VCALENDAR\b", re.IGNORECASE)
# With whatever it is folded into: a folded line goes on behind a blank. That it begins with the end of the line
# before lets the search jump from line to line, which makes it three times as quick.
CALENDAR_NOISE = re.compile(rb"\n(?:DTSTAMP|LAST-MODIFIED|CREATED)[;:][^\n]*(?:\n[ \t][^\n]*)*(?=\n)")
FEED_NOISE = re.compile(rb"<lastBuildDate>[^<]{0,99}</lastBuildDate>")


def wants_full(state: SourceState, now: datetime) -> bool:
    """Whether it is time to ask for everything, without validators."""
    return state.last_full_at is None or now - state.last_full_at >= FULL_EVERY


def validators_to_send(state: SourceState, now: datetime) -> Validators:
    """The validators for the next request; none when everything is wanted."""
    return Validators() if wants_full(state, now) else state.validators


def request_headers(source: Source, state: SourceState, settings: FetchSettings, now: datetime) -> dict[str, str]:
    """The complete head of the next request but for Host (RFC 9110 sections 12.5 and 13.1)."""
    headers = {
        "User-Agent": settings.user_agent.encode("ascii", "ignore").decode(),
        "Accept": ACCEPT,
        "Accept-Encoding": ACCEPT_ENCODING,
        "Accept-Language": f"{source.language}, *;q=0.5",
    }
    validators = validators_to_send(state, now)
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def asks_conditionally(state: SourceState, now: datetime) -> bool:
    """Whether a 304 would be an answer to what we ask."""
    return validators_to_send(state, now) != Validators()


def body_hash(content: bytes) -> str:
    """The hash by which two bodies say the same; validators alone are not believed.

    Many calendars are made anew for every visitor and differ in their stamps only, as the date of a newsfeed's making
    does: these do not count, as they do not in the hash of a single event.
    """
    noise = CALENDAR_NOISE if CALENDAR.match(content) else FEED_NOISE
    return sha256(noise.sub(b"", content)).hexdigest()


def address_to_ask(source: Source, state: SourceState, now: datetime) -> str:
    """The source's address, or the one that all its answers of a week have permanently redirected to."""
    return state.moved_to if _has_moved(state, now) else source.url


def next_state(state: SourceState, answer: Answer, now: datetime, hashed: str = "") -> SourceState:
    """What to remember after an answer; `hashed` is the body's hash where it is known.

    For a Body only once it was read well; a body that no parser could read is an `after_failure`.
    `next_at` is the schedule's to set, `held_since` and `expanded_on` the pipeline's.
    """
    if isinstance(answer, FetchFailed):
        return after_failure(state, answer.failure, now)
    healthy = replace(
        state,
        last_attempt_at=now,
        last_success_at=now,
        failures=0,
        first_failure_at=None,
        failure=None,
        gone_answers=0,
        gone_since=None,
    )
    if isinstance(answer, NotModified):
        return healthy
    return _after_body(replace(healthy, body_hash=hashed or body_hash(answer.content)), answer, now)


def after_failure(state: SourceState, failure: Failure, now: datetime) -> SourceState:
    """What to remember after a failed attempt: the validators of the last good answer stay."""
    failed = replace(
        state,
        last_attempt_at=now,
        failures=state.failures + 1,
        first_failure_at=state.first_failure_at or now,
        failure=failure,
    )
    if failure.error_class is ErrorClass.GONE:
        failed = replace(failed, gone_answers=state.gone_answers + 1, gone_since=state.gone_since or now)
    # An adopted address that fails is forgotten: the original one will say where the calendar is now.
    return replace(failed, moved_to="", moved_since=None) if _has_moved(state, now) else failed


def _after_body(state: SourceState, body: Body, now: datetime) -> SourceState:
    fresh = replace(state, validators=body.validators, last_full_at=now)
    if body.permanent_url == state.moved_to or (_has_moved(state, now) and not body.permanent_url):
        return fresh
    return replace(fresh, moved_to=body.permanent_url, moved_since=now if body.permanent_url else None)


def _has_moved(state: SourceState, now: datetime) -> bool:
    return state.moved_since is not None and now - state.moved_since >= MOVED_AFTER
