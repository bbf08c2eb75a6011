"""Small things that every room of the operators needs: jobs for the pipeline, and the way back with a word."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import redirect
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.jobs import JobKind, RelinkWish
from aggregator.store import jobs
from web.services import current_services

# Above everything that visitors ask for: an operator is waiting.
PRIORITY = 10


def ask_for_relink(connection: Connection) -> None:
    """Let what a person just said reach the public."""
    jobs.enqueue(connection, JobKind.RELINK, RelinkWish(), current_services().clock(), PRIORITY)


def back_to(path: str, told: str = "done", **query: str) -> AnyResponse:
    """To a page of ours, which then says what was done (one of the words of `told_words`)."""
    return redirect(f"{path}?{urlencode({'told': told, **query})}", 303)
