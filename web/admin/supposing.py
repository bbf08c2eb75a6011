"""What the two announcements of a question would be together: asked of the worker, shown beside the question."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.export import dates
from aggregator.model.events import EventOccurrence, MergedEvent
from aggregator.model.jobs import Job, JobKind, JobState, MergedFound, MergedWish
from aggregator.store import jobs
from aggregator.store.codec import decode
from web.admin.asking import PRIORITY, back_to
from web.admin.frame import say
from web.calendar.changelog import status_words
from web.calendar.texts import excerpt
from web.forms import line
from web.scene import Scene
from web.services import current_services

HERE = "/admin/review"
POLL_SECONDS = 1
MOST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Together:
    """What would be read: (label, value, who tells it); `is_waiting` until the worker has said so."""

    rows: tuple[tuple[str, str, str], ...] = ()
    also: str = ""
    is_waiting: bool = False


def suppose() -> AnyResponse:
    """Ask the worker, and back to the question."""
    wish = MergedWish(line(request.form, "left")[:200], line(request.form, "right")[:200])
    number = request.form.get("n", "0")
    with current_services().store.writing() as connection:
        job = jobs.enqueue(connection, JobKind.MERGED, wish, current_services().clock(), PRIORITY)
    return back_to(HERE, "", n=number if number.isdigit() else "0", job=job)


def together(connection: Connection, scene: Scene) -> Together | None:
    """What the job in the address says; None without one, or if it is too late to ask."""
    job = jobs.load(connection, line(request.args, "job")[:32])
    if job is None or job.kind is not JobKind.MERGED or job.state is JobState.FAILED:
        return None
    if not job.is_over:
        return Together(is_waiting=True)
    event = event_of(job)
    return told(event, scene) if event else None


def event_of(job: Job) -> MergedEvent | None:
    """What the worker found."""
    return decode(MergedFound, job.result).event


def told(event: MergedEvent, scene: Scene) -> Together:
    """The event field by field, each with who tells it."""
    who = {one.record: scene.name_of(one.initiative) for one in event.statements}
    source = {field: who.get(record, "") for field, record in event.provenance}
    table = (
        (say("Titel"), event.title, source.get("title", "")),
        (say("Wann"), when_words(event, scene), source.get("start", "")),
        (say("Ort"), event.place.text, source.get("place", "")),
        (say("Zustand"), status_words(event.status, scene), source.get("status", "")),
        (say("Text"), excerpt(event.description, MOST_TEXT), source.get("description", "")),
        (say("Adresse"), event.url, source.get("url", "")),
    )
    also = ", ".join(dict.fromkeys(scene.name_of(name) for name in event.initiatives))
    return Together(tuple(row for row in table if row[1]), also)


def when_words(event: MergedEvent, scene: Scene) -> str:
    """When it is: the next of its dates, and how many there are."""
    ahead = [one for one in event.occurrences if one.ends_at >= scene.now]
    first = (ahead or [*event.occurrences, EventOccurrence(event.start, event.start, event.end)])[0]
    words = dates.announcement(first, scene.zone, scene.language)
    more = len(ahead) - 1
    return say("%(when)s, und %(num)d weitere Tage", when=words, num=more) if more > 0 else words
