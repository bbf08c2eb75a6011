"""The initiative's calendars: pause, change, replace, remove, read now; and one more of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aggregator.errors import ErrorClass, Failure
from aggregator.model.health import Outcome, SourceOverview
from aggregator.model.jobs import Job, JobKind, JobState, PreviewWish, RefreshDone, RefreshWish
from aggregator.model.sources import Consent, Source
from aggregator.store import fetches, jobs, registered, sources
from aggregator.store.codec import decode
from aggregator.store.limits import Limit, allowed
from aggregator.store.registered import OwnedSource
from web.forms import line, too_many
from web.health.status import source_line
from web.manage.desk import URGENT, Desk, changing, looking
from web.registration import details
from web.registration.found import found_of, is_told, wanted_of
from web.registration.routes import LONGEST_PASTE, POLL_SECONDS
from web.registration.typed import Typed, interval_of, source_problems
from web.scene import Scene

calendars = Blueprint("owner_sources", __name__)

LOOKS = Limit("owner-look", 60, timedelta(hours=1))
LOGGED = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """One calendar with how it is doing."""

    owned: OwnedSource
    overview: SourceOverview


@calendars.get("/manage/<token>/sources/<source_id>")
def shown(token: str, source_id: str) -> Response:
    """One calendar: its state, its defects with advice, what can be done."""
    with looking(token) as desk:
        return page_of(desk, chosen(desk, source_id), None)


@calendars.post("/manage/<token>/sources/<source_id>")
def change(token: str, source_id: str) -> Response:
    """Press one of its buttons, or save its form."""
    with changing(token) as desk:
        one = chosen(desk, source_id)
        deed = request.form.get("deed", "save")
        if deed == "refresh":
            return wait_for(desk, RefreshWish(source_id))
        if not one.owned.is_from_web:
            abort(403)
        if deed in ("pause", "resume"):
            registered.save_source(desk.connection, replace(one.owned.source, paused=deed == "pause"))
            return desk.back("", "paused" if deed == "pause" else "resumed")
        if deed == "remove":
            registered.remove_source(desk.connection, source_id)
            desk.relink()
            return desk.back("", "removed")
        return save(desk, one)


@calendars.post("/manage/<token>/look")
def look(token: str) -> Response:
    """Look behind an address: for one more calendar, or with `replaces` for the new one in place of an old."""
    with changing(token) as desk:
        address, replaces = line(request.form, "url")[:LONGEST_PASTE], line(request.form, "replaces")
        if not address:
            return desk.back()
        if not allowed(desk.connection, LOOKS, desk.initiative.id, desk.scene.now):
            return too_many(desk.scene)
        job = jobs.enqueue(desk.connection, JobKind.PREVIEW, PreviewWish(address), desk.scene.now, URGENT)
        return desk.back(f"/look/{job}", replaces=replaces)


@calendars.get("/manage/<token>/look/<job_id>")
def looked(token: str, job_id: str) -> Response:
    """What was found behind the address."""
    with looking(token) as desk:
        job = load_job(desk, job_id, JobKind.PREVIEW)
        if not is_told(job, desk.scene.now):
            return waiting(desk)
        return desk.page(
            "manage_found.html",
            found=found_of(job, desk.scene),
            job=job_id,
            usable=wanted_of(job) is not None,
            replaces=replaced(desk, request.args.get("replaces", "")),
        )


@calendars.post("/manage/<token>/look/<job_id>")
def take(token: str, job_id: str) -> Response:
    """Add what was found, or put it in the place of an old calendar."""
    with changing(token) as desk:
        job = load_job(desk, job_id, JobKind.PREVIEW)
        wanted = wanted_of(job) if is_told(job, desk.scene.now) else None
        if wanted is None:
            return desk.back(f"/look/{job_id}")
        old = replaced(desk, request.form.get("replaces", ""))
        if old:
            registered.save_source(desk.connection, replace(old, url=wanted.url, format=wanted.format))
            source_id = old.id
        else:
            source_id = registered.add_source(desk.connection, desk.initiative, wanted).id
        jobs.enqueue(desk.connection, JobKind.REFRESH, RefreshWish(source_id), desk.scene.now, URGENT)
        return desk.back("", "added")


@calendars.get("/manage/<token>/done/<job_id>")
def done(token: str, job_id: str) -> Response:
    """Wait for a refresh, then say what it brought."""
    with looking(token) as desk:
        job = load_job(desk, job_id, JobKind.REFRESH)
        if not job.is_over:
            return waiting(desk)
        return desk.page("manage_done.html", words=refresh_words(job, desk.scene))


def wait_for(desk: Desk, wish: RefreshWish) -> Response:
    """Ask for a refresh, and lead to the page that waits for it."""
    if not allowed(desk.connection, LOOKS, desk.initiative.id, desk.scene.now):
        return too_many(desk.scene)
    job = jobs.enqueue(desk.connection, JobKind.REFRESH, wish, desk.scene.now, URGENT)
    return desk.back(f"/done/{job}")


def waiting(desk: Desk) -> Response:
    """A page that asks again by itself."""
    response = desk.page("register_waiting.html", seconds=POLL_SECONDS)
    response.headers["Refresh"] = str(POLL_SECONDS)
    return response


def load_job(desk: Desk, job_id: str, kind: JobKind) -> Job:
    """The job of that id, else 404."""
    job = jobs.load(desk.connection, job_id[:32])
    return job if job and job.kind is kind else abort(404)


def replaced(desk: Desk, source_id: str) -> Source | None:
    """The calendar that is to get another address."""
    found = registered.sources_of(desk.connection, desk.initiative.id) if source_id else ()
    return next((each.source for each in found if each.source.id == source_id and each.is_from_web), None)


def chosen(desk: Desk, source_id: str) -> Chosen:
    """One calendar of this initiative, else 404."""
    owned = registered.sources_of(desk.connection, desk.initiative.id)
    one = next((each for each in owned if each.source.id == source_id), None) or abort(404)
    overview = next(each for each in sources.overviews(desk.connection) if each.source.id == source_id)
    return Chosen(one, overview)


def save(desk: Desk, one: Chosen) -> Response:
    """Write how the calendar is to be read."""
    typed = Typed(
        consent=request.form.get("consent", ""),
        licence=line(request.form, "licence"),
        interval=line(request.form, "interval"),
        timezone=line(request.form, "timezone"),
        language=line(request.form, "language"),
        default_place=line(request.form, "default_place"),
        topics=tuple(each.id for each in desk.scene.settings.topics if each.id in request.form.getlist("topic")),
    )
    typed = replace(typed, problems=tuple(source_problems(typed, desk.scene)))
    if typed.problems:
        return page_of(desk, one, typed)
    known = one.owned.source
    changed = replace(
        known,
        consent=Consent(typed.consent),
        licence=typed.licence,
        interval=interval_of(typed.interval) or known.interval,
        timezone=typed.timezone or known.timezone,
        language=typed.language or known.language,
        default_place=typed.default_place,
        topics=typed.topics,
    )
    registered.save_source(desk.connection, changed)
    jobs.enqueue(desk.connection, JobKind.REFRESH, RefreshWish(known.id), desk.scene.now, URGENT)
    return desk.back(f"/sources/{known.id}", "saved")


def page_of(desk: Desk, one: Chosen, typed: Typed | None) -> Response:
    """The page of one calendar."""
    source = one.owned.source
    filled = typed or Typed(
        consent=source.consent.value,
        licence=source.licence,
        interval=str(int(source.interval.total_seconds() // 60)),
        timezone=source.timezone,
        language=source.language,
        default_place=source.default_place,
        topics=source.topics,
    )
    return desk.page(
        "manage_source.html",
        status=400 if filled.problems else 200,
        one=one,
        source=source,
        line=source_line(one.overview, desk.scene),
        log=fetches.recent(desk.connection, source.id, LOGGED),
        typed=filled,
        problems=filled.problems,
        done=request.args.get("done") == "saved",
        **details.choices(desk.scene),
    )


def refresh_words(job: Job, scene: Scene) -> str:
    """What a refresh brought, in a sentence."""
    say = scene.tongue.gettext
    if job.state is JobState.FAILED:
        return say("Dabei ging etwas schief, das liegt an uns.")
    told = decode(RefreshDone, job.result)
    if told.error_class:
        return Failure(ErrorClass(told.error_class), told.detail).sentence(scene.language)
    if told.outcome == Outcome.UNCHANGED:
        return say("Gelesen. Es gibt nichts Neues.")
    counts = ((told.added, say("neu")), (told.changed, say("geändert")), (told.withdrawn, say("zurückgezogen")))
    words = ", ".join(f"{number} {what}" for number, what in counts if number)
    return say("Gelesen: %(what)s.", what=words) if words else say("Gelesen. Es gibt nichts Neues.")
