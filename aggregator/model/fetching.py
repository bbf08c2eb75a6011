"""What passes between fetching a source and reading its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.errors import Failure


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave us to ask "anything new?" with (RFC 9110 section 8.8), sent back verbatim."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A complete answer: decoded bytes and what the server said of them.

    `final_url` is where it came from after redirects; `permanent_url` is set when every hop was
    permanent (301 or 308). `fresh_for` is the server's own wish for how long to wait.
    """

    content: bytes
    media_type: str = ""
    charset: str = ""
    validators: Validators = Validators()
    final_url: str = ""
    permanent_url: str = ""
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """A 304 to a conditional request: nothing new."""

    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No usable answer; `retry_after` is the server's wish (429, 503), already capped at 24 h."""

    failure: Failure
    retry_after: timedelta | None = None


Answer = Body | NotModified | FetchFailed


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the store remembers of a source between two fetches (all times UTC).

    `gone_answers` counts the 410s since the last success and `gone_since` is the first of them.
    `moved_to` is where every answer since `moved_since` was permanently redirected.
    `missing` counts future events that are missing and not yet known to be gone.
    """

    validators: Validators = Validators()
    body_hash: str = ""
    next_at: datetime | None = None
    last_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    last_full_at: datetime | None = None
    failures: int = 0
    first_failure_at: datetime | None = None
    failure: Failure | None = None
    held_since: datetime | None = None
    expanded_on: str = ""
    gone_answers: int = 0
    gone_since: datetime | None = None
    moved_to: str = ""
    moved_since: datetime | None = None
    missing: int = 0
