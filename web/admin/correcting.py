"""The buttons of an event's page: correct, pin, take back, hide, show, split, merge. Each is noted in the log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import abort, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.corrections import FIELDS, HIDDEN, Correction, shown
from aggregator.model.events import PublishedEvent
from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.model.records import Status
from aggregator.store import corrections, events, queries, verdicts
from web.admin.access import me, note
from web.admin.asking import ask_for_relink, back_to
from web.admin.events import TIMES, sayings
from web.calendar.texts import safe_link
from web.forms import line, paragraphs
from web.series_dates import read_date
from web.services import current_services

LONGEST = {"description": 20_000}
LONGEST_LINE = 500
PINNED = ("title", "start", "end", "place_name", "place_address", "status", "description", "url")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")
HOUR = re.compile(r"\d{2}:\d{2}")
POINT = re.compile(r"-?\d{1,2}(?:\.\d+)?, ?-?\d{1,3}(?:\.\d+)?")
EVENT_PATH = re.compile(r"/event/([\w-]{1,80})")


def correct(event_id: str) -> AnyResponse:
    """Save the fields that differ from what the public reads."""
    given = {name: typed(name) for name in FIELDS if name in request.form}
    if any(value is None for value in given.values()):
        return back_to(f"/admin/events/{event_id}", "wrong")
    with current_services().store.writing() as connection:
        found = existing(connection, event_id)
        if not are_times(given, found.event.is_series):
            return back_to(f"/admin/events/{event_id}", "wrong")
        different = {name: value for name, value in given.items() if value != shown(found.event, name)}
        say_so(connection, found, {name: value for name, value in different.items() if value is not None})
    return back_to(f"/admin/events/{event_id}", "saved")


def are_times(given: Mapping[str, str | None], of_series: bool) -> bool:
    """Whether start and end are what such an event has: of a series hours, else moments."""
    form = HOUR if of_series else MOMENT
    return all(
        form.fullmatch(given[name] or "") or (name == "end" and not given[name]) for name in TIMES if name in given
    )


def correct_date(event_id: str) -> AnyResponse:
    """Another time for a single date of a series, or that it does not take place."""
    with current_services().store.writing() as connection:
        found = existing(connection, event_id)
        given = {one.field: one for one in corrections.of_event(connection, event_id)}
        said = read_date(request.form, found.event, given)
        if said is None:
            return back_to(f"/admin/events/{event_id}", "wrong")
        say_so(connection, found, dict([said]))
    return back_to(f"/admin/events/{event_id}", "saved")


def pin(event_id: str) -> AnyResponse:
    """Keep the event as it reads now, whatever its sources say later."""
    with current_services().store.writing() as connection:
        found = existing(connection, event_id)
        held = {one.field for one in corrections.of_event(connection, event_id)}
        fields = (
            name for name in PINNED if name not in held and not (found.event.is_series and name in ("start", "end"))
        )
        say_so(connection, found, {name: shown(found.event, name) for name in fields})
    return back_to(f"/admin/events/{event_id}", "saved")


def say_so(connection: Connection, found: PublishedEvent, values: dict[str, str]) -> None:
    """Note what a person says of fields, beside what the source says now."""
    now, event_id = current_services().clock(), found.identity.id
    said = sayings(connection, found, tuple(values))
    why = line(request.form, "why")[:LONGEST_LINE]
    for name, value in values.items():
        one = Correction(event_id, name, value, me().name, now, why, said.get(name, ""))
        corrections.add(connection, one)
        note(connection, "correct", f"event:{event_id}", f"{name}: {value[:200]}")
    if values:
        ask_for_relink(connection)


def undo(event_id: str) -> AnyResponse:
    """Let the sources speak again: of one field, or of all."""
    field, now = request.form.get("field", ""), current_services().clock()
    with current_services().store.writing() as connection:
        given = [one.field for one in corrections.of_event(connection, event_id) if field in (one.field, "")]
        for name in given:
            corrections.undo(connection, event_id, name, now)
            note(connection, "correction undone", f"event:{event_id}", name)
        ask_for_relink(connection)
    return back_to(f"/admin/events/{event_id}", "undone")


def hide(event_id: str) -> AnyResponse:
    """Show the event nowhere any more, whatever its sources say."""
    with current_services().store.writing() as connection:
        title = existing(connection, event_id).event.title
        why, now = line(request.form, "why")[:LONGEST_LINE], current_services().clock()
        corrections.add(connection, Correction(event_id, HIDDEN, title, me().name, now, why, title))
        note(connection, "hide", f"event:{event_id}", title)
        ask_for_relink(connection)
    return back_to("/admin/events", "saved")


def show(event_id: str) -> AnyResponse:
    """Show a hidden event again."""
    with current_services().store.writing() as connection:
        if not corrections.undo(connection, event_id, HIDDEN, current_services().clock()):
            abort(404)
        note(connection, "show", f"event:{event_id}")
        ask_for_relink(connection)
    return back_to("/admin/events", "saved")


def split(event_id: str) -> AnyResponse:
    """One record is another event: no match with any other record of this one."""
    with current_services().store.writing() as connection:
        apart, others = line(request.form, "record"), records_of(connection, event_id)
        if apart not in others or len(others) < 2:
            return back_to(f"/admin/events/{event_id}", "late")
        for other in sorted(others - {apart}):
            judge(connection, apart, other, Verdict.NO_MATCH)
        note(connection, "verdict", f"event:{event_id}", f"{apart}: another event")
        ask_for_relink(connection)
    return back_to(f"/admin/events/{event_id}", "answered")


def merge(event_id: str) -> AnyResponse:
    """Another event is this one: their leading records match."""
    wanted = line(request.form, "address") or line(request.form, "other")
    found = EVENT_PATH.search(urlsplit(wanted).path) if "/" in wanted else None
    with current_services().store.writing() as connection:
        here = existing(connection, event_id)
        there = queries.published(connection, found[1] if found else wanted)
        if there is None or there.identity.id == event_id:
            return back_to(f"/admin/events/{event_id}", "wrong")
        judge(connection, leader(here), leader(there), Verdict.MATCH)
        note(connection, "verdict", f"event:{event_id}", f"the same as {there.identity.id}")
        ask_for_relink(connection)
    return back_to(f"/admin/events/{event_id}", "answered")


def unsay(event_id: str) -> AnyResponse:
    """Take back what a person said of two records: the evidence decides again."""
    left, right = line(request.form, "left"), line(request.form, "right")
    with current_services().store.writing() as connection:
        if not any({one.left, one.right} == {left, right} for one in verdicts.load(connection)):
            return back_to(f"/admin/events/{event_id}", "late")
        verdicts.undo(connection, left, right, current_services().clock())
        note(connection, "verdict undone", f"event:{event_id}", f"{left} | {right}")
        ask_for_relink(connection)
    return back_to(f"/admin/events/{event_id}", "undone")


def judge(connection: Connection, left: str, right: str, verdict: Verdict) -> None:
    """Note what the operator says of a pair."""
    why = line(request.form, "why")[:LONGEST_LINE]
    verdicts.add(connection, HumanVerdict(left, right, verdict, me().name, why), current_services().clock())


def leader(found: PublishedEvent) -> str:
    """The record that leads an event."""
    return found.event.statements[0].record


def records_of(connection: Connection, event_id: str) -> set[str]:
    """The records of an event."""
    return {record for record, member in events.load_members(connection).items() if member.event == event_id}


def existing(connection: Connection, event_id: str) -> PublishedEvent:
    """The event, or 404."""
    return queries.published(connection, event_id) or abort(404)


def typed(name: str) -> str | None:
    """What was typed into a field, in the form of a correction; None if it makes no sense."""
    if name == "description":
        return paragraphs(request.form, name)[: LONGEST[name]]
    if name == "topics":
        known = {topic.id for topic in current_services().settings.topics}
        return ",".join(topic for topic in request.form.getlist(name) if topic in known)
    value = line(request.form, name)[:LONGEST_LINE]
    if name in TIMES:
        value = value.replace(" ", "T")
    return value if is_possible(name, value) else None


def is_possible(name: str, value: str) -> bool:
    """Whether a field can have the value."""
    if name == "title":
        return bool(value)
    if name in TIMES:
        return bool(MOMENT.fullmatch(value) or HOUR.fullmatch(value)) or (name == "end" and not value)
    if name == "place_point":
        return not value or bool(POINT.fullmatch(value))
    if name == "status":
        return value in {status.value for status in Status}
    if name == "url":
        return not value or bool(safe_link(value))
    return name not in ("free", "accessible", "children") or value in ("", "yes", "no")
