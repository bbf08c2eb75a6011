"""Gives an answer that was given before once more, before the application does any work.

Stands in front of Flask. What Flask answered, status, headers and bytes as they went out, is kept for as long as the
answer says that it lasts (web.answering), and given again to the same question. Which question is the same: path
and query letter by letter, the way of compression, and the language where the answer depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import tzinfo
from threading import Lock
from typing import Any

from werkzeug.http import parse_etags, unquote_etag

from aggregator.clock import Clock
from aggregator.errors import StoreError
from web.answering import LASTS, Lasting
from web.compression import takes_gzip
from web.counting import COUNTED
from web.languages import preferred
from web.recent import Recent

MOST_BYTES = 32_000_000
# What an answer costs beside its body: headers, key, places in tables.
OVERHEAD = 2000
# So many questions can be answered anew side by side, each by one thread; more than a process has threads.
MAKERS = 16
# Whoever asks for a part, or by date, is answered by Flask.
SPECIAL = (
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
)
Headers = list[tuple[str, str]]
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
Question = tuple[str, str, bool, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as it went out."""

    status: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for one question: the whole answer, and the one that says that nothing is new, once given.

    `tag` is the ETag without quotes; `counted` as what feeds count it, "" for what is not counted.
    """

    lasting: Lasting
    tag: str
    counted: str
    whole: Sent | None = None
    unchanged: Sent | None = None

    @property
    def size(self) -> int:
        """Roughly its bytes in memory."""
        return OVERHEAD + (len(self.whole.body) if self.whole else 0)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What decides on an answer beside the question: the store's generation, the clock, the languages spoken."""

    generation: Callable[[], int]
    clock: Clock
    zone: tzinfo
    languages: tuple[str, ...]
    count: Callable[[str], None]


class Doorkeeper:
    """A WSGI application around another one; `most_bytes` bounds what it keeps, the oldest question goes first."""

    def __init__(self, app: Application, around: Surroundings, most_bytes: int = MOST_BYTES) -> None:
        self.app = app
        self.around = around
        self.kept: Recent[Question, Kept] = Recent(most_bytes)
        self.lock = Lock()
        self.making = tuple(Lock() for _ in range(MAKERS))

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer from what is kept, else let the application answer, and keep that."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in SPECIAL):
            return self.app(environ, start_response)
        question, tags = self.question_of(environ), environ.get("HTTP_IF_NONE_MATCH", "")
        sent = self.known(question, tags)
        if sent is None:
            with self.turn(question):
                # Whoever waited for the same page finds it made.
                sent = self.known(question, tags)
                if sent is None:
                    return self.passed_on(question, environ, start_response)
        start_response(sent.status, list(sent.headers))
        return [sent.body] if environ["REQUEST_METHOD"] == "GET" else [b""]

    def turn(self, question: Question) -> AbstractContextManager[object]:
        """What is kept and no longer stands is made anew by one thread, while others that want it wait."""
        return self.making[hash(question) % MAKERS] if self.found(question) else nullcontext()

    def question_of(self, environ: Environ) -> Question:
        """All that Flask's answer to this request can depend on."""
        language = preferred(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self.around.languages)
        path = environ.get("SCRIPT_NAME", "") + "\n" + environ.get("PATH_INFO", "")
        return path, environ.get("QUERY_STRING", ""), takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")), language

    def known(self, question: Question, tags: str) -> Sent | None:
        """The answer to a question from a browser that holds what these tags name; None if it must be made."""
        kept = self.found(question)
        if kept is None:
            return None
        if not self.stands(kept.lasting):
            self.forget(question)
            return None
        sent = kept.unchanged if tags and parse_etags(tags).contains_weak(kept.tag) else kept.whole
        if sent is not None and kept.counted:
            self.around.count(kept.counted)
        return sent

    def found(self, question: Question) -> Kept | None:
        """What is kept for the question, whether or not it still stands."""
        with self.lock:
            return self.kept.get(without_language(question)) or self.kept.get(question)

    def forget(self, question: Question) -> None:
        """Forget an answer that is out of date, before the next one needs its room."""
        with self.lock:
            for one in (without_language(question), question):
                self.kept.forget(one)

    def stands(self, lasting: Lasting) -> bool:
        """Whether nothing has happened that would change the answer."""
        if lasting.generation is None:
            return True
        if lasting.stamp != lasting.rhythm.stamp(self.around.clock(), self.around.zone):
            return False
        try:
            return lasting.generation == self.around.generation()
        except StoreError:
            # Flask will say what is wrong.
            return False

    def passed_on(self, question: Question, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Flask's answer, kept if it lasts."""
        told: list[Any] = []

        def heard(status: str, headers: Headers, exc_info: Any = None) -> Any:
            told[:] = status, headers
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        answer = self.app(environ, heard)
        lasting = environ.get(LASTS)
        if lasting is None or environ["REQUEST_METHOD"] != "GET" or not told[0].startswith(("200", "304")):
            return answer
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close:
                close()
        self.keep(question, lasting, Sent(told[0], list(told[1]), body), environ.get(COUNTED, ""))
        return [body]

    def keep(self, question: Question, lasting: Lasting, sent: Sent, counted: str) -> None:
        """Keep an answer beside what is known of its question, and forget what was not asked for longest."""
        headers = {name.lower(): value for name, value in sent.headers}
        tag, _ = unquote_etag(headers.get("etag"))
        if tag is None or "set-cookie" in headers or len(sent.body) + OVERHEAD > self.kept.most_bytes:
            return
        question = question if lasting.negotiates else without_language(question)
        with self.lock:
            before = self.kept.get(question)
            if before is None or (before.lasting, before.tag) != (lasting, tag):
                before = Kept(lasting, tag, counted)
            part = {"whole": sent} if sent.status.startswith("200") else {"unchanged": sent}
            self.kept.put(question, replace(before, **part))  # type: ignore[arg-type]


def without_language(question: Question) -> Question:
    """The question as it is kept where the browser's languages do not matter."""
    path, query, compressed, _ = question
    return path, query, compressed, ""
