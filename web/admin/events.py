"""Events: found by words, and one of them with all that is said of it, by sources and by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Response, abort, request
from sqlalchemy import Connection

from aggregator.export import dates
from aggregator.model.corrections import FIELDS, HIDDEN, Correction, shown, stated
from aggregator.model.events import Listing, PublishedEvent
from aggregator.model.filters import LONGEST_VALUE, EventFilter
from aggregator.model.linkage import Verdict
from aggregator.model.records import Record, Status
from aggregator.model.times import Window
from aggregator.store import audit, calendar, corrections, events, needs, queries, records, verdicts
from web.admin.frame import admin_page, admin_scene, say
from web.admin.log import Line, line_of
from web.calendar.changelog import status_words
from web.calendar.windows import search_window
from web.forms import line
from web.scene import Scene
from web.series_dates import dates_said, dates_to_correct
from web.services import current_services

MOST = 60
# Of a series nobody could say which date is meant.
TIMES = ("start", "end")


@dataclass(frozen=True, slots=True)
class Found:
    """One event in the list."""

    link: str
    title: str
    when: str
    place: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of the form: what the public reads, what a person said, what the source says now."""

    name: str
    label: str
    value: str
    said: Correction | None = None
    now: str = ""

    @property
    def has_moved(self) -> bool:
        """Whether the source says something else since it was corrected."""
        return self.said is not None and self.now not in (self.said.stated, self.said.value)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a record of this event and another one."""

    left: str
    right: str
    words: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One record of the event."""

    record: str
    who: str
    title: str
    when: str
    place: str


def events_page() -> Response:
    """What is coming, or what is found."""
    words = line(request.args, "q")[:LONGEST_VALUE]
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        wanted = EventFilter(text=words)
        found = calendar.soonest(connection, search_window(wanted, scene.today), wanted, MOST)
        hidden = tuple(one for one in corrections.load(connection) if one.field == HIDDEN)
    return admin_page(
        "admin/events.html",
        say("Termine"),
        scene=scene,
        words=words,
        found=tuple(found_line(one, scene) for one in found),
        hidden=hidden,
    )


def found_line(listing: Listing, scene: Scene) -> Found:
    """One line of the list."""
    event = listing.published.event
    when = dates.announcement(listing.occurrence, scene.zone, scene.language)
    return Found(f"/admin/events/{listing.published.identity.id}", event.title, when, event.place.text)


def event_page(event_id: str) -> Response:
    """One event; a hidden one can only be shown again."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        found = queries.published(connection, event_id)
        given = {one.field: one for one in corrections.of_event(connection, event_id)}
        if found is None:
            return missing_event(event_id, given, scene, connection)
        voices = voices_of(connection, found, scene)
        lines = fields_of(connection, found, given)
        said = said_of(connection, {one.record for one in voices})
        same_day = neighbours(connection, found, scene)
        log = log_of(connection, event_id, scene)
    return admin_page(
        "admin/event.html",
        found.event.title,
        scene=scene,
        event=found,
        lines=lines,
        voices=voices,
        said=said,
        same_day=same_day,
        log=log,
        public=scene.links.event(event_id),
        dates=dates_to_correct(found.event, scene),
        dates_said=dates_said(given, scene),
        topics=scene.settings.topics,
        states=states(scene),
        answers=(("", say("unbekannt")), ("yes", say("ja")), ("no", say("nein"))),
    )


def missing_event(event_id: str, given: dict[str, Correction], scene: Scene, connection: Connection) -> Response:
    """A hidden event, or one that goes by another id now."""
    if HIDDEN in given:
        return admin_page("admin/hidden.html", given[HIDDEN].value, scene=scene, said=given[HIDDEN])
    alias = queries.alias_of(connection, event_id)
    return event_page(alias) if alias else abort(404)


def log_of(connection: Connection, event_id: str, scene: Scene) -> tuple[Line, ...]:
    """What operators did to it."""
    return tuple(line_of(deed, scene) for deed in audit.recent(connection, 20, f"event:{event_id}"))


def states(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The states that a person may set."""
    possible = (Status.CONFIRMED, Status.CANCELLED, Status.MOVED, Status.SOLD_OUT, Status.TENTATIVE)
    return tuple((status.value, status_words(status, scene)) for status in possible)


def fields_of(connection: Connection, found: PublishedEvent, given: dict[str, Correction]) -> tuple[FieldLine, ...]:
    """The fields of the form, each with what the source says now where a person said otherwise."""
    said = sayings(connection, found, tuple(given))
    labels = field_labels()
    is_whole_days = found.event.is_series and found.event.is_all_day
    names = (name for name in FIELDS if name not in TIMES or not is_whole_days)
    return tuple(
        FieldLine(name, labels[name], shown(found.event, name), given.get(name), said.get(name, "")) for name in names
    )


def sayings(connection: Connection, found: PublishedEvent, fields: tuple[str, ...]) -> dict[str, str]:
    """What the source that leads each of the fields says of it."""
    told_by = {field: needs.speaker(found.event.provenance, field) for field in fields}
    known = {one.record.id: one.record for one in records.load_some(connection, set(told_by.values()))}
    return {field: stated(known[record], field) for field, record in told_by.items() if record in known}


def voices_of(connection: Connection, found: PublishedEvent, scene: Scene) -> tuple[Voice, ...]:
    """The records that the event was merged from."""
    members = events.load_members(connection)
    ids = {record for record, member in members.items() if member.event == found.identity.id}
    known = {one.record.id: one.record for one in records.load_some(connection, ids)}
    order = [one.record for one in found.event.statements if one.record in known]
    ordered = (*dict.fromkeys((*order, *sorted(known))),)
    who = {one.record: scene.name_of(one.initiative) for one in found.event.statements}
    return tuple(voice(known[record], who.get(record, known[record].source), scene) for record in ordered)


def said_of(connection: Connection, ids: set[str]) -> tuple[Said, ...]:
    """The verdicts of people that hold on any of the records."""
    given = [one for one in verdicts.load(connection) if {one.left, one.right} & ids]
    names = {name for one in given for name in (one.left, one.right)}
    titles = {one.record.id: one.record.stated_title for one in records.load_some(connection, names)}
    words = {Verdict.MATCH: say("derselbe Termin"), Verdict.NO_MATCH: say("nicht derselbe Termin")}
    return tuple(
        Said(
            one.left,
            one.right,
            f"{titles.get(one.left, one.left)} / {titles.get(one.right, one.right)}:"
            f" {words.get(one.verdict, one.verdict.value)} ({one.by})",
        )
        for one in given
    )


def voice(record: Record, who: str, scene: Scene) -> Voice:
    """One record in words."""
    when = f"{record.start.local(scene.zone):%Y-%m-%d %H:%M}" if record.start else say("ohne Datum")
    return Voice(record.id, who, record.stated_title, when, record.place.text)


def neighbours(connection: Connection, found: PublishedEvent, scene: Scene) -> tuple[tuple[str, str], ...]:
    """The other events of its first coming day: with one of them it may be the same."""
    coming = [one for one in found.event.occurrences if one.ends_at >= scene.now] or list(found.event.occurrences[-1:])
    if not coming:
        return ()
    first, _ = coming[0].days(scene.zone)
    window = Window(first, first + timedelta(days=1))
    others = calendar.listings(connection, window, EventFilter())
    return tuple(
        (
            one.published.identity.id,
            f"{one.published.event.title} ({scene.name_of(one.published.event.initiatives[0])})",
        )
        for one in others
        if one.published.identity.id != found.identity.id and one.published.event.initiatives
    )


def field_labels() -> dict[str, str]:
    """What the fields are called."""
    return {
        "title": say("Titel"),
        "start": say("Beginn"),
        "end": say("Ende"),
        "place_name": say("Ort"),
        "place_address": say("Anschrift"),
        "place_point": say("Koordinaten"),
        "status": say("Zustand"),
        "description": say("Beschreibung"),
        "url": say("Seite des Termins"),
        "topics": say("Themen"),
        "free": say("kostenlos"),
        "accessible": say("barrierefrei"),
        "children": say("für Kinder"),
    }
