"""Single events of the initiative: correct, hide, tell apart, put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aggregator.model.corrections import AT, HIDDEN, Correction, hour, stated
from aggregator.model.events import MergedEvent, PublishedEvent, Statement
from aggregator.model.filters import EventFilter
from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.model.records import Status
from aggregator.model.times import EventTime, Window
from aggregator.store import calendar, corrections, queries, records, verdicts
from web.calendar.event import chosen_occurrence, event_page
from web.forms import line, paragraphs
from web.manage.desk import Desk, changing, looking
from web.manage.partners import leads, organise_with, organise_without, partners_of, possible_partners
from web.scene import Scene
from web.series_dates import dates_said, dates_to_correct, read_date

owners_events = Blueprint("owner_events", __name__)

LONGEST = {"title": 300, "place_name": 200, "place_address": 300, "description": 20_000}
# Of a series; and a date, or a date with a time, as browsers send it.
HOUR = re.compile(r"\d{2}:\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")
STATES = (Status.CONFIRMED, Status.CANCELLED, Status.MOVED, Status.SOLD_OUT)
MOST_NEIGHBOURS = 30


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another event of the same day, which may be the same."""

    id: str
    title: str
    by: str


@owners_events.get("/manage/<token>/events/<event_id>")
def shown(token: str, event_id: str) -> Response:
    """One event with what can be done about it."""
    with looking(token) as desk:
        return page_of(desk, mine(desk, event_id))


@owners_events.post("/manage/<token>/events/<event_id>")
def change(token: str, event_id: str) -> Response:
    """Press one of its buttons, or save its form."""
    with changing(token) as desk:
        deed = request.form.get("deed", "correct")
        if deed == "show":
            return show_again(desk, event_id)
        found = mine(desk, event_id)
        deeds = {"correct": correct, "hide": hide, "apart": tell_apart, "same": put_together}
        deeds |= {"date": correct_date, "undate": take_date_back}
        deeds |= {"with": organise_with, "without": organise_without}
        answer = deeds[deed](desk, found) if deed in deeds else abort(400)
        desk.relink()
        return answer


def mine(desk: Desk, event_id: str) -> PublishedEvent:
    """The event, if this initiative announces it; else 404."""
    found = queries.published(desk.connection, event_id[:80])
    return found if found and desk.initiative.id in found.event.initiatives else abort(404)


def is_alone(desk: Desk, found: PublishedEvent) -> bool:
    """Whether nobody else announces it: only then may it be hidden."""
    return set(found.event.initiatives) == {desk.initiative.id}


def page_of(desk: Desk, found: PublishedEvent, problems: tuple[tuple[str, str], ...] = ()) -> Response:
    """The page of one event."""
    given = {one.field: one for one in corrections.of_event(desk.connection, found.identity.id)}
    others = [each for each in found.event.statements if each.initiative != desk.initiative.id]
    return desk.page(
        "manage_event.html",
        status=400 if problems else 200,
        problems=problems,
        event=event_page(found, chosen_occurrence(found, None, desk.scene), (), desk.scene),
        found=found,
        values=current_values(found.event),
        corrected={name: one for name, one in given.items() if name != HIDDEN},
        leads=leads(desk, found),
        alone=is_alone(desk, found),
        others=[(each.record, desk.scene.name_of(each.initiative), each.title) for each in others],
        neighbours=neighbours(desk, found),
        states=states(desk.scene),
        is_series=found.event.is_series,
        is_whole_days=found.event.is_all_day,
        dates=dates_to_correct(found.event, desk.scene),
        dates_said=dates_said({name: one for name, one in given.items() if one.by == desk.by}, desk.scene),
        partners=[(name, desk.scene.name_of(name)) for name in partners_of(given)],
        possible_partners=possible_partners(desk, found),
        done=request.args.get("done", ""),
    )


def current_values(event: MergedEvent) -> Mapping[str, str]:
    """The fields as the public reads them, in the form of corrections."""
    told = hour if event.is_series else wall
    return {
        "title": event.title,
        "start": told(event.start),
        "end": told(event.end),
        "place_name": event.place.name,
        "place_address": event.place.address,
        "description": event.description,
        "status": event.status.value,
    }


def wall(time: EventTime | None) -> str:
    """A time as browsers write it, "" for none."""
    if time is None:
        return ""
    return f"{time.wall:%Y-%m-%d}" if time.is_date else f"{time.wall:%Y-%m-%dT%H:%M}"


def correct(desk: Desk, found: PublishedEvent) -> Response:
    """Note what is different; the sources may say what they like."""
    if not leads(desk, found):
        abort(403)
    before = current_values(found.event)
    given = {name: value for name in before if (value := typed(name)) is not None}
    if found.event.is_series and found.event.is_all_day:
        given = {name: value for name, value in given.items() if name not in ("start", "end")}
    problems = tuple(problems_of(given, found.event.is_series, desk.scene))
    if problems:
        return page_of(desk, found, problems)
    said = what_source_says(desk, found)
    for name, value in given.items():
        if value != before[name]:
            one = Correction(found.identity.id, name, value, desk.by, desk.scene.now, "", said.get(name, ""))
            corrections.add(desk.connection, one)
    return desk.back(f"/events/{found.identity.id}", "saved")


def typed(name: str) -> str | None:
    """A field of the form, None when it was not sent."""
    if name not in request.form:
        return None
    return paragraphs(request.form, name) if name == "description" else line(request.form, name)


def problems_of(given: Mapping[str, str], of_series: bool, scene: Scene) -> list[tuple[str, str]]:
    """What cannot be taken."""
    say, found = scene.tongue.gettext, []
    if not given.get("title", "x"):
        found.append(("title", say("Ein Termin braucht einen Titel.")))
    for name in ("start", "end"):
        if given.get(name) and not (hour_of(given[name]) if of_series else is_moment(given[name])):
            found.append((name, say("Das ist kein Tag und keine Uhrzeit.")))
    if not given.get("start", "x"):
        found.append(("start", say("Ein Termin braucht einen Beginn.")))
    if given.get("status") and given["status"] not in tuple(Status):
        found.append(("status", say("Bitte einen Zustand aus der Liste wählen.")))
    too_long = say("Das ist zu lang; es gehen %(most)s Zeichen.")
    return found + [
        (name, too_long % {"most": most}) for name, most in LONGEST.items() if len(given.get(name, "")) > most
    ]


def hour_of(text: str) -> bool:
    """Whether it is an hour of a day."""
    return bool(HOUR.fullmatch(text)) and is_moment(f"2026-01-01T{text}")


def is_moment(text: str) -> bool:
    """Whether it is a day, or a day with a time, that exists."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(MOMENT.fullmatch(text))


def what_source_says(desk: Desk, found: PublishedEvent, *further: str) -> dict[str, str]:
    """What the initiative's own record says of each field, and of further ones."""
    own = {each.record for each in found.event.statements if each.initiative == desk.initiative.id}
    known = [one.record for one in records.load(desk.connection) if one.record.id in own]
    return {name: stated(known[0], name) for name in (*current_values(found.event), *further)} if known else {}


def correct_date(desk: Desk, found: PublishedEvent) -> Response:
    """Another time for a single date of a series, or that it does not take place."""
    if not leads(desk, found):
        abort(403)
    before = {one.field: one for one in corrections.of_event(desk.connection, found.identity.id)}
    said = read_date(request.form, found.event, before)
    if said is None:
        problem = ("date_start", desk.scene.tongue.gettext("Das ist kein Tag und keine Uhrzeit."))
        return page_of(desk, found, (problem,))
    field, value = said
    stated_before = what_source_says(desk, found, field).get(field, "")
    one = Correction(found.identity.id, field, value, desk.by, desk.scene.now, "", stated_before)
    corrections.add(desk.connection, one)
    return desk.back(f"/events/{found.identity.id}", "saved")


def take_date_back(desk: Desk, found: PublishedEvent) -> Response:
    """Let the source speak again of a single date that this owner corrected."""
    field = request.form.get("field", "")[:20]
    given = corrections.of_event(desk.connection, found.identity.id)
    if any(one.field == field and one.by == desk.by and field.startswith(AT) for one in given):
        corrections.undo(desk.connection, found.identity.id, field, desk.scene.now)
    return desk.back(f"/events/{found.identity.id}", "saved")


def hide(desk: Desk, found: PublishedEvent) -> Response:
    """Take one event off every page."""
    if not is_alone(desk, found):
        abort(403)
    one = Correction(found.identity.id, HIDDEN, found.event.title, desk.by, desk.scene.now)
    corrections.add(desk.connection, one)
    return desk.back("", "hidden")


def show_again(desk: Desk, event_id: str) -> Response:
    """Show what this owner hid."""
    given = corrections.of_event(desk.connection, event_id[:80])
    if any(one.field == HIDDEN and one.by == desk.by for one in given):
        corrections.undo(desk.connection, event_id[:80], HIDDEN, desk.scene.now)
        desk.relink()
    return desk.back("", "shown")


def tell_apart(desk: Desk, found: PublishedEvent) -> Response:
    """ "That is not the same": between what this initiative says and what the other one says."""
    other = statement(found, request.form.get("record", ""))
    for own in statements_of(desk, found):
        say_verdict(desk, own, other.record, Verdict.NO_MATCH)
    return desk.back("", "said")


def put_together(desk: Desk, found: PublishedEvent) -> Response:
    """ "That is the same": with an event of the same day."""
    there = queries.published(desk.connection, request.form.get("event", "")[:80])
    if there is None or there.identity.id not in {one.id for one in neighbours(desk, found)}:
        abort(400)
    own = statements_of(desk, found)
    if own and there.event.statements:
        say_verdict(desk, own[0], there.event.statements[0].record, Verdict.MATCH)
    return desk.back("", "said")


def statements_of(desk: Desk, found: PublishedEvent) -> list[str]:
    """The records by which this initiative announces the event."""
    return [each.record for each in found.event.statements if each.initiative == desk.initiative.id]


def statement(found: PublishedEvent, record: str) -> Statement:
    """One announcement of the event, else 400."""
    return next((each for each in found.event.statements if each.record == record), None) or abort(400)


def say_verdict(desk: Desk, own: str, other: str, verdict: Verdict) -> None:
    """Note a verdict in the owner's name."""
    left, right = sorted((own, other))
    verdicts.add(desk.connection, HumanVerdict(left, right, verdict, desk.by), desk.scene.now)


def neighbours(desk: Desk, found: PublishedEvent) -> tuple[Neighbour, ...]:
    """Other events of its next day, none of which this initiative announces."""
    occurrence = chosen_occurrence(found, None, desk.scene)
    day, _ = occurrence.days(desk.scene.zone)
    listings = calendar.listings(desk.connection, Window(day, day + timedelta(days=1)), EventFilter())
    others = {one.published.identity.id: one.published.event for one in listings}
    return tuple(
        Neighbour(name, event.title, ", ".join(desk.scene.name_of(each) for each in event.initiatives[:2]))
        for name, event in list(others.items())[:MOST_NEIGHBOURS]
        if name != found.identity.id and desk.initiative.id not in event.initiatives
    )


def states(scene: Scene) -> tuple[tuple[str, str], ...]:
    """What can be said of whether it takes place."""
    say = scene.tongue.gettext
    words = (say("findet statt"), say("fällt aus"), say("verlegt"), say("ausgebucht"))
    return tuple(zip((status.value for status in STATES), words, strict=True))
