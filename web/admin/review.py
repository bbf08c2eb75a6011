"""Pairs that evidence leaves open, side by side: one key for each answer, and one to take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from aggregator.model.linkage import Decision, Feature, HumanVerdict, Relation, Verdict
from aggregator.model.records import Occurrence, Record
from aggregator.store import events, questions, records, sources, suggestions, verdicts
from web.admin.access import me, note
from web.admin.asking import ask_for_relink, back_to
from web.admin.events import Voice, voice
from web.admin.frame import admin_page, admin_scene, say
from web.admin.reasons import finding_words
from web.admin.supposing import POLL_SECONDS, together
from web.calendar.texts import excerpt
from web.forms import line
from web.scene import Scene
from web.services import current_services
from web.suggestions.lines import answered, line_of

HERE = "/admin/review"
ANSWERS = {
    "same": (Verdict.MATCH, Relation.SAME),
    "not": (Verdict.NO_MATCH, Relation.SAME),
    "part": (Verdict.NO_MATCH, Relation.PART_OF),
    "instance": (Verdict.MATCH, Relation.INSTANCE_OF),
}
# A finding of so many bits fills the meter.
FULL_METER = 8.0
MOST_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the same thing of both, and how alike it is. `meter` is 0 to 100 in steps of ten."""

    label: str
    left: str
    right: str
    meter: int | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One pair as the page shows it."""

    left: Voice
    right: Voice
    rows: tuple[Row, ...]
    score: str
    events: tuple[str, str]


def review_page() -> Response:
    """The question at position `n`, counted from 0; those answered are gone."""
    with current_services().store.reading() as connection:
        scene = admin_scene(connection)
        open_ones = answerable(connection)
        number = min(position(), len(open_ones) - 1)
        shown = question_of(open_ones[number], scene, connection) if open_ones else None
        last = verdicts.latest_of(connection, me().name)
        merged = together(connection, scene)
        maybe = suggestions.waiting(connection, scene.now)
        answers = tuple(answered(one, scene) for one in suggestions.answers(connection))
        doubtful = tuple(line_of(one, scene) for one in maybe[:MOST_SUGGESTIONS])
    subtitle = say("Frage %(number)s von %(all)s.", number=number + 1, all=len(open_ones)) if open_ones else ""
    title = say("Ist das derselbe Termin?") if open_ones else say("Fragen")
    page = admin_page(
        "admin/review.html",
        title,
        scene=scene,
        question=shown,
        number=number,
        subtitle=subtitle,
        can_undo=last is not None,
        doubtful=doubtful,
        more=len(maybe) - len(doubtful),
        answers=answers,
        together=merged,
    )
    if merged and merged.is_waiting:
        page.headers["Refresh"] = str(POLL_SECONDS)
    return page


def answerable(connection: Connection) -> list[tuple[Decision, Record, Record]]:
    """The open questions whose records are there."""
    found = questions.load(connection)
    ids = {name for one in found for name in (one.left, one.right)}
    known = {one.record.id: one.record for one in records.load_some(connection, ids)}
    return [(one, known[one.left], known[one.right]) for one in found if one.left in known and one.right in known]


def position() -> int:
    """Which of the questions is asked for."""
    given = request.args.get("n", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0


def question_of(found: tuple[Decision, Record, Record], scene: Scene, connection: Connection) -> Question:
    """A pair with its findings."""
    decision, left, right = found
    names = {source.id: scene.name_of(source.initiative) for source, _ in sources.load_active(connection)}
    members = events.load_members(connection)
    links = tuple(members[one.id].event if one.id in members else "" for one in (left, right))
    one, other = (voice(each, names.get(each.source, each.source), scene) for each in (left, right))
    return Question(one, other, rows_of(decision, left, right, scene), f"{decision.score:+.1f}", (links[0], links[1]))


def rows_of(decision: Decision, left: Record, right: Record, scene: Scene) -> tuple[Row, ...]:
    """The table: what both say, with the findings that belong to it."""
    meant = {id(left): date_meant(left, right), id(right): date_meant(right, left)}
    table: tuple[tuple[str, Callable[[Record], str], tuple[str, ...]], ...] = (
        (say("Titel"), lambda one: one.stated_title, ("title", "cover", "rest", "across", "marks", "side", "audience")),
        (say("Wann"), lambda one: when_words(one, meant[id(one)], scene), ("start", "end")),
        (say("Ort"), lambda one: one.place.text, ("place", "room")),
        (say("Veranstaltet von"), lambda one: one.organizer, ("organiser", "source", "uid")),
        (say("Text"), lambda one: excerpt(one.description, 400), ("text", "copy", "price")),
        (say("Adresse"), lambda one: one.link, ("link",)),
    )
    return tuple(Row(label, tell(left), tell(right), *judged(decision.features, names)) for label, tell, names in table)


def judged(features: tuple[Feature, ...], names: tuple[str, ...]) -> tuple[int | None, tuple[str, ...]]:
    """How far a line speaks for one event, 50 is neither; and why."""
    here = sorted((one for one in features if one.name in names), key=lambda one: -abs(one.weight))
    words = tuple(word for one in here if (word := finding_words(one.name, one.level)))
    if not words:
        return None, (say("nicht vergleichbar"),)
    weight = max(-FULL_METER, min(FULL_METER, sum(one.weight for one in here)))
    return 10 * round((weight / FULL_METER + 1) * 5), words


def date_meant(record: Record, other: Record) -> Occurrence | None:
    """Of a series the date that is nearest to the other's."""
    if not (record.is_series and record.occurrences and other.start):
        return None
    there = other.start.instant
    return min(record.occurrences, key=lambda one: abs(one.start.instant - there))


def when_words(record: Record, meant: Occurrence | None, scene: Scene) -> str:
    """Start and end of a record, or of the date of a series that is meant."""
    start, end = (meant.start, meant.end) if meant else (record.start, record.end)
    if start is None:
        return say("ohne Datum")
    first = f"{start.local(scene.zone):{'%Y-%m-%d' if start.is_date else '%Y-%m-%d %H:%M'}}"
    ending = ""
    if end is not None:
        is_same_day = end.local_day(scene.zone) == start.local_day(scene.zone)
        ending = f" – {end.local(scene.zone):{'%H:%M' if is_same_day and not end.is_date else '%Y-%m-%d'}}"
    series = f", {say('Reihe')}" if record.is_series else ""
    return f"{first}{ending}{series}"


def answer() -> AnyResponse:
    """Note an answer, or go on to the next question."""
    said, number = request.form.get("v", ""), request.form.get("n", "0")
    if said not in ANSWERS:
        return back_to(HERE, "", n=str(int(number) + 1 if number.isdigit() and len(number) < 5 else 0))
    left, right = line(request.form, "left"), line(request.form, "right")
    with current_services().store.writing() as connection:
        if len({one.record.id for one in records.load_some(connection, {left, right})}) < 2:
            return back_to(HERE, "late")
        verdict, relation = ANSWERS[said]
        given = HumanVerdict(left, right, verdict, me().name, "", relation)
        verdicts.add(connection, given, current_services().clock())
        questions.drop(connection, left, right)
        note(connection, "verdict", "", f"{said}: {left} | {right}")
        ask_for_relink(connection)
    return back_to(HERE, "answered", n=number if number.isdigit() else "0")


def take_back() -> AnyResponse:
    """Take back the operator's last answer; the question comes again with the next relink."""
    now = current_services().clock()
    with current_services().store.writing() as connection:
        last = verdicts.latest_of(connection, me().name)
        if last is None:
            return back_to(HERE, "late")
        verdicts.undo(connection, last.left, last.right, now)
        note(connection, "verdict undone", "", f"{last.left} | {last.right}")
        ask_for_relink(connection)
    return back_to(HERE, "undone")
