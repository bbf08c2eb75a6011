"""Sources: how they are, what their last answers did, and what an operator can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, abort, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.health import FetchEntry, Outcome, SourceOverview
from aggregator.model.jobs import JobKind, RefreshWish
from aggregator.model.records import Record
from aggregator.model.times import zone_info
from aggregator.store import fetches, held, jobs, records, registered, sources
from aggregator.store.held import HeldAnswer
from web.admin.access import me, note
from web.admin.asking import PRIORITY, back_to
from web.admin.frame import admin_page, admin_scene, say
from web.admin.wishes import for_the_file, priorities, read_wishes, topic_choices, wishes_of
from web.health.status import SourceLine, source_line
from web.scene import Scene
from web.services import current_services

MOST_ATTEMPTS = 60
MOST_SHOWN = 400_000


@dataclass(frozen=True, slots=True)
class Line:
    """One source in the list."""

    shown: SourceLine
    error: str
    due: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of the history."""

    when: str
    what: str
    changes: str
    error: str


def sources_page() -> Response:
    """All sources, those in trouble first."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        lines = [line_of(overview, scene) for overview in sources.overviews(connection)]
    order = {"bad": 0, "held": 1, "still": 2, "ok": 3}
    lines.sort(key=lambda line: (order[line.shown.kind], line.shown.name.casefold()))
    return admin_page("admin/sources.html", say("Quellen"), scene=scene, lines=tuple(lines))


def line_of(overview: SourceOverview, scene: Scene) -> Line:
    """One source with its error class and when it is due."""
    failure = overview.state.failure
    return Line(source_line(overview, scene), failure.error_class.value if failure else "", due_words(overview, scene))


def due_words(overview: SourceOverview, scene: Scene) -> str:
    """When it will be asked next."""
    return moment(overview.state.next_at, scene) if overview.state.next_at else say("beim nächsten Takt")


def moment(at: datetime, scene: Scene) -> str:
    """A moment as operators read it."""
    return f"{at.astimezone(zone_info(scene.zone)):%Y-%m-%d %H:%M}"


def source_page(source_id: str) -> Response:
    """One source with everything that is known of it."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        overview = existing(connection, source_id)
        answer = held.of_source(connection, source_id)
        lost = records.load_some(connection, set(answer.lost)) if answer else ()
        history = tuple(attempt(one, scene) for one in fetches.recent(connection, source_id, MOST_ATTEMPTS))
        body = fetches.load_body(connection, source_id)
        owned = registered.sources_of(connection, overview.source.initiative)
        is_from_web = any(one.is_from_web for one in owned if one.source.id == source_id)
        wished = read_wishes(request.args, scene)
        known = wishes_of(overview.source, scene.initiatives.get(overview.source.initiative), is_from_web)
    return admin_page(
        "admin/source.html",
        overview.initiative_name,
        scene=scene,
        subtitle=source_id,
        line=line_of(overview, scene),
        source=overview.source,
        wishes=wished or known,
        for_the_file=for_the_file(overview.source, wished) if wished and not is_from_web else "",
        topics=topic_choices(scene),
        answer=answer if overview.state.held_since else None,
        lost=tuple(sorted(lost_words(one.record, scene) for one in lost)),
        verdict=verdict_words(answer),
        history=history,
        body_size=len(body.content) if body else 0,
        is_from_web=is_from_web,
        priorities=priorities(),
    )


def existing(connection: Connection, source_id: str) -> SourceOverview:
    """How the source is, or 404."""
    found = (one for one in sources.overviews(connection) if one.source.id == source_id)
    return next(found, None) or abort(404)


def lost_words(record: Record, scene: Scene) -> tuple[str, str]:
    """An event that would vanish: its day and title."""
    return (f"{record.start.local(scene.zone):%Y-%m-%d}" if record.start else "", record.title)


def verdict_words(answer: HeldAnswer | None) -> str:
    """What was said of the held answer."""
    if answer is None or not answer.verdict:
        return ""
    words = {
        held.ACCEPT: say("%(by)s glaubt der Antwort; der nächste Abruf übernimmt sie.", by=answer.by),
        held.KEEP: say("%(by)s behält die alten Termine, bis jemand anders entscheidet.", by=answer.by),
    }
    return words[answer.verdict]


def attempt(entry: FetchEntry, scene: Scene) -> Attempt:
    """One attempt in words."""
    counted = (("+", entry.added), ("~", entry.changed), ("−", entry.withdrawn))
    changes = " ".join(f"{sign}{number}" for sign, number in counted if number)
    error = entry.failure.sentence(scene.language) if entry.failure else ""
    what = {
        Outcome.UPDATED: say("Neues gelesen"),
        Outcome.UNCHANGED: say("nichts Neues"),
        Outcome.REJECTED: say("nicht lesbar"),
        Outcome.HELD: say("zurückgehalten"),
        Outcome.NOT_DUE: say("nicht fällig"),
    }[entry.outcome]
    return Attempt(moment(entry.at, scene), f"{what} ({entry.milliseconds} ms)", changes, error)


def raw_body(source_id: str) -> Response:
    """The last good answer as it came, as text that no browser takes for anything else."""
    with current_services().store.reading() as connection:
        existing(connection, source_id)
        body = fetches.load_body(connection, source_id)
    if body is None:
        abort(404)
    text = body.content[:MOST_SHOWN].decode("utf-8", "replace")
    return Response(text, content_type="text/plain; charset=utf-8")


def judge(source_id: str) -> AnyResponse:
    """Believe a held answer, or keep what we have."""
    verdict = request.form.get("v", "")
    if verdict not in (held.ACCEPT, held.KEEP):
        abort(400)
    with current_services().store.writing() as connection:
        existing(connection, source_id)
        held.judge(connection, source_id, verdict, me().name)
        note(connection, "held", f"source:{source_id}", verdict)
        if verdict == held.ACCEPT:
            ask(connection, JobKind.REFRESH, source_id)
    return back_to(f"/admin/sources/{source_id}", "done")


def refresh(source_id: str) -> AnyResponse:
    """Fetch it now, whenever it would be due."""
    return asked(source_id, JobKind.REFRESH, "refresh")


def replay(source_id: str) -> AnyResponse:
    """Read its last good answer again."""
    return asked(source_id, JobKind.REPLAY, "replay")


def asked(source_id: str, kind: JobKind, action: str) -> AnyResponse:
    """Ask the pipeline for work on a source."""
    with current_services().store.writing() as connection:
        existing(connection, source_id)
        ask(connection, kind, source_id)
        note(connection, action, f"source:{source_id}")
    return back_to(f"/admin/sources/{source_id}", "asked")


def ask(connection: Connection, kind: JobKind, source_id: str) -> None:
    """Let the worker do it next."""
    jobs.enqueue(connection, kind, RefreshWish(source_id), current_services().clock(), PRIORITY)


def change(source_id: str) -> AnyResponse:
    """Another interval, priority or topics; only of sources that registered, since sources.yaml wins."""
    here = f"/admin/sources/{source_id}"
    with current_services().store.writing() as connection:
        wishes = read_wishes(request.form, admin_scene(connection))
        if wishes is None:
            return back_to(here, "wrong")
        registered.save_source(connection, wishes.to(existing(connection, source_id).source))
        detail = f"{wishes.minutes} min, {wishes.priority.name}, {', '.join(wishes.topics) or '–'}"
        note(connection, "source changed", f"source:{source_id}", detail)
    return back_to(here, "done")
