"""What the head of an answer says, read with distrust (RFC 9110, RFC 9111). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import FetchFailed, Validators

# A wish for ten years is a mistake; the schedule waits a day at most anyway.
LONGEST_WISH = timedelta(hours=24)
LONGEST_VALIDATOR = 1000
LARGEST_HEAD = 64 * 1024
SECONDS = re.compile(r"\s*([0-9]{1,18})\s*")
MAX_AGE = re.compile(r"""(?:^|,)\s*max-age\s*=\s*"?([0-9]{1,18})""", re.IGNORECASE)
MEDIA_TYPE = re.compile(r"\s*([\w!#$&^.+-]{1,60}/[\w!#$&^.+-]{1,60})\s*(?:;|,|$)", re.ASCII)
CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]{1,40})""", re.ASCII | re.IGNORECASE)

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
EMPTY = (204, 205)

Headers = Mapping[str, str]


def is_too_large(headers: Headers) -> bool:
    """Whether the whole head is longer than 64 kB."""
    return sum(len(name) + len(value) for name, value in headers.items()) > LARGEST_HEAD


def validators(headers: Headers) -> Validators:
    """ETag and Last-Modified verbatim; one that is overlong or not printable is dropped."""
    return Validators(_validator(headers.get("ETag", "")), _validator(headers.get("Last-Modified", "")))


def _validator(value: str) -> str:
    return value if len(value) <= LONGEST_VALIDATOR and value.isprintable() else ""


def media_type(headers: Headers) -> str:
    """The media type in lower case without parameters, empty when none is readable."""
    found = MEDIA_TYPE.match(headers.get("Content-Type", ""))
    return found[1].lower() if found else ""


def charset(headers: Headers) -> str:
    """The declared charset in lower case, empty when none is readable."""
    found = CHARSET.search(headers.get("Content-Type", ""))
    return found[1].lower() if found else ""


def fresh_for(headers: Headers, now: datetime) -> timedelta | None:
    """How long the answer wants to stay fresh: max-age, else Expires by our clock; at most 24 h.

    The answer's own Date is not asked: it may be twenty years off.
    """
    if max_age := MAX_AGE.search(headers.get("Cache-Control", "")):
        return min(timedelta(seconds=min(int(max_age[1]), 10**9)), LONGEST_WISH)
    return _until(headers.get("Expires", ""), now)


def retry_after(headers: Headers, now: datetime) -> timedelta | None:
    """Retry-After in seconds or as a date, at most 24 h; None when absent, past or unreadable."""
    wish = headers.get("Retry-After", "")
    if seconds := SECONDS.fullmatch(wish):
        return min(timedelta(seconds=min(int(seconds[1]), 10**9)), LONGEST_WISH)
    return _until(wish, now)


def _until(text: str, now: datetime) -> timedelta | None:
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        wait = moment - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(wait, LONGEST_WISH) if wait > timedelta() else None


def failure_of_status(status: int, headers: Headers, now: datetime) -> FetchFailed:
    """Why an answer that is neither 200 nor a redirect is none; its body is not looked at."""
    wait = retry_after(headers, now) if status in (429, 503) else None
    if status == 429 or wait is not None:
        return FetchFailed(Failure(ErrorClass.RATE, str(status)), wait)
    if status == 410:
        return FetchFailed(Failure(ErrorClass.GONE, str(status)))
    if status in EMPTY:
        return FetchFailed(Failure(ErrorClass.EMPTY, str(status)))
    # A 304 reaches this place only when nothing was asked "since".
    return FetchFailed(Failure(ErrorClass.PROTOCOL if status == 304 else ErrorClass.STATUS, str(status)))
