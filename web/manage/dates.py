"""Dates without a calendar: typed in one by one or as a simple series, or read from a pasted newsletter."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aggregator.model.jobs import JobKind, JobState, ProseWish, RefreshWish
from aggregator.model.own_dates import OwnDate, Rhythm
from aggregator.model.sources import Source
from aggregator.store import jobs, own_dates, registered, suggestions
from aggregator.store.suggestions import Waiting
from web.forms import line, paragraphs
from web.manage.desk import URGENT, Desk, changing, looking
from web.manage.proposing import date_told, proposals
from web.manage.sources import load_job, waiting
from web.manage.typed_dates import problems_of, read_date, rhythms, when_words

owners_dates = Blueprint("owner_dates", __name__)

LONGEST_TEXT = 30_000


@owners_dates.get("/manage/<token>/dates")
def listed(token: str) -> Response:
    """All typed-in dates, and the form for one more."""
    with looking(token) as desk:
        doubtful = suggested(desk, request.args.get("suggestion", ""))
        return page_of(desk, date_told(doubtful.notice, doubtful.suggestion) if doubtful else OwnDate("", "", ""))


@owners_dates.post("/manage/<token>/dates")
def add(token: str) -> Response:
    """One more date."""
    with changing(token) as desk:
        return keep(desk, "")


@owners_dates.get("/manage/<token>/dates/<date_id>")
def shown(token: str, date_id: str) -> Response:
    """One date, to be changed."""
    with looking(token) as desk:
        return page_of(desk, known(desk, date_id))


@owners_dates.post("/manage/<token>/dates/<date_id>")
def change(token: str, date_id: str) -> Response:
    """Save a date, say that it does not take place, or take it back."""
    with changing(token) as desk:
        one, deed = known(desk, date_id), request.form.get("deed", "save")
        if deed == "save":
            return keep(desk, date_id)
        source = own_source(desk)
        if deed == "remove":
            own_dates.remove(desk.connection, source.id, one.id)
        else:
            own_dates.put(desk.connection, source.id, replace(one, cancelled=deed == "cancel"), desk.scene.now)
        return published(desk, source)


@owners_dates.post("/manage/<token>/newsletter")
def paste(token: str) -> Response:
    """Let the worker read a pasted text."""
    with changing(token) as desk:
        text = paragraphs(request.form, "text")[:LONGEST_TEXT]
        if not text:
            return desk.back("/dates")
        job = jobs.enqueue(desk.connection, JobKind.PROSE, ProseWish(text, "text"), desk.scene.now, URGENT)
        return desk.back(f"/newsletter/{job}")


@owners_dates.get("/manage/<token>/newsletter/<job_id>")
def proposed(token: str, job_id: str) -> Response:
    """The dates that the text tells, to be confirmed one by one."""
    with looking(token) as desk:
        job = load_job(desk, job_id, JobKind.PROSE)
        if not job.is_over:
            return waiting(desk)
        found = proposals(job.result) if job.state is JobState.DONE else ()
        shown_dates = [(at, one, when_words(one.date, desk.scene)) for at, one in enumerate(found)]
        sure = [each for each in shown_dates if not each[1].evidence]
        maybe = [each for each in shown_dates if each[1].evidence]
        return desk.page("manage_newsletter.html", proposals=sure, doubtful=maybe, job=job_id)


@owners_dates.post("/manage/<token>/newsletter/<job_id>")
def accept(token: str, job_id: str) -> Response:
    """Enter the dates that were ticked."""
    with changing(token) as desk:
        job = load_job(desk, job_id, JobKind.PROSE)
        found = proposals(job.result) if job.state is JobState.DONE else ()
        source = own_source(desk)
        for at in request.form.getlist("take"):
            if at.isascii() and at.isdigit() and int(at[:4]) < len(found) and has_room(desk, source):
                own_dates.put(desk.connection, source.id, found[int(at[:4])].date, desk.scene.now)
        return published(desk, source)


def own_source(desk: Desk) -> Source:
    """The source that holds the typed-in dates."""
    site = desk.scene.settings.site
    return registered.own_source(desk.connection, desk.initiative, site.timezone, site.languages[0])


def source_if_any(desk: Desk) -> Source | None:
    """The same, without making it."""
    theirs = registered.sources_of(desk.connection, desk.initiative.id)
    return next((each.source for each in theirs if each.source.is_own), None)


def has_room(desk: Desk, source: Source) -> bool:
    """Whether one more date may be kept."""
    return len(own_dates.load(desk.connection, source.id)) < own_dates.MOST


def known(desk: Desk, date_id: str) -> OwnDate:
    """The date of that id, else 404."""
    source = source_if_any(desk)
    found = own_dates.load(desk.connection, source.id) if source else ()
    return next((one for one in found if one.id == date_id), None) or abort(404)


def keep(desk: Desk, date_id: str) -> Response:
    """Write the form, or show it again with what is wrong."""
    typed = read_date(request.form, date_id, desk.scene)
    problems = problems_of(typed, desk.scene)
    if problems:
        return page_of(desk, typed, problems)
    source = own_source(desk)
    if not has_room(desk, source) and not date_id:
        sentence = desk.scene.tongue.gettext("Mehr Termine gehen hier nicht; ein eigener Kalender ist dann besser.")
        return page_of(desk, typed, [("", sentence)])
    if one := None if date_id else suggested(desk, request.form.get("suggestion", "")):
        suggestions.take(desk.connection, one, source.id, typed, (desk.by, desk.scene.now))
        return published(desk, source)
    before = known(desk, date_id) if date_id else typed
    own_dates.put(desk.connection, source.id, replace(typed, cancelled=before.cancelled), desk.scene.now)
    return published(desk, source)


def suggested(desk: Desk, suggestion_id: str) -> Waiting | None:
    """The notice whose words may tell the date that is being entered."""
    theirs = suggestions.waiting(desk.connection, desk.scene.now, (desk.initiative.id,)) if suggestion_id else ()
    return next((one for one in theirs if one.id == suggestion_id), None)


def published(desk: Desk, source: Source) -> Response:
    """Let everybody see it at once."""
    jobs.enqueue(desk.connection, JobKind.REFRESH, RefreshWish(source.id), desk.scene.now, URGENT)
    return desk.back("/dates", "saved")


def page_of(desk: Desk, shown_date: OwnDate, problems: list[tuple[str, str]] | None = None) -> Response:
    """The list and the form."""
    source = source_if_any(desk)
    dates = own_dates.load(desk.connection, source.id) if source else ()
    return desk.page(
        "manage_dates.html",
        status=400 if problems else 200,
        dates=[(one, when_words(one, desk.scene)) for one in dates],
        shown=shown_date,
        rhythms=rhythms(desk.scene),
        once=Rhythm.ONCE,
        problems=problems or [],
        done=request.args.get("done") == "saved",
        suggestion=line(request.values, "suggestion"),
        topics=[(topic.id, topic.label(desk.scene.language)) for topic in desk.scene.settings.topics],
    )
