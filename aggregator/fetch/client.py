"""One polite GET of one source: the front door of this package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

import requests

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch import headers as head
from aggregator.fetch.addresses import CONTROL, Target, exempt_origins, judge
from aggregator.fetch.conditional import address_to_ask, asks_conditionally, request_headers
from aggregator.fetch.decoding import unpack
from aggregator.fetch.failures import FetchStopped, failure_of
from aggregator.fetch.files import read_file
from aggregator.fetch.questions import HEADERS, question
from aggregator.fetch.transport import Line, Network, exchange
from aggregator.fetch.watchdog import Watchdog
from aggregator.model.fetching import Answer, Body, FetchFailed, NotModified, SourceState
from aggregator.model.secrets import SEALED_SCHEME, holds_secret, public_form
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

PIECE = 64 * 1024
# Blanks, byte order marks and padding: what an answer may hold and still be empty.
NOTHING = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
UNANSWERED = (ErrorClass.CONNECT, ErrorClass.TLS, ErrorClass.TIMEOUT)
BROKEN_OFF = (ErrorClass.CONNECT, ErrorClass.TLS, ErrorClass.PROTOCOL)
REAL_NETWORK = Network()


def fetch(
    source: Source, state: SourceState, settings: FetchSettings, now: datetime, network: Network = REAL_NETWORK
) -> Answer:
    """The source's answer: a complete body, "nothing new", or a failure. Never raises.

    The whole visit, redirects included, takes at most `settings.total_seconds`. `now` is aware UTC and
    decides only whether everything is asked for and how long the answer wants to stay fresh.
    """
    if source.is_local:
        return read_file(source, state, settings, now)
    return fetch_from_web(source, state, settings, now, network)


def fetch_from_web(
    source: Source, state: SourceState, settings: FetchSettings, now: datetime, network: Network = REAL_NETWORK
) -> Answer:
    """The same for an address that a stranger gave us: `file:` is refused like every other scheme."""
    asked = address_to_ask(source, state, now)
    if asked.startswith(SEALED_SCHEME):
        return _failed(ErrorClass.KEY)
    address = public_form(asked)
    if address.refused_reason:
        return _failed(ErrorClass.SECRET, address.refused_reason)
    exempt = exempt_origins(settings)
    url, payload = question(source, address.url, now)
    targets = judge(url, exempt)
    if isinstance(targets, Failure):
        return FetchFailed(targets)
    with Watchdog(settings.total_seconds) as watchdog:
        headers = request_headers(source, state, settings, now) | (HEADERS if payload else {})
        visit = Visit(settings, exempt, network, watchdog, headers, now, asks_conditionally(state, now), payload)
        return visit.first_answer(targets)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that says "over there"."""

    target: Target
    permanent: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one source, over all its redirects; `conditional` when a 304 would be an answer.

    `payload` is what to POST (see questions.py), None for a GET.
    """

    settings: FetchSettings
    exempt: frozenset[str]
    network: Network
    watchdog: Watchdog
    headers: Mapping[str, str]
    now: datetime
    conditional: bool
    payload: bytes | None = None

    def first_answer(self, targets: tuple[Target, ...]) -> Answer:
        """The answer of the first target where somebody answers."""
        for target in targets:
            answer = self._follow(target)
            if not isinstance(answer, FetchFailed) or answer.failure.error_class not in UNANSWERED:
                break
        return answer

    def _follow(self, target: Target) -> Answer:
        permanent = True
        for hop in range(self.settings.max_redirects + 1):
            reply = self._ask(target)
            if isinstance(reply, Body) and hop and permanent:
                return replace(reply, permanent_url=target.url)
            if not isinstance(reply, Redirect):
                return reply
            permanent = permanent and reply.permanent
            target = reply.target
        return _failed(ErrorClass.REDIRECTS, target.host)

    def _ask(self, target: Target) -> Answer | Redirect:
        line = Line(target, self.exempt, self.settings.connect_seconds, self.network, self.watchdog)
        try:
            with exchange(line, self.headers, self.payload) as response:
                reply = self._understand(target, response)
        except FetchStopped as stopped:
            reply = stopped.answer
        except Exception as error:  # noqa: BLE001 - whatever a server provokes is that source's failure
            reply = FetchFailed(failure_of(error, target.host))
        if self.watchdog.has_bitten:
            return _failed(ErrorClass.TIMEOUT, f"{self.settings.total_seconds:g} s")
        return reply

    def _understand(self, target: Target, response: requests.Response) -> Answer | Redirect:
        if head.is_too_large(response.headers):
            return _failed(ErrorClass.PROTOCOL, target.host)
        if response.status_code in head.REDIRECTS:
            return self._redirect(target, response)
        if response.status_code == 304 and self.conditional:
            return NotModified(head.fresh_for(response.headers, self.now))
        if response.status_code == 200:
            return self._body(target, response)
        return head.failure_of_status(response.status_code, response.headers, self.now)

    def _redirect(self, target: Target, response: requests.Response) -> FetchFailed | Redirect:
        """Where the answer points to, under the same rule as every address; its body stays unread."""
        location = _location(response.headers)
        if not location:
            return _failed(ErrorClass.PROTOCOL, str(response.status_code))
        # urljoin would quietly drop tabs and line breaks.
        if CONTROL.search(location):
            return _failed(ErrorClass.URL)
        try:
            # A whole address is judged as it stands: urljoin mends broken ones (http:///x) with our own host.
            whole = location if ABSOLUTE.match(location) else urljoin(target.url, location)
        except ValueError:
            return _failed(ErrorClass.URL)
        targets = judge(whole, self.exempt)
        if isinstance(targets, Failure):
            return FetchFailed(targets)
        next_target = targets[0]
        if target.scheme == "https" and next_target.scheme == "http" and holds_secret(next_target.url):
            return _failed(ErrorClass.REDIRECTS, "https → http")
        return Redirect(next_target, response.status_code in head.PERMANENT)

    def _body(self, target: Target, response: requests.Response) -> Answer:
        content = self._content(target, response)
        if not content.strip(NOTHING):
            return _failed(ErrorClass.EMPTY, target.host)
        return Body(
            content,
            media_type=head.media_type(response.headers),
            charset=head.charset(response.headers),
            validators=head.validators(response.headers),
            final_url=target.url,
            fresh_for=head.fresh_for(response.headers, self.now),
        )

    def _content(self, target: Target, response: requests.Response) -> bytes:
        """The body unpacked, at most `max_bytes` on the wire and after; raises FetchStopped."""
        limit = self.settings.max_bytes
        try:
            return unpack(_wire_bytes(response, limit), response.headers.get("Content-Encoding", ""), limit)
        except FetchStopped as stopped:
            if stopped.answer.failure.error_class is ErrorClass.TOO_LARGE:
                raise FetchStopped(ErrorClass.TOO_LARGE, f"> {limit / 1_000_000:g} MB") from None
            raise
        except Exception as error:
            # Whatever breaks in the middle of a body has cut it off.
            error_class = failure_of(error, target.host).error_class
            raise FetchStopped(
                ErrorClass.TRUNCATED if error_class in BROKEN_OFF else error_class, target.host
            ) from error


def _wire_bytes(response: requests.Response, limit: int) -> bytes:
    """The body as it comes over the wire; urllib3 raises when it is shorter than promised."""
    promised = re.fullmatch(r"\s*0*([0-9]+)\s*", response.headers.get("Content-Length", ""))
    # Compared by length first: a number of 5000 digits is more than int() accepts.
    if promised and (len(promised[1]) > 18 or int(promised[1]) > limit):
        raise FetchStopped(ErrorClass.TOO_LARGE)
    content = bytearray()
    while piece := response.raw.read1(PIECE, decode_content=False):
        content += piece
        if len(content) > limit:
            raise FetchStopped(ErrorClass.TOO_LARGE)
    return bytes(content)


def _location(headers: Mapping[str, str]) -> str:
    """The Location header, read as UTF-8 as browsers do; empty when there is none."""
    raw = headers.get("Location", "").strip(" ")
    try:
        return raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return raw


def _failed(error_class: ErrorClass, detail: str = "") -> FetchFailed:
    return FetchFailed(Failure(error_class, detail))
